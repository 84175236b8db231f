package org.privateevolution.spark.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.PrivateColumns;

/** Writes synthetic clients, numbered in random order, as {@link KeyedTables}. */
public final class ClientOutput {

    /** Folder of the child tables in a run's output. */
    public static final String CHILDREN = "children";

    private final SparkSession spark;
    private final RunSpec spec;
    private final ClientTables tables;
    private final KeyedTables keyed;

    ClientOutput(SparkSession spark, RunSpec spec, KeyedTables keyed) {
        this.spark = spark;
        this.spec = spec;
        this.tables = spec.tabular().clients().orElseThrow();
        this.keyed = keyed;
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
            rows.add(keyed.root(values, i));
        }
        return spark.createDataFrame(rows, keyed.rootSchema());
    }

    private Dataset<Row> child(List<Sample> clients, int child) {
        TableSchema schema = tables.children().get(child).schema();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            List<TableRow> own = tables.rows((ClientRecord) clients.get(i).payload(), child);
            for (int place = 0; place < own.size(); place++) {
                rows.add(keyed.child(child, SyntheticData.ofRow(schema, own.get(place)), i, place));
            }
        }
        return spark.createDataFrame(rows, keyed.childSchema(child));
    }
}
