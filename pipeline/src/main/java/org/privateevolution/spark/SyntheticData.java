package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.Column;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.spi.StoreException;
import scala.Option;

/** The published samples as a DataFrame with the declared columns and types, and as files. */
final class SyntheticData {

    private static final String PARQUET_TIMESTAMPS = "spark.sql.parquet.outputTimestampType";

    private SyntheticData() {}

    /** @param weights of the samples; none if there is no column for them */
    static Dataset<Row> toDataFrame(SparkSession spark, RunSpec spec, Population population, List<Double> weights) {
        PrivateColumns columns = PrivateColumns.of(spec);
        List<Row> rows = new ArrayList<>(population.size());
        for (int i = 0; i < population.size(); i++) {
            List<Object> values = values(columns, population.samples().get(i));
            if (!weights.isEmpty()) {
                values.add(weights.get(i));
            }
            rows.add(RowFactory.create(values.toArray()));
        }
        return spark.createDataFrame(rows, TypedColumns.schema(spec));
    }

    private static List<Object> values(PrivateColumns columns, Sample sample) {
        List<Column> features = columns.features();
        List<Object> values = new ArrayList<>(features.size() + 2);
        if (sample.payload() instanceof TableRow codes) {
            for (int i = 0; i < features.size(); i++) {
                values.add(features.get(i).decode(codes.code(i)));
            }
        } else {
            values.add(((Text) sample.payload()).value());
        }
        if (columns.label() != null) {
            values.add(columns.label().decode(sample.label()));
        }
        return values;
    }

    /** Writes {@code <output>/synthetic/<format>}, in place of what is there. */
    static void write(RunSpec spec, Dataset<Row> synthetic) {
        for (String format : spec.output().formats()) {
            write(format, spec.output().location() + "/synthetic/" + format, synthetic);
        }
    }

    /**
     * Writes a location, in place of what is there. What is written reads back as it was: texts keep the blanks at their
     * ends, an empty text is quoted in CSV and null is not, and timestamps in Parquet are microseconds, because readers
     * other than Spark take its default for nanoseconds, which end in 2262.
     */
    static void write(String format, String location, Dataset<Row> synthetic) {
        RuntimeConfig session = synthetic.sparkSession().conf();
        Option<String> timestamps = session.getOption(PARQUET_TIMESTAMPS);
        session.set(PARQUET_TIMESTAMPS, "TIMESTAMP_MICROS");
        try {
            synthetic
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("header", "true")
                    .option("escape", "\"")
                    .option("ignoreLeadingWhiteSpace", "false")
                    .option("ignoreTrailingWhiteSpace", "false")
                    .option("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")
                    .option("timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
                    .format(format.equals("jsonl") ? "json" : format)
                    .save(location);
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared, from Scala.
            throw new StoreException("cannot write " + location + ": " + e.getMessage(), e);
        } finally {
            if (timestamps.isDefined()) {
                session.set(PARQUET_TIMESTAMPS, timestamps.get());
            } else {
                session.unset(PARQUET_TIMESTAMPS);
            }
        }
    }
}
