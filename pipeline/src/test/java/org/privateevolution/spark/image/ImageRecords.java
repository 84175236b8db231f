package org.privateevolution.spark.image;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateSource;

/** The private images of a run as they are read, for tests of votes. */
public final class ImageRecords {

    private ImageRecords() {}

    public static Dataset<Row> open(SparkSession spark, RunSpec spec) {
        return new PrivateImages(spark, new PrivateSource(spark), spec, (ImageSpec) spec.modality()).open();
    }
}
