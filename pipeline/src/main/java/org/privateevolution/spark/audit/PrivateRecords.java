package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spark.audit.Canaries.Owned;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.TypedColumns;

/** Writes invented records to the place from which a run reads private ones. */
final class PrivateRecords {

    private final SparkSession spark;
    private final RunSpec spec;
    private final Inventor inventor;

    /** @param spec the audited copy of the configuration */
    PrivateRecords(SparkSession spark, RunSpec spec, Inventor inventor) {
        this.spark = spark;
        this.spec = spec;
        this.inventor = inventor;
    }

    void write(List<Owned> records) {
        LabelColumns labels = spec.labels().columns();
        boolean clients = spec.privacy().unit() == PrivacyUnit.CLIENT;
        StructType schema = inventor.columns();
        for (String label : labels.columnNames()) {
            schema = schema.add(TypedColumns.learnt(spec).apply(label));
        }
        if (clients) {
            schema = schema.add(spec.privateData().clientColumn(), DataTypes.StringType, false);
        }
        List<Row> rows = new ArrayList<>(records.size());
        for (Owned owned : records) {
            for (List<?> row : inventor.rows(owned.record().payload())) {
                List<Object> values = new ArrayList<>(row);
                values.addAll(labels.values(owned.record().label()));
                if (clients) {
                    values.add(owned.client());
                }
                rows.add(RowFactory.create(values.toArray()));
            }
        }
        RecordFormat.of(spec)
                .write(
                        spec.privateData().location(),
                        spark.createDataFrame(rows, schema)
                                .repartition(spec.privateData().partitions()));
        spec.modality().clients().ifPresent(tables -> {
            for (int child = 0; child < tables.children().size(); child++) {
                if (tables.children().get(child).isApart()) {
                    writeChild(tables, child, records);
                }
            }
        });
    }

    private void writeChild(ClientTables tables, int child, List<Owned> records) {
        ChildTable table = tables.children().get(child);
        StructType schema = TypedColumns.of(table.schema()).add(table.key(), DataTypes.StringType, false);
        List<Row> rows = new ArrayList<>();
        for (Owned owned : records) {
            for (TableRow row :
                    ClientInventor.written(tables, child, owned.record().payload())) {
                List<Object> values = new ArrayList<>(SyntheticData.ofRow(table.schema(), row));
                values.add(owned.client());
                rows.add(RowFactory.create(values.toArray()));
            }
        }
        RunSpec.PrivateData place = table.source(spec.privateData());
        RecordFormat.of(spec.with(place))
                .write(
                        place.location(),
                        spark.createDataFrame(rows, schema)
                                .repartition(spec.privateData().partitions()));
    }
}
