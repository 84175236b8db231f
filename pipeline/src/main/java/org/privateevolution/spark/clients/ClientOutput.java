package org.privateevolution.spark.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.TypedColumns;

/**
 * Synthetic clients as tables with keys. Every client has a number, from 1 on, in random order: it is the key of the
 * root table, and stands in each of the client's rows in the child tables. No row has another key.
 */
public final class ClientOutput {

    /** Folder of the child tables in a run's output. */
    public static final String CHILDREN = "children";

    private final SparkSession spark;
    private final RunSpec spec;
    private final ClientTables tables;
    private final GeneratedValues generated;

    /** @param generated values of made-up root columns */
    ClientOutput(SparkSession spark, RunSpec spec, GeneratedValues generated) {
        this.spark = spark;
        this.spec = spec;
        this.tables = spec.tabular().clients().orElseThrow();
        this.generated = generated;
    }

    /** Writes all tables in all formats of the run, replacing earlier ones; returns the root table. */
    Dataset<Row> write(List<Sample> samples) {
        List<Sample> clients = new ArrayList<>(samples);
        Collections.shuffle(
                clients,
                new Random(new Seed(spec.seed()).derive("order").generator().nextLong()));
        Dataset<Row> root = root(clients);
        SyntheticData.write(spec, root.coalesce(1));
        for (int child = 0; child < tables.children().size(); child++) {
            Dataset<Row> rows = child(clients, child).coalesce(1);
            for (String format : spec.output().formats()) {
                SyntheticData.write(
                        format,
                        String.join(
                                "/",
                                spec.output().location(),
                                CHILDREN,
                                tables.children().get(child).name(),
                                format),
                        rows);
            }
        }
        return root;
    }

    private Dataset<Row> root(List<Sample> clients) {
        PrivateColumns columns = PrivateColumns.of(spec);
        List<Row> rows = new ArrayList<>(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            Sample client = clients.get(i);
            List<Object> values =
                    new ArrayList<>(SyntheticData.ofRow(tables.root(), tables.root((ClientRecord) client.payload())));
            values.addAll(columns.labels().values(client.label()));
            List<Object> keyed = new ArrayList<>(List.of(i + 1L));
            keyed.addAll(generated.complete(values, i));
            rows.add(RowFactory.create(keyed.toArray()));
        }
        StructType schema = new StructType().add(spec.privateData().clientColumn(), DataTypes.LongType, false);
        for (StructField field : TypedColumns.ofClients(spec).fields()) {
            schema = schema.add(field);
        }
        return spark.createDataFrame(rows, schema);
    }

    private Dataset<Row> child(List<Sample> clients, int child) {
        ChildTable table = tables.children().get(child);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            for (TableRow row : tables.rows((ClientRecord) clients.get(i).payload(), child)) {
                List<Object> values = new ArrayList<>(List.of(i + 1L));
                values.addAll(SyntheticData.ofRow(table.schema(), row));
                rows.add(RowFactory.create(values.toArray()));
            }
        }
        StructType schema = new StructType().add(table.key(), DataTypes.LongType, false);
        for (StructField field : TypedColumns.of(table.schema()).fields()) {
            schema = schema.add(field);
        }
        return spark.createDataFrame(rows, schema);
    }
}
