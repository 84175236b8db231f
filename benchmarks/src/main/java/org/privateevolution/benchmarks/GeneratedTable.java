package org.privateevolution.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a table of 12 columns as Parquet, in files of a million rows: 8 whole numbers from 0 to 100, and 4 columns of
 * 4, 8, 12 and 16 categories. All depend on a hidden class of the row.
 *
 * <p>Arguments: folder, rows, cores.
 */
public final class GeneratedTable {

    private static final int CLASSES = 4;
    private static final int NUMBERS = 8;
    private static final int CATEGORIES = 4;
    private static final int ROWS_A_FILE = 1_000_000;

    private GeneratedTable() {}

    public static void main(String[] arguments) {
        long rows = Long.parseLong(arguments[1]);
        SparkSession spark = SparkSession.builder()
                .master("local[" + arguments[2] + "]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        int files = (int) Math.ceil(rows / (double) ROWS_A_FILE);
        Dataset<Row> table = spark.range(0, rows, 1, files).toDF();
        Column hidden = pmod(col("id"), lit(CLASSES));
        for (int i = 0; i < NUMBERS; i++) {
            Column centre = pmod(hidden.plus(i), lit(CLASSES)).multiply(20).plus(20);
            Column value = round(randn(i).multiply(8).plus(centre));
            table = table.withColumn(
                    "number_" + i, greatest(lit(0), least(lit(100), value)).cast("int"));
        }
        for (int i = 0; i < CATEGORIES; i++) {
            // A geometric number moves the category away from the one of the row's class.
            Column moved = floor(lit(1).plus(log(rand(100 + i)).divide(Math.log(0.6))));
            Column category = pmod(hidden.multiply(i + 1).plus(moved), lit(4 * (i + 1)));
            table = table.withColumn("category_" + i, concat(lit("value "), category.cast("int")));
        }
        table.drop("id").write().parquet(arguments[0]);
        spark.stop();
    }
}
