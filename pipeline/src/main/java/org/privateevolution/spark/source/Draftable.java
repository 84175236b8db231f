package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.parsing.UnsoundRecordException;

/**
 * Private data as a run reads them, opened for a draft of their declaration, which is NOT private.
 *
 * @param columns that can be read, with their types
 * @param unreadable why others cannot be read, by their names, to be said after the name
 */
public record Draftable(Dataset<Row> columns, Map<String, String> unreadable) {

    /**
     * Opens them.
     *
     * @param format as in {@code private_data.format}
     * @param location path, or name of a table
     * @param options as in {@code private_data.options}
     * @throws PrivateDataException if they cannot be opened without leaving something out
     */
    public static Draftable open(SparkSession spark, String format, String location, Map<String, String> options)
            throws IOException {
        try {
            return switch (format) {
                case "parquet", "orc", "json" ->
                    new SparkFiles(spark, format, DataRoots.pattern(spark, location), options).draftable();
                case "csv" -> whole(CsvTable.open(spark, location, options));
                case "table" -> whole(spark.table(location));
                default -> whole(spark.read().options(options).format(format).load(location));
            };
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException(PrivateDataException.Reason.RECORD, location + ": " + e.getMessage());
        }
    }

    /** Of a DataFrame, of which all columns can be read. */
    public static Draftable of(Dataset<Row> columns) {
        return whole(columns);
    }

    private static Draftable whole(Dataset<Row> columns) {
        return new Draftable(columns, Map.of());
    }
}
