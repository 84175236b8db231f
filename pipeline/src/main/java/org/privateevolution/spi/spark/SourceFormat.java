package org.privateevolution.spi.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens private records of a format. Each row that it gives is one record, which has one vote. */
public interface SourceFormat {

    /**
     * Opens the records at a location; reads nothing yet that it can leave to tasks.
     *
     * <p>What this or its tasks throw is told by the class of the exception alone, because a message may quote a record; but
     * Spark logs what tasks throw, so no message should. A record that cannot be read must fail and never be left out.
     *
     * @param location {@code private_data.path}
     * @param columns names of the declared columns
     * @return rows with at least these columns: texts, or the types of Spark that go with their declarations; the same rows
     *     whenever they are read. A column that the records do not have is left out, and refused by the run
     */
    Dataset<Row> open(SparkSession spark, String location, List<String> columns);
}
