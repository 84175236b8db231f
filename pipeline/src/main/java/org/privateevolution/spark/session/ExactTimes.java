package org.privateevolution.spark.session;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * Rows in which dates and timestamps are values of java.time, whatever the session's settings say. Those of java.sql,
 * Spark's default, follow the Julian calendar before 1582 and cannot represent each moment of each time zone.
 */
public final class ExactTimes {

    private ExactTimes() {}

    /** The same rows. */
    public static Dataset<Row> of(Dataset<Row> rows) {
        return rows.as(encoder(rows.schema()));
    }

    /** The encoder of such rows. */
    public static Encoder<Row> encoder(StructType schema) {
        SQLConf conf = SQLConf.get().clone();
        conf.setConfString("spark.sql.datetime.java8API.enabled", "true");
        return SQLConf.withExistingConf(conf, () -> Encoders.row(schema));
    }
}
