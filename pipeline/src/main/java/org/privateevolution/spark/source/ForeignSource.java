package org.privateevolution.spark.source;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** Opens private records in a format that an extension provides. */
final class ForeignSource {

    private ForeignSource() {}

    /**
     * @throws PrivateDataException if the extension throws anything; it names only the class, because the message may
     *     quote a record
     */
    static Dataset<Row> open(SparkSession spark, RunSpec.PrivateData data, List<String> columns) {
        Dataset<Row> records;
        try {
            records = Extensions.of(SourceFormatProvider.class)
                    .named(data.format())
                    .create(new Options(Map.copyOf(data.options())))
                    .open(spark, data.location(), columns);
        } catch (Exception | LinkageError | AssertionError e) {
            throw failed(
                    data,
                    "failed: " + e.getClass().getSimpleName() + "; its message may contain private values and is not"
                            + " shown");
        }
        if (records == null || records.isStreaming()) {
            throw failed(data, "gave " + (records == null ? "no records" : "a stream"));
        }
        return records;
    }

    private static PrivateDataException failed(RunSpec.PrivateData data, String problem) {
        return new PrivateDataException(
                "private_data: the format " + data.format() + " of " + data.location() + " " + problem);
    }
}
