package org.privateevolution.spi.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The private side of a comparison, OUTSIDE the guarantee. */
public interface PrivateRecords {

    /** The declared columns of the records, checked against their declarations. They must stay on executors. */
    Dataset<Row> rows();

    /**
     * Embeddings of randomly drawn records, on the driver.
     *
     * @param most largest number of records; limited further by what fits into an array
     * @return row-major, by the embedder of the synthetic samples
     */
    float[] vectors(int most);
}
