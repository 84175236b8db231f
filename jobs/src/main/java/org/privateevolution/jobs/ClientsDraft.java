package org.privateevolution.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.spark.source.Draftable;
import org.privateevolution.spark.source.PrivateDataException;

/** Drafts a configuration of clients by reading their root table and their child tables. The draft is not private. */
final class ClientsDraft {

    private final SparkSession spark;
    private final DraftFrame frame;
    private final String label;
    private final String client;
    private final List<Child> children;
    private final int maxCategories;

    /**
     * A child table.
     *
     * @param key column with the client; empty if it has the name of the root table's key
     */
    record Child(String name, String format, String location, String key) {}

    /** A table that has been read. */
    private record Opened(Child child, ColumnsDraft columns) {}

    /**
     * @param frame names the root table
     * @param label column of the root table to condition on; null for none
     * @param client key of the root table; null to find it
     * @param children at least one
     */
    ClientsDraft(
            SparkSession spark,
            DraftFrame frame,
            String label,
            String client,
            List<Child> children,
            int maxCategories) {
        this.spark = spark;
        this.frame = frame;
        this.label = label;
        this.client = client;
        this.children = List.copyOf(children);
        this.maxCategories = maxCategories;
    }

    /**
     * The draft as YAML.
     *
     * @throws PrivateDataException if a table cannot be read, or has no column that can be declared
     * @throws ConfigurationException if the client's key is not known, or a table does not have it
     */
    String yaml() {
        ColumnsDraft root = opened(frame.format(), frame.location(), label);
        List<Opened> opened = children.stream()
                .map(child -> new Opened(child, opened(child.format(), child.location(), null)))
                .toList();
        String key = key(root, opened);
        DraftFrame ofClients = frame.withClient(key);
        StringBuilder text = new StringBuilder(SchemaDraft.warning());
        text.append(ofClients.privateData()).append(root.labels()).append(ofClients.privacy());
        text.append("tabular:\n  columns:    # of a client\n");
        text.append(read(frame.format(), frame.location(), () -> root.columns(key)));
        text.append("  children:\n");
        opened.forEach(table -> text.append(child(table, key)));
        return text.append(ofClients.rows()).toString();
    }

    private ColumnsDraft opened(String format, String location, String labelThere) {
        return read(
                format,
                location,
                () -> ColumnsDraft.of(
                        Draftable.open(
                                spark, format, location, format.equals(frame.format()) ? frame.options() : Map.of()),
                        new ColumnsDraft.Of(location, labelThere, false, maxCategories)));
    }

    /** The given key of the root table, or the only one that it can be. */
    private String key(ColumnsDraft root, List<Opened> tables) {
        if (client != null) {
            require("--client", root, frame.location(), client);
            if (!read(frame.format(), frame.location(), () -> root.isKey(client))) {
                throw refusal("--client: " + client + " is no key of " + frame.location()
                        + ": some rows have none, or that of another row; name the column that tells clients apart");
            }
            return client;
        }
        List<String> shared = root.names().stream()
                .filter(name -> !name.equals(label))
                .filter(name -> tables.stream()
                        .allMatch(table -> !table.child().key().isEmpty()
                                || table.columns().names().contains(name)))
                .filter(name -> read(frame.format(), frame.location(), () -> root.isKey(name)))
                .toList();
        if (shared.size() == 1) {
            return shared.get(0);
        }
        throw refusal("--client is missing, and "
                + (shared.isEmpty()
                        ? "no column of " + frame.location() + " that differs in all of its rows is also in the child"
                                + " tables"
                        : "the key could be " + String.join(" or ", shared))
                + ": give --client COLUMN, the column of " + frame.location()
                + " that tells clients apart, and --child-key NAME=COLUMN where it has another name in a child table");
    }

    private String child(Opened table, String clientKey) {
        Child child = table.child();
        ColumnsDraft columns = table.columns();
        String key = child.key().isEmpty() ? clientKey : child.key();
        require("--child-key " + child.name() + "=COLUMN", columns, child.location(), key);
        StringBuilder text =
                new StringBuilder("    - name: ").append(child.name()).append('\n');
        text.append("      path: ").append(DraftFrame.quoted(child.location())).append('\n');
        if (!child.format().equals(frame.format())) {
            text.append("      format: ").append(child.format()).append('\n');
        }
        if (!key.equals(clientKey)) {
            text.append("      key: ").append(DraftFrame.quoted(key)).append('\n');
        }
        long rows = read(child.format(), child.location(), () -> columns.usualRows(key));
        text.append("      rows: ").append(rows);
        text.append("    # of a client that count: the 95 % quantile of those with rows; replace it\n");
        String times = columns.names().stream()
                .filter(columns::isTime)
                .map(DraftFrame::quoted)
                .collect(Collectors.joining(" or "));
        text.append("      # order: ").append(times.isEmpty() ? "COLUMN" : times);
        text.append("    # if it matters in which order a client's rows come (docs/clients.md)\n");
        text.append("      columns:\n");
        return text.append(read(child.format(), child.location(), () -> columns.columns(key))
                        .indent(4))
                .toString();
    }

    private static void require(String option, ColumnsDraft columns, String location, String name) {
        if (!columns.names().contains(name)) {
            throw refusal(option + ": " + location + " has no column " + name
                    + NearestKey.close(name, columns.names())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; it has " + String.join(", ", columns.names())));
        }
    }

    private static <T> T read(String format, String location, Callable<T> reading) {
        return DraftReading.of(format, location, reading);
    }

    private static ConfigurationException refusal(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}
