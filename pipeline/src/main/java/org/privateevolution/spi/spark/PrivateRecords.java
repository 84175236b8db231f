package org.privateevolution.spi.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The private side of a comparison, OUTSIDE the guarantee.
 */
public interface PrivateRecords {

    /**
     * The declared columns of the records, which have been checked against their declarations. They stay on executors.
     */
    Dataset<Row> rows();

    /**
     * Embeddings of records drawn at random, on the driver.
     *
     * @param most how many at most; there are never more than an array holds
     * @return row-major, as many floats each as the embedder of the synthetic samples gives
     */
    float[] vectors(int most);
}
