package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.TypedColumns;

/**
 * Invents clients with rows in child tables: none, one, or several that equal each other. A client whose rows are
 * all alike lies in one cell of each marginal, and so weighs as much as a client can. If rows have an order, the first
 * one has none before it, and lies in other cells than the rest.
 */
final class ClientInventor implements Inventor {

    private static final int SEVERAL = 5;

    private final ClientTables tables;
    private final TabularEmbedder joined;
    private final ClientEmbedder embedder;
    private final int several;
    private final int fewest;

    ClientInventor(RunSpec spec) {
        this.tables = spec.tabular().clients().orElseThrow();
        this.joined = TabularEmbedder.of(spec.tabular());
        this.embedder = ClientEmbedder.of(spec.tabular());
        this.several = Math.min(
                SEVERAL,
                tables.children().stream().mapToInt(ChildTable::most).min().orElseThrow());
        // Where a client's columns stand in each of its rows, there is no client without rows.
        this.fewest = tables.children().stream().allMatch(ChildTable::isApart) ? 0 : 1;
    }

    @Override
    public int usualCanaries() {
        return 4_000;
    }

    @Override
    public StructType columns() {
        StructType columns = TypedColumns.of(tables.root());
        for (ChildTable child : tables.children()) {
            if (!child.isApart()) {
                for (StructField field : TypedColumns.of(child.schema()).fields()) {
                    columns = columns.add(field);
                }
            }
        }
        return columns;
    }

    @Override
    public List<?> values(Payload record) {
        return SyntheticData.ofRow(tables.root(), tables.root((ClientRecord) record));
    }

    @Override
    public List<List<?>> rows(Payload record) {
        List<List<?>> rows = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            ChildTable table = tables.children().get(child);
            if (!table.isApart()) {
                for (TableRow row : written(tables, child, record)) {
                    List<Object> values = new ArrayList<>(values(record));
                    values.addAll(SyntheticData.ofRow(table.schema(), row));
                    rows.add(values);
                }
            }
        }
        return rows.isEmpty() ? List.of(values(record)) : rows;
    }

    /** The rows of a client in the files of a child table: one more than the limit if it has as many as that. */
    static List<TableRow> written(ClientTables tables, int child, Payload record) {
        List<TableRow> rows = new ArrayList<>(tables.rows((ClientRecord) record, child));
        if (rows.size() == tables.children().get(child).most()) {
            rows.add(rows.get(0));
        }
        return rows;
    }

    @Override
    public Payload invent(SplittableRandom random) {
        List<TableRow> rows = tables.children().stream()
                .map(child -> TableInventor.row(child.schema(), random))
                .toList();
        return client(TableInventor.row(tables.root(), random), rows, number(random));
    }

    private int number(SplittableRandom random) {
        return random.nextBoolean() ? several : fewest + random.nextInt(2 - fewest);
    }

    private Payload client(TableRow own, List<TableRow> rows, int number) {
        return new ClientRecord(tables.join(
                own, rows.stream().map(row -> Collections.nCopies(number, row)).toList(), 0));
    }

    /** A client with another number of rows, and other values in all columns. */
    @Override
    public Payload opposite(Payload other, SplittableRandom random) {
        ClientRecord client = (ClientRecord) other;
        List<TableRow> rows = new ArrayList<>();
        int before = 0;
        for (int child = 0; child < tables.children().size(); child++) {
            ChildTable table = tables.children().get(child);
            List<TableRow> own = tables.rows(client, child);
            before = own.size();
            rows.add(
                    own.isEmpty()
                            ? TableInventor.row(table.schema(), random)
                            : TableInventor.opposite(table.schema(), own.get(0), random));
        }
        int number = number(random);
        while (number == before && several > fewest) {
            number = number(random);
        }
        return client(TableInventor.opposite(tables.root(), tables.root(client), random), rows, number);
    }

    /** The vectors as executors compute them: of codes that are recovered from the vectors of joined rows. */
    @Override
    public float[] embed(List<? extends Payload> records) {
        int width = joined.dimension();
        List<ClientRecord> kept = new ArrayList<>();
        for (Payload record : records) {
            List<TableRow> rows = ((ClientRecord) record).rows();
            float[] vectors = joined.embed(rows);
            List<TableRow> recovered = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                recovered.add(joined.row(vectors, row * width));
            }
            kept.add(new ClientRecord(recovered));
        }
        return embedder.embed(kept);
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String remedy() {
        return "the declared columns allow too few different clients: give a smaller --canaries";
    }

    /** @throws IllegalStateException always: clients are published as several tables */
    @Override
    public List<Payload> payloads(Dataset<Row> published) {
        throw new IllegalStateException("published clients are not audited");
    }
}
