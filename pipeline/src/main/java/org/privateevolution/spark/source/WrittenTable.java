package org.privateevolution.spark.source;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.privateevolution.spark.parsing.TextRecords;

/**
 * A table with the values that its files hold, for comparison with another table OUTSIDE the guarantee. CSV columns are
 * strings, so that no code loses its zeros; all others have their types.
 */
public final class WrittenTable {

    private WrittenTable() {}

    /**
     * Opens a table. The last column is {@link TextRecords#PROBLEM}: null, or why a record is not sound.
     *
     * @param format parquet, orc, csv, json, delta or table
     * @param location path, or name of a table
     * @param options as in {@code private_data.options}
     * @throws PrivateDataException if the table cannot be opened without leaving something out
     */
    public static Dataset<Row> open(SparkSession spark, String format, String location, Map<String, String> options) {
        try {
            if (format.equals("csv")) {
                return CsvTable.texts(spark, location, options);
            }
            Draftable table = Draftable.open(spark, format, location, options);
            if (!table.unreadable().isEmpty()) {
                Map.Entry<String, String> first =
                        table.unreadable().entrySet().iterator().next();
                throw new PrivateDataException(location + ": column " + first.getKey() + " " + first.getValue());
            }
            return table.columns()
                    .withColumn(TextRecords.PROBLEM, functions.lit(null).cast(DataTypes.StringType));
        } catch (PrivateDataException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws its checked AnalysisException undeclared.
            throw unreadable(location, e);
        }
    }

    /** Wraps the failure of a job that reads the table, without Spark's message, which may quote a record. */
    public static PrivateDataException unreadable(String location, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PrivateDataException known) {
                return known;
            }
        }
        if (e instanceof AnalysisException analysis && "PATH_NOT_FOUND".equals(analysis.getCondition())) {
            return new PrivateDataException("cannot read " + location + ": it does not exist");
        }
        return new PrivateDataException(
                "cannot read " + location + ": " + UnreadableReason.of(e)
                        + "; check its format, and that it can be reached with these credentials",
                e);
    }

    /** Names of the value columns. */
    public static List<String> names(Dataset<Row> table) {
        return List.of(table.columns()).subList(0, table.columns().length - 1);
    }
}
