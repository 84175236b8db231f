package org.privateevolution.spi.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads private records in a format. Each row is one record, which has one vote. */
public interface SourceFormat {

    /**
     * Opens the records at a location; leaves all reading that it can to tasks.
     *
     * <p>If this method or its tasks throw an exception, only its class is reported, because a message may quote a
     * record. But Spark logs exceptions of tasks, so their messages must not contain private data either. A record that
     * cannot be read must cause a failure and must never be left out.
     *
     * @param location {@code private_data.path}
     * @param columns names of the declared columns
     * @return rows with at least these columns, as texts or in the Spark types that match their declarations; the same
     *     rows every time they are read. A column that the records do not have must be left out; the run then refuses
     *     it
     */
    Dataset<Row> open(SparkSession spark, String location, List<String> columns);
}
