package org.privateevolution.spi.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The contract of a source format. Every record appears exactly once, with the declared columns, and the same every
 * time it is read. A column that the data do not have is not invented.
 */
public final class SourceFormatContract {

    private static final String ABSENT = "pe_contract_absent";

    private SourceFormatContract() {}

    /**
     * Opens data several times, with all columns and with each column alone.
     *
     * @param columns names of the columns of the data
     * @param records number of records in the data
     * @throws AssertionError if the contract is broken
     */
    public static void verify(
            SparkSession spark, SourceFormat format, String location, List<String> columns, long records) {
        List<String> breaches = new ArrayList<>();
        List<Row> rows = read(spark, format, location, columns);
        if (rows.size() != records) {
            breaches.add("there are " + rows.size() + " rows of " + records + " records");
        }
        if (!rows.equals(read(spark, format, location, columns))) {
            breaches.add("the rows are others, or in another order, when they are read again");
        }
        for (String column : columns) {
            if (!values(read(spark, format, location, List.of(column)), 0)
                    .equals(values(rows, columns.indexOf(column)))) {
                breaches.add("column " + column + " holds other values if it is read alone");
            }
        }
        if (invents(spark, format, location)) {
            breaches.add("a column that the data does not have is made up");
        }
        if (!breaches.isEmpty()) {
            throw new AssertionError("the contract of a source format is broken:\n- " + String.join("\n- ", breaches));
        }
    }

    /** Sorted, because the position of a record may depend on the columns that are read. */
    private static List<String> values(List<Row> rows, int column) {
        return rows.stream()
                .map(row -> String.valueOf(row.get(column)))
                .sorted()
                .toList();
    }

    private static List<Row> read(SparkSession spark, SourceFormat format, String location, List<String> columns) {
        Dataset<Row> rows = format.open(spark, location, columns);
        return rows.select(columns.stream()
                        .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                        .toArray(Column[]::new))
                .collectAsList();
    }

    /** Whether an absent column is invented; it is also correct to refuse the column at once. */
    private static boolean invents(SparkSession spark, SourceFormat format, String location) {
        try {
            return Arrays.asList(format.open(spark, location, List.of(ABSENT)).columns())
                    .contains(ABSENT);
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared, from Scala.
            return false;
        }
    }
}
