package org.privateevolution.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.privateevolution.privacy.NoisyHistogram;

/**
 * A table and the child tables of its clients, inferred from a release.
 *
 * @param root the table, with the size of the data
 * @param children empty if a record is a row
 */
public record DiscoveredTables(DiscoveredTable root, List<Child> children) {

    public DiscoveredTables {
        children = List.copyOf(children);
    }

    /**
     * A child table.
     *
     * @param rows number of rows that most clients do not exceed; empty if it was not counted or no number is visible
     *     through the noise
     * @param columns in the order of the table; empty if they were not counted
     */
    public record Child(String name, OptionalInt rows, List<DiscoveredColumn> columns) {
        public Child {
            columns = List.copyOf(columns);
        }
    }

    /** A table in which a record is a row. */
    public static DiscoveredTables of(DiscoveredTable table) {
        return new DiscoveredTables(table, List.of());
    }

    /**
     * Infers the tables of clients from a release. A client without rows in a child table has no vote in that table's
     * columns, so that it is not taken for a null there.
     *
     * @param label the column of the root table whose values are labels; empty for none
     * @param votesARecord votes that a client gives each cell, greater than 0
     * @param threshold votes that a value needs
     */
    public static DiscoveredTables of(
            ClientColumns clients, String label, NoisyHistogram released, double votesARecord, double threshold) {
        DiscoveryCells cells = new DiscoveryCells(clients.size());
        cells.require(released);
        List<NoisyColumn> noisy = IntStream.range(0, clients.size())
                .mapToObj(column -> new NoisyColumn(released, column, cells.size(), votesARecord))
                .toList();
        List<DiscoveredColumn> root = new ArrayList<>();
        // The columns in which every client has a vote.
        List<NoisyColumn> ofAll =
                new ArrayList<>(noisy.subList(0, clients.root().size()));
        for (int c = 0; c < clients.root().size(); c++) {
            String name = clients.root().get(c);
            root.add(
                    name.equals(label)
                            ? DiscoveredColumn.label(name, noisy.get(c))
                            : DiscoveredColumn.of(name, noisy.get(c)));
        }
        List<Child> children = new ArrayList<>();
        for (int child = 0; child < clients.children().size(); child++) {
            ClientColumns.Child counted = clients.children().get(child);
            OptionalInt rows = OptionalInt.empty();
            if (counted.countsRows()) {
                NoisyColumn numbers = noisy.get(clients.rowsAt(child));
                ofAll.add(numbers);
                rows = RowsOfClients.most(numbers);
            }
            List<DiscoveredColumn> columns = new ArrayList<>();
            for (int c = 0; c < counted.columns().size(); c++) {
                columns.add(DiscoveredColumn.of(counted.columns().get(c), noisy.get(clients.columnsAt(child) + c)));
            }
            children.add(new Child(counted.name(), rows, columns));
        }
        double records = (ofAll.isEmpty() ? noisy : ofAll)
                .stream()
                        .mapToDouble(column -> column.count(kind -> true))
                        .average()
                        .orElseThrow();
        return new DiscoveredTables(
                new DiscoveredTable(
                        List.copyOf(root),
                        records,
                        released.noiseMultiplier() / votesARecord,
                        threshold / votesARecord),
                children);
    }
}
