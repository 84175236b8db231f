package org.privateevolution.spark.modality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.PublishedValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spark.session.SessionSettings;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spi.StoreException;

/** The published samples as a DataFrame with the declared columns and types, and as files. */
public final class SyntheticData {

    private static final Set<String> TEXT = Set.of("csv", "json", "jsonl");

    /** Folder in a run's output. */
    public static final String ESTIMATE = "estimate";

    /**
     * Options with which values are written as text, so that they read back unchanged: blanks at the ends of strings
     * are kept, and in CSV an empty string is quoted and null is not.
     */
    public static final Map<String, String> AS_TEXT = Map.of(
            "escape", "\"",
            "ignoreLeadingWhiteSpace", "false",
            "ignoreTrailingWhiteSpace", "false");

    /**
     * Timestamps in Parquet are microseconds, because readers other than Spark take its default for nanoseconds, which
     * end in 2262; and no date is moved to the Julian calendar.
     */
    private static final Map<String, String> PARQUET_TIMES = Map.of(
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
            "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");

    private SyntheticData() {}

    /** Writes published samples as {@link #write(RunSpec, Dataset)} does, one file per format, and returns them. */
    public static Dataset<Row> publish(
            SparkSession spark,
            RunSpec spec,
            Population population,
            List<Double> weights,
            Function<Payload, List<?>> content) {
        return publish(spark, spec, population, weights, content, GeneratedValues.of(GeneratedColumns.NONE, 0));
    }

    /** The same, with made-up columns. The first row has number 0. */
    public static Dataset<Row> publish(
            SparkSession spark,
            RunSpec spec,
            Population population,
            List<Double> weights,
            Function<Payload, List<?>> content,
            GeneratedValues generated) {
        Dataset<Row> synthetic = toDataFrame(spark, spec, population, weights, content, generated);
        write(spec, synthetic.coalesce(1));
        return synthetic;
    }

    /**
     * Puts the samples in random order, so that every part of the rows resembles the whole.
     *
     * @param weights weights of the samples; empty if there is no weight column
     * @param content values of a payload's columns, in order
     */
    private static Dataset<Row> toDataFrame(
            SparkSession spark,
            RunSpec spec,
            Population population,
            List<Double> weights,
            Function<Payload, List<?>> content,
            GeneratedValues generated) {
        LabelColumns labels = spec.labels().columns();
        List<List<Object>> samples = new ArrayList<>(population.size());
        for (int i = 0; i < population.size(); i++) {
            List<Object> values = values(content, labels, population.samples().get(i));
            if (!weights.isEmpty()) {
                values.add(weights.get(i));
            }
            samples.add(values);
        }
        Collections.shuffle(
                samples,
                new Random(new Seed(spec.seed()).derive("order").generator().nextLong()));
        List<Row> rows = new ArrayList<>(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            rows.add(RowFactory.create(generated.complete(samples.get(i), i).toArray()));
        }
        return spark.createDataFrame(rows, TypedColumns.schema(spec));
    }

    private static List<Object> values(Function<Payload, List<?>> content, LabelColumns labels, Sample sample) {
        List<Object> values = new ArrayList<>(content.apply(sample.payload()));
        values.addAll(labels.values(sample.label()));
        return values;
    }

    /** Values of the declared columns of a table's row. */
    public static List<?> ofRow(TableSchema schema, Payload row) {
        TableRow codes = row.row().orElseThrow();
        List<Object> values = new ArrayList<>(schema.declared().size());
        int at = 0;
        for (LearntColumn column : schema.declared()) {
            values.add(PublishedValue.of(column, codes, at));
            at += column.width();
        }
        return values;
    }

    /**
     * Writes the points in order to {@code <output>/estimate}, as Parquet, replacing earlier files. The columns are the
     * learnt columns with their types, followed by the weights. Texts are not part of the estimate.
     */
    public static void writeEstimate(SparkSession spark, RunSpec spec, WeightedSamples points) {
        TableSchema table = spec.tabular().schema();
        LabelColumns labels = spec.labels().columns();
        writeEstimate(
                spark,
                spec,
                TypedColumns.ofColumns(spec),
                sample -> values(row -> ofRow(table, row), labels, sample),
                points);
    }

    /**
     * The same, of points with other columns.
     *
     * @param schema columns before the weight
     * @param content a sample's values of these columns
     */
    public static void writeEstimate(
            SparkSession spark,
            RunSpec spec,
            StructType schema,
            Function<Sample, List<Object>> content,
            WeightedSamples points) {
        List<Row> rows = new ArrayList<>(points.samples().size());
        for (int i = 0; i < points.samples().size(); i++) {
            List<Object> values = content.apply(points.samples().get(i));
            values.add(points.weights().get(i));
            rows.add(RowFactory.create(values.toArray()));
        }
        Dataset<Row> estimate =
                spark.createDataFrame(rows, schema.add(weightColumn(schema), DataTypes.DoubleType, false));
        write("parquet", spec.output().location() + "/" + ESTIMATE, estimate.coalesce(1));
    }

    /** A name that no other column has, compared without case, as Spark does. */
    private static String weightColumn(StructType declared) {
        String name = "weight";
        while (Arrays.stream(declared.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
            name = "_" + name;
        }
        return name;
    }

    /** The rows with the values that a format holds. Text formats hold some types of Spark's as texts. */
    public static Dataset<Row> asWritten(String format, Dataset<Row> rows) {
        return TEXT.contains(format) ? WrittenText.of(rows, format) : rows;
    }

    /** Writes {@code <output>/synthetic/<format>}, replacing what is there. */
    public static void write(RunSpec spec, Dataset<Row> synthetic) {
        for (String format : spec.output().formats()) {
            write(format, spec.output().location() + "/synthetic/" + format, synthetic);
        }
    }

    /** Writes to a location, replacing what is there. */
    public static void write(String format, String location, Dataset<Row> synthetic) {
        write(format, location, synthetic, SaveMode.Overwrite);
    }

    /** Writes to a location. The values read back unchanged. */
    public static void write(String format, String location, Dataset<Row> synthetic, SaveMode mode) {
        try (SessionSettings settings =
                new SessionSettings(synthetic.sparkSession().conf(), PARQUET_TIMES)) {
            asWritten(format, synthetic)
                    .write()
                    .mode(mode)
                    .option("header", "true")
                    .options(AS_TEXT)
                    .format(format.equals("jsonl") ? "json" : format)
                    .save(location);
        } catch (Exception e) {
            throw new StoreException("cannot write " + location + ": " + e.getMessage(), e);
        }
    }
}
