package org.privateevolution.spark.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.image.Png;
import org.privateevolution.model.Image;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spark.vectors.PayloadRow;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.store.RunFiles;

/** The published images, rendered by executors. */
final class SyntheticImages {

    private static final StructType SAMPLES = PayloadRow.SCHEMA
            .add("label", DataTypes.IntegerType, false)
            .add(RunSpec.WEIGHT_COLUMN, DataTypes.DoubleType, true);
    private static final int WEIGHT = SAMPLES.size() - 1;
    private static final int LABEL = WEIGHT - 1;

    private static final String PNG = "png";

    private final SparkSession spark;
    private final RunSpec spec;
    private final ImageRenderer renderer;
    private final Dataset<Row> samples;

    /** @param weights weights of the images; empty if the output has no weight column */
    SyntheticImages(
            SparkSession spark, RunSpec spec, ImageRenderer renderer, Population population, List<Double> weights) {
        this.spark = spark;
        this.spec = spec;
        this.renderer = renderer;
        List<Row> rows = new ArrayList<>(population.size());
        int number = 0;
        int label = 0;
        for (int i = 0; i < population.size(); i++) {
            Sample sample = population.samples().get(i);
            number = sample.label() == label ? number : 0;
            label = sample.label();
            rows.add(complete(
                    PayloadRow.of(sample.payload(), number), label, weights.isEmpty() ? null : weights.get(i)));
            number++;
        }
        this.samples = spark.createDataFrame(rows, SAMPLES);
    }

    /** @param weight null if there is none */
    private static Row complete(Row payload, int label, Double weight) {
        Object[] values = new Object[SAMPLES.size()];
        for (int i = 0; i < LABEL; i++) {
            values[i] = payload.get(i);
        }
        values[LABEL] = label;
        values[WEIGHT] = weight;
        return RowFactory.create(values);
    }

    /** The images as encoded PNG, with the label if there is one, and the weight if it is asked for. */
    Dataset<Row> dataFrame() {
        return samples.mapPartitions(
                new Encoded(renderer, PrivateColumns.of(spec)), Encoders.row(TypedColumns.schema(spec)));
    }

    /** Writes {@code synthetic/png/<label>/<number>.png} or {@code synthetic/parquet}, replacing what is there. */
    void write(RunFiles output) {
        for (String format : spec.output().formats()) {
            RunFiles target = output.in("synthetic").in(format);
            if (format.equals(PNG)) {
                target.removeAll();
                writeFiles(target.location());
            } else {
                SyntheticData.write(format, target.location(), dataFrame());
            }
        }
    }

    private void writeFiles(String location) {
        List<String> folders = folders(spec.labels().names());
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "writing the synthetic images")) {
            samples.foreachPartition(new Files(renderer, location, folders));
        }
    }

    /** One folder name per label, as close to the label as file systems allow. */
    static List<String> folders(List<String> labels) {
        List<String> folders = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String label : labels) {
            String plain =
                    label.replaceAll("[^\\p{L}\\p{N} ._+@=-]", "_").strip().replaceFirst("^[._]+", "");
            String folder = plain.isEmpty() ? "label" : plain;
            while (!taken.add(folder.toLowerCase(java.util.Locale.ROOT))) {
                folder += "_" + folders.size();
            }
            folders.add(folder);
        }
        return folders;
    }

    /** Renders samples and encodes them as PNG. */
    record Encoded(ImageRenderer renderer, PrivateColumns columns) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    Row row = rows.next();
                    List<Object> values = new ArrayList<>();
                    values.add(Png.encode(renderer.render((Image) PayloadRow.payload(row))));
                    values.addAll(columns.labels().values(row.getInt(LABEL)));
                    if (!row.isNullAt(WEIGHT)) {
                        values.add(row.getDouble(WEIGHT));
                    }
                    return RowFactory.create(values.toArray());
                }
            };
        }
    }

    /** Writes samples as files. */
    record Files(ImageRenderer renderer, String location, List<String> folders)
            implements ForeachPartitionFunction<Row> {
        @Override
        public void call(Iterator<Row> rows) throws IOException {
            while (rows.hasNext()) {
                Row row = rows.next();
                byte[] png = Png.encode(renderer.render((Image) PayloadRow.payload(row)));
                Path path = new Path(
                        new Path(location, folders.get(row.getInt(LABEL))),
                        String.format(Locale.ROOT, "%06d.png", PayloadRow.number(row)));
                try (OutputStream out =
                        path.getFileSystem(HadoopFile.configuration()).create(path, true)) {
                    out.write(png);
                }
            }
        }
    }
}
