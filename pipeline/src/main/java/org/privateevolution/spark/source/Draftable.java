package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.ColumnType;
import org.privateevolution.spark.parsing.UnsoundRecordException;

/**
 * Private data as a run reads them, opened to draft their declaration, which is NOT private.
 *
 * @param columns the columns that can be read, with their types; the fields of structs have dotted names
 * @param unreadable why each of the other columns cannot be read, by name; worded to follow the name in a message
 */
public record Draftable(Dataset<Row> columns, Map<String, String> unreadable) {

    /**
     * Opens private data for a draft.
     *
     * @param format as in {@code private_data.format}
     * @param location path, or name of a table
     * @param options as in {@code private_data.options}
     * @throws PrivateDataException if the data cannot be opened without leaving something out
     */
    public static Draftable open(SparkSession spark, String format, String location, Map<String, String> options)
            throws IOException {
        try {
            return switch (format) {
                case "parquet", "orc", "json" ->
                    new SparkFiles(spark, format, DataRoots.pattern(spark, location), options)
                            .draftable()
                            .flattened();
                case "csv" -> whole(CsvTable.open(spark, location, options));
                case "table" -> of(spark.table(location));
                default -> of(spark.read().options(options).format(format).load(location));
            };
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException(PrivateDataException.Reason.RECORD, location + ": " + e.getMessage());
        }
    }

    /**
     * Names of the columns that a run can read, with the types that the source itself declares; CSV declares none, so
     * its columns are strings. Discloses nothing of any record.
     *
     * @param format any format but {@code json}, where only the records name the columns
     * @return the types by column name; null for a type that no column can be declared with
     * @throws PrivateDataException as {@link #open}
     */
    public static Map<String, ColumnType> types(
            SparkSession spark, String format, String location, Map<String, String> options) throws IOException {
        if (format.equals("csv")) {
            Map<String, ColumnType> types = new LinkedHashMap<>();
            Dataset<Row> texts = CsvTable.texts(spark, location, options);
            WrittenTable.names(texts).forEach(name -> types.put(name, ColumnType.of(ColumnType.Kind.STRING)));
            return types;
        }
        return types(declared(spark, format, location, options));
    }

    /** The columns of a schema, the fields of structs among them, with types as above. */
    static Map<String, ColumnType> types(StructType schema) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (StructField field : NestedColumns.flattened(schema).fields()) {
            types.put(field.name(), type(field.dataType()));
        }
        return types;
    }

    private static StructType declared(SparkSession spark, String format, String location, Map<String, String> options)
            throws IOException {
        try {
            return switch (format) {
                case "parquet", "orc" ->
                    new SparkFiles(spark, format, DataRoots.pattern(spark, location), options).types();
                case "table" -> spark.table(location).schema();
                default ->
                    spark.read().options(options).format(format).load(location).schema();
            };
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException(PrivateDataException.Reason.RECORD, location + ": " + e.getMessage());
        }
    }

    /** Converts a type of Spark's; null if a column of this type cannot be declared. */
    public static ColumnType type(DataType type) {
        try {
            return ColumnType.parse(type.catalogString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Opens a DataFrame, of which all columns can be read. */
    public static Draftable of(Dataset<Row> columns) {
        return whole(columns).flattened();
    }

    /** Puts the fields of structs in place of the structs, by dotted names. */
    private Draftable flattened() {
        return new Draftable(NestedColumns.flattened(columns), unreadable);
    }

    private static Draftable whole(Dataset<Row> columns) {
        return new Draftable(columns, Map.of());
    }
}
