package org.privateevolution.spark.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.DataRoots;

/**
 * A public pool of images.
 *
 * @param images images by label, in index order; equal images occur once, sorted by checksum, so that the order does
 *     not depend on where the files lie
 */
record PublicImages(List<List<StoredImage>> images) {

    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("label", DataTypes.StringType, false)
            .add("sha256", DataTypes.StringType, false)
            .add("problem", DataTypes.StringType, false);

    /** @throws ConfigurationException if the pool cannot be read, or has no image for a label */
    static PublicImages read(SparkSession spark, RunSpec spec, ImageSpec.Pool pool, ImageDecoder decoder) {
        List<String> labels = spec.labels().names();
        List<TreeMap<String, StoredImage>> images = new ArrayList<>();
        labels.forEach(label -> images.add(new TreeMap<>()));
        boolean labelled = !spec.labels().column().isEmpty();
        for (Row row : rows(spark, spec, pool, decoder)) {
            int label = labelled ? labels.indexOf(row.getString(1)) : 0;
            if (label < 0) {
                continue;
            }
            if (!row.getString(3).isEmpty()) {
                throw refused(pool, row.getString(0) + " " + row.getString(3));
            }
            StoredImage image = new StoredImage(row.getString(0), row.getString(2));
            images.get(label).merge(image.sha256(), image, PublicImages::first);
        }
        for (int label = 0; label < labels.size(); label++) {
            if (images.get(label).isEmpty()) {
                throw refused(pool, "it has no image for the label '" + labels.get(label) + "'");
            }
        }
        return new PublicImages(
                images.stream().map(ofLabel -> List.copyOf(ofLabel.values())).toList());
    }

    private static StoredImage first(StoredImage a, StoredImage b) {
        return a.location().compareTo(b.location()) <= 0 ? a : b;
    }

    private static List<Row> rows(SparkSession spark, RunSpec spec, ImageSpec.Pool pool, ImageDecoder decoder) {
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "reading the public images")) {
            Dataset<Row> files = spark.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .load(DataRoots.pattern(spark, pool.images().location()))
                    .select("path", "content");
            return files.mapPartitions(new Checked(decoder), Encoders.row(SCHEMA))
                    .collectAsList();
        } catch (Exception e) {
            throw refused(pool, e.getMessage());
        }
    }

    private static ConfigurationException refused(ImageSpec.Pool pool, String why) {
        return new ConfigurationException(
                List.of("images.pool: " + pool.images().location() + " cannot be used: " + why));
    }

    /** SHA-256 of the checksums of all images and their labels, in hexadecimal. */
    String sha256() {
        Sha256 sum = new Sha256();
        for (List<StoredImage> label : images) {
            sum.add(("label " + label.size() + "\n").getBytes(StandardCharsets.UTF_8));
            label.forEach(image -> sum.add((image.sha256() + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return sum.hex();
    }

    /** Computes the checksum of each file, and the reason why it cannot be decoded, which is empty if it can. */
    record Checked(ImageDecoder decoder) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            List<Row> checked = new ArrayList<>();
            while (rows.hasNext()) {
                Row row = rows.next();
                String path = row.getString(0);
                if (!FolderFiles.isImage(new Path(path).getName())) {
                    continue;
                }
                byte[] bytes = row.getAs(1);
                String label = new Path(path).getParent().getName();
                String sha256 = Sha256.of(bytes);
                checked.add(RowFactory.create(path, label, sha256, problem(bytes)));
            }
            return checked.iterator();
        }

        private String problem(byte[] bytes) {
            try {
                decoder.decode(bytes);
                return "";
            } catch (BadImageException e) {
                return e.getMessage();
            }
        }
    }
}
