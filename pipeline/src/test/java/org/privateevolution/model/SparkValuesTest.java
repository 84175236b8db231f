package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.ColumnType.Kind;

/** Values go into Spark's rows and come out of them unchanged, under Spark's default configuration. */
class SparkValuesTest {

    private static final List<String> TYPES = List.of(
            "byte",
            "short",
            "integer",
            "long",
            "float",
            "double",
            "decimal(12,2)",
            "date",
            "timestamp",
            "timestamp_ntz",
            "string",
            "boolean");

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin"})
    void everyTypeSurvivesARowEncoder(String zoneId) {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneId));
        List<Column> columns = TYPES.stream().map(SparkValuesTest::column).toList();
        StructType schema = new StructType(columns.stream()
                .map(column -> StructField.apply(
                        column.name(), DataType.fromDDL(column.type().configName()), true, null))
                .toArray(StructField[]::new));
        ExpressionEncoder<Row> unbound = ExpressionEncoder.apply(schema);
        ExpressionEncoder<Row> encoder =
                unbound.resolveAndBind(unbound.resolveAndBind$default$1(), unbound.resolveAndBind$default$2());
        ExpressionEncoder.Serializer<Row> serializer = encoder.createSerializer();
        ExpressionEncoder.Deserializer<Row> deserializer = encoder.createDeserializer();
        int rows = 101;
        for (int i = 0; i <= rows; i++) {
            double place = i / (double) rows;
            double[] codes =
                    columns.stream().mapToDouble(column -> code(column, place)).toArray();
            Object[] values = IntStream.range(0, codes.length)
                    .mapToObj(c -> columns.get(c).decode(codes[c]))
                    .toArray();
            Row read = deserializer.apply(
                    serializer.apply(RowFactory.create(values)).copy());
            for (int c = 0; c < codes.length; c++) {
                assertThat(columns.get(c).encode(read.get(c))).as(TYPES.get(c)).isEqualTo(codes[c]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin"})
    void codesOfDatesAndTimestampsAreSparksOwn(String zoneId) {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneId));
        for (String type : List.of("date", "timestamp", "timestamp_ntz")) {
            Column column = column(type);
            var toSpark = CatalystTypeConverters.createToCatalystConverter(DataType.fromDDL(type));
            for (int i = 0; i <= 1_009; i++) {
                double code = code(column, i / 1009.0);
                Number catalyst = (Number) toSpark.apply(column.decode(code));
                assertThat(catalyst.doubleValue()).as(type).isEqualTo(code);
            }
        }
    }

    private static Column column(String typeName) {
        ColumnType type = ColumnType.parse(typeName);
        if (type.kind() == Kind.STRING) {
            return new CategoricalColumn("c" + typeName, type, List.of("a", "é", ""), true, null);
        }
        if (type.kind() == Kind.BOOLEAN) {
            return new CategoricalColumn("c" + typeName, type, List.of(), true, null);
        }
        double min = type.kind().temporal() ? NumericColumn.boundCode(type, "0001-01-01") : -100;
        double max = type.kind().temporal() ? NumericColumn.boundCode(type, "9999-12-31") : 100;
        return new NumericColumn("c" + typeName.hashCode(), type, min, max, true, false);
    }

    private static double code(Column column, double place) {
        if (column instanceof NumericColumn numeric) {
            return numeric.round(numeric.min() + place * (numeric.max() - numeric.min()));
        }
        return Math.floor(place * 1.99);
    }
}
