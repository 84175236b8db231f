package org.privateevolution.spark.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.Modality;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableSchema;

/**
 * The columns of synthetic data as a Spark schema: the declared features in order, then the label columns if there are
 * any, then the weight if it is asked for.
 */
public final class TypedColumns {

    private TypedColumns() {}

    /** The published columns. */
    public static StructType schema(RunSpec spec) {
        return withGenerated(learnt(spec), spec.modality().generated());
    }

    /** Those of rows that are drawn from an estimate: the published ones without a text or a weight. */
    public static StructType drawn(RunSpec spec) {
        return withGenerated(ofColumns(spec), spec.modality().generated());
    }

    private static StructType withGenerated(StructType learnt, GeneratedColumns generated) {
        List<StructField> made = new ArrayList<>();
        for (GeneratedColumn column : generated.columns()) {
            made.add(DataTypes.createStructField(column.name(), type(column.type()), false));
        }
        return DataTypes.createStructType(generated.merge(List.of(learnt.fields()), made));
    }

    /** The published columns without the made-up columns. */
    public static StructType learnt(RunSpec spec) {
        StructType schema = features(spec);
        Optional<Modality.Content> content = spec.modality().content();
        if (content.isPresent()) {
            schema = schema.add(content.get().published(), type(content.get().kind()), false);
        }
        schema = withLabel(schema, spec.labels());
        return spec.output().weights() ? schema.add(RunSpec.WEIGHT_COLUMN, DataTypes.DoubleType, false) : schema;
    }

    /** The learnt columns and the label, without a text or made-up columns. */
    public static StructType ofColumns(RunSpec spec) {
        return withLabel(features(spec), spec.labels());
    }

    /** The learnt root columns of clients with the label, without made-up columns and the key. */
    public static StructType ofRoot(RunSpec spec) {
        return withLabel(of(spec.modality().clients().orElseThrow().root()), spec.labels());
    }

    /** The root columns of clients with the label and made-up columns, without the key. */
    public static StructType ofClients(RunSpec spec) {
        return withGenerated(ofRoot(spec), spec.modality().generated());
    }

    /** The columns of a child table, with made-up columns and without the key. */
    public static StructType ofChild(ChildTable child) {
        return withGenerated(of(child.schema()), child.generated());
    }

    private static StructType features(RunSpec spec) {
        return spec.modality().table().map(TypedColumns::of).orElseGet(StructType::new);
    }

    /** The columns of a table. */
    public static StructType of(TableSchema table) {
        StructType schema = new StructType();
        for (LearntColumn column : table.declared()) {
            schema = schema.add(column.name(), type(column), column.nullable());
        }
        return schema;
    }

    private static StructType withLabel(StructType schema, RunSpec.Labels labels) {
        StructType labelled = schema;
        for (CategoricalColumn column : labels.columns().columns()) {
            labelled = labelled.add(column.name(), type(column.type()), false);
        }
        return labelled;
    }

    /** Describes each column in public terms, by name. */
    public static Map<String, String> comments(RunSpec spec) {
        Map<String, String> comments = new HashMap<>();
        for (LearntColumn column :
                spec.modality().table().map(TableSchema::declared).orElse(List.of())) {
            comments.put(column.name(), values(column) + (column.nullable() ? ", or null" : ""));
        }
        for (GeneratedColumn column : spec.modality().generated().columns()) {
            comments.put(column.name(), "made up, type " + column.kind().configName());
        }
        List<CategoricalColumn> labels = spec.labels().columns().columns();
        String role = labels.size() > 1 ? "a part of the label" : "the label";
        for (CategoricalColumn column : labels) {
            comments.put(column.name(), role + ", one of " + column.categories().size() + " declared");
        }
        if (spec.output().weights()) {
            comments.put(RunSpec.WEIGHT_COLUMN, "how much the sample counts among those of its label, 1 on average");
        }
        return comments;
    }

    static DataType type(Modality.Content.Kind kind) {
        return switch (kind) {
            case TEXT -> DataTypes.StringType;
            case BYTES -> DataTypes.BinaryType;
        };
    }

    private static String values(LearntColumn column) {
        if (column instanceof NumericColumn number) {
            return "from " + number.text(number.min()) + " to " + number.text(number.max());
        }
        return column instanceof SetColumn set
                ? "a set of " + set.members().size() + " declared members"
                : "one of " + ((CategoricalColumn) column).categories().size() + " declared values";
    }

    private static DataType type(LearntColumn column) {
        return column instanceof Column single
                ? type(single.type())
                : DataTypes.createArrayType(DataTypes.StringType, false);
    }

    static DataType type(ColumnType type) {
        return switch (type.kind()) {
            case STRING -> DataTypes.StringType;
            case BOOLEAN -> DataTypes.BooleanType;
            case BYTE -> DataTypes.ByteType;
            case SHORT -> DataTypes.ShortType;
            case INTEGER -> DataTypes.IntegerType;
            case LONG -> DataTypes.LongType;
            case FLOAT -> DataTypes.FloatType;
            case DOUBLE -> DataTypes.DoubleType;
            case DECIMAL -> DataTypes.createDecimalType(type.precision(), type.scale());
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
            case TIMESTAMP_NTZ -> DataTypes.TimestampNTZType;
        };
    }
}
