package org.privateevolution.spark.modality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.privateevolution.spark.session.Columns;

/**
 * Values as CSV and JSON files hold them, where Spark's own text form is not what data usually look like.
 *
 * <ul>
 *   <li>Timestamps are in ISO 8601, in UTC. All values of a column have the same number of decimals: none if all are
 *       whole seconds, else three or six.
 *   <li>In CSV, numbers have no exponent, unless they are very large or very small, and sets are JSON arrays.
 * </ul>
 */
final class WrittenText {

    /** Length of a date and a time in whole seconds. */
    private static final int SECONDS = "2024-12-31 23:59:59".length();

    private static final int MILLIS = 3;
    private static final int MICROS = 6;

    private static final double LEAST_PLAIN = 1e-5;
    private static final double MOST_PLAIN = 1e16;

    /** One decimal at least, as in a double's own text form. */
    private static final String PLAIN = "0.0" + "#".repeat(20);

    private WrittenText() {}

    /** Replaces such values by their text, in {@code csv}, and in {@code json} or {@code jsonl}. */
    static Dataset<Row> of(Dataset<Row> rows, String format) {
        boolean csv = format.equals("csv");
        Map<String, Integer> decimals = decimals(rows);
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column column = Columns.named(field.name());
            DataType type = field.dataType();
            if (decimals.containsKey(field.name())) {
                column = timestamp(column, type, decimals.get(field.name()));
            } else if (csv && (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType))) {
                column = number(column);
            } else if (csv && type instanceof DecimalType decimal) {
                column = decimal(column, decimal);
            } else if (csv && type instanceof ArrayType) {
                column = functions.to_json(column);
            }
            columns.add(column.as(field.name()));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** How many decimals the seconds of each column of timestamps have. */
    private static Map<String, Integer> decimals(Dataset<Row> rows) {
        List<String> names = new ArrayList<>();
        List<Column> longest = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            if (isTimestamp(field.dataType())) {
                names.add(field.name());
                Column text = text(Columns.named(field.name()), field.dataType());
                longest.add(functions.max(functions.length(text)));
            }
        }
        Map<String, Integer> decimals = new LinkedHashMap<>();
        if (names.isEmpty()) {
            return decimals;
        }
        Row found = rows.agg(functions.lit(0), longest.toArray(Column[]::new)).head();
        for (int i = 0; i < names.size(); i++) {
            int written = found.isNullAt(i + 1) ? 0 : found.getInt(i + 1) - SECONDS - 1;
            decimals.put(names.get(i), written <= 0 ? 0 : written <= MILLIS ? MILLIS : MICROS);
        }
        return decimals;
    }

    private static boolean isTimestamp(DataType type) {
        return type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType);
    }

    /** The date and the time, in UTC if there is a time zone, without trailing zeros in the fraction. */
    private static Column text(Column column, DataType type) {
        Column local = type.equals(DataTypes.TimestampType)
                ? functions.timestamp_add(
                        "MICROSECOND",
                        functions.unix_micros(column),
                        functions.lit("1970-01-01T00:00:00").cast(DataTypes.TimestampNTZType))
                : column;
        return local.cast(DataTypes.StringType);
    }

    private static Column timestamp(Column column, DataType type, int decimals) {
        Column text = text(column, type);
        Column written = functions.translate(functions.substring(text, 1, SECONDS), " ", "T");
        if (decimals > 0) {
            Column fraction = functions.substring(text, SECONDS + 2, decimals);
            written = functions.concat(written, functions.lit("."), functions.rpad(fraction, decimals, "0"));
        }
        return type.equals(DataTypes.TimestampType) ? functions.concat(written, functions.lit("Z")) : written;
    }

    private static Column number(Column column) {
        Column text = column.cast(DataTypes.StringType);
        // The text of a float is its shortest; as a double, it would have more digits.
        Column size = functions.abs(text.cast(DataTypes.DoubleType));
        Column plain = functions
                .contains(text, functions.lit("E"))
                .and(size.geq(LEAST_PLAIN))
                .and(size.lt(MOST_PLAIN));
        return functions
                .when(
                        plain,
                        functions.call_function("format_number", text.cast(DataTypes.DoubleType), functions.lit(PLAIN)))
                .otherwise(text);
    }

    /** All digits after the point, as declared. */
    private static Column decimal(Column column, DecimalType type) {
        return functions.translate(functions.format_number(column, type.scale()), ",", "");
    }
}
