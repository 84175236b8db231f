package org.privateevolution.spark.clients;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.source.ChildSource;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.KeptVectors;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordVectors;

/** The private clients: their joined rows, made on executors from the root table and the child tables. */
final class PrivateClients {

    private static final String CODES = "_pe_row";

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final ClientTables tables;
    private final PrivateColumns joined;

    PrivateClients(SparkSession spark, PrivateSource source, RunSpec spec) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.tables = spec.tabular().clients().orElseThrow();
        this.joined = PrivateColumns.ofVectors(spec, CODES);
    }

    /** Reads and packs the joined rows; those of tables that may change are kept in the private store first. */
    PrivateVectors vectors(PrivateStore privateStore) {
        JoinedRows rows = new JoinedRows(new RecordVectors.Embedded(joined, TabularEmbedder.of(spec.tabular())));
        if (source.isFixed(spec)) {
            return PrivateVectors.pack(spec, records(), joined, rows);
        }
        return new KeptVectors(spark, spec, rows.dimension(), privateStore)
                .of(KeptVectors.once(), records(), joined, rows, "copying the private clients");
    }

    /** Reads the joined rows, without keeping anything. */
    PrivateVectors checked() {
        return PrivateVectors.pack(
                spec,
                records(),
                joined,
                new JoinedRows(new RecordVectors.Embedded(joined, TabularEmbedder.of(spec.tabular()))));
    }

    /** The joined rows of all clients: their codes, the label if there is one, the key, and what is wrong. */
    Dataset<Row> records() {
        List<ChildTable> children = tables.children();
        int together = together();
        Dataset<Row> opened = opened();
        int partitions = spec.privateData().partitions() > 0
                ? spec.privateData().partitions()
                : Math.max(1, opened.rdd().getNumPartitions());
        Dataset<Row> parts = rootParts(opened);
        for (int child = 0; child < children.size(); child++) {
            if (child != together) {
                parts = parts.union(child(children.get(child), child));
            }
        }
        Column key = functions.col(ClientPart.KEY);
        // With an explicit number, because Spark may otherwise split a partition, and a client must stay in one.
        return parts.repartition(partitions, key)
                .sortWithinPartitions(key)
                .mapPartitions(
                        new ClientJoin(tables, joined.labels(), together != ClientPart.NONE), Encoders.row(schema()));
    }

    /** Index of the child table whose rows are in the root table; {@link ClientPart#NONE} if there is none. */
    private int together() {
        int together = ClientPart.NONE;
        for (int child = 0; child < tables.children().size(); child++) {
            together = tables.children().get(child).isApart() ? together : child;
        }
        return together;
    }

    private PrivateColumns rootColumns() {
        List<LearntColumn> own = new ArrayList<>(tables.root().columns());
        if (together() != ClientPart.NONE) {
            own.addAll(tables.children().get(together()).schema().columns());
        }
        return new PrivateColumns(
                own, List.of(), joined.labels(), spec.privateData().clientColumn());
    }

    private Dataset<Row> opened() {
        return source.open(spec, rootColumns());
    }

    private Dataset<Row> rootParts(Dataset<Row> opened) {
        return parts(opened, new ClientPart(rootColumns(), tables.root().size(), together(), ""));
    }

    private Dataset<Row> child(ChildTable child, int index) {
        PrivateColumns columns =
                new PrivateColumns(List.copyOf(child.schema().columns()), List.of(), LabelColumns.NONE, child.key());
        Dataset<Row> opened =
                new ChildSource(spark, spec).open(child.name(), child.source(spec.privateData()), columns);
        return parts(opened, new ClientPart(columns, 0, index, "table '" + child.name() + "': "));
    }

    /**
     * Checks that keys of child tables are those of clients. A run leaves rows out whose key no client has.
     *
     * @throws PrivateDataException if a child table has rows, but none has the key of a client
     */
    void requireBelonging() {
        for (int child = 0; child < tables.children().size(); child++) {
            ChildTable table = tables.children().get(child);
            if (!table.isApart()) {
                continue;
            }
            Dataset<Row> keys = child(table, child).select(ClientPart.KEY).na().drop();
            Dataset<Row> clients =
                    rootParts(opened()).select(ClientPart.KEY).na().drop();
            if (!keys.isEmpty()
                    && keys.join(clients, new String[] {ClientPart.KEY}, "left_semi")
                            .isEmpty()) {
                throw new PrivateDataException("private_data: table '" + table.name()
                        + "': no row has the key of a client, so all clients would be published without rows: check"
                        + " that " + table.key() + " and " + spec.privateData().clientColumn()
                        + " hold the same keys, written alike");
            }
        }
    }

    private static Dataset<Row> parts(Dataset<Row> records, ClientPart part) {
        return records.mapPartitions(part, Encoders.row(ClientPart.SCHEMA));
    }

    private StructType schema() {
        StructType schema = new StructType().add(CODES, DataTypes.BinaryType, true);
        for (String label : joined.labels().columnNames()) {
            schema = schema.add(label, DataTypes.StringType, true);
        }
        return schema.add(joined.clientColumn(), DataTypes.StringType, true)
                .add(TextRecords.PROBLEM, DataTypes.StringType, true);
    }

    /** The vectors of joined rows, whose codes the first column holds. */
    record JoinedRows(RecordVectors.Embedded embedded) implements RecordVectors<Payload> {

        @Override
        public int dimension() {
            return embedded.dimension();
        }

        @Override
        public Payload read(Row row) {
            return ClientPart.row(row.getAs(0));
        }

        @Override
        public float[] vectors(List<Payload> records) {
            return embedded.vectors(records);
        }
    }
}
