package org.privateevolution.spark.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.TypedColumns;

/**
 * The weighted clients that a run leaves, one row for each: the learnt root columns, the label columns, and for each
 * child table an array of the client's rows in it, with its learnt columns. Clients get keys and made-up values when
 * they are drawn.
 */
public final class ClientEstimate {

    private ClientEstimate() {}

    /** The columns before the weight. */
    public static StructType schema(RunSpec spec) {
        StructType schema = TypedColumns.ofRoot(spec);
        for (ChildTable child : tables(spec).children()) {
            schema = schema.add(
                    free(schema, child.name()),
                    DataTypes.createArrayType(TypedColumns.of(child.schema()), false),
                    false);
        }
        return schema;
    }

    /** Index of the first array; those of the other child tables follow. */
    public static int firstArray(RunSpec spec) {
        return TypedColumns.ofRoot(spec).size();
    }

    /** A name that no other column has, compared without case, as Spark does. */
    private static String free(StructType schema, String name) {
        String free = name;
        while (Arrays.stream(schema.fieldNames()).anyMatch(free::equalsIgnoreCase)) {
            free = "_" + free;
        }
        return free;
    }

    private static ClientTables tables(RunSpec spec) {
        return spec.tabular().clients().orElseThrow();
    }

    /** Writes weighted clients to the run's output, replacing earlier ones. */
    static void write(SparkSession spark, RunSpec spec, WeightedSamples clients) {
        ClientTables tables = tables(spec);
        LabelColumns labels = spec.labels().columns();
        SyntheticData.writeEstimate(spark, spec, schema(spec), sample -> values(tables, labels, sample), clients);
    }

    private static List<Object> values(ClientTables tables, LabelColumns labels, Sample sample) {
        ClientRecord client = (ClientRecord) sample.payload();
        List<Object> values = new ArrayList<>(SyntheticData.ofRow(tables.root(), tables.root(client)));
        values.addAll(labels.values(sample.label()));
        for (int child = 0; child < tables.children().size(); child++) {
            List<Row> rows = new ArrayList<>();
            for (TableRow row : tables.rows(client, child)) {
                rows.add(RowFactory.create(
                        SyntheticData.ofRow(tables.children().get(child).schema(), row)
                                .toArray()));
            }
            values.add(rows);
        }
        return values;
    }
}
