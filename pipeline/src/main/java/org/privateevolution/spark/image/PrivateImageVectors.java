package org.privateevolution.spark.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.RedactedOptions;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.DataRoots;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.UnreadableReason;
import org.privateevolution.spark.vectors.KeptVectors;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordVectors;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.StoreException;

/**
 * The vectors of the private images, decoded and embedded on executors and kept (see {@link KeptVectors}). Which images
 * cannot be decoded is private: they are listed in the private store, and no message names or counts them.
 */
final class PrivateImageVectors {

    /** Directory in the private store with the names of images that cannot be decoded. */
    static final String CORRUPT_DIRECTORY = "corrupt-images";

    private final SparkSession spark;
    private final PrivateSource records;
    private final RunSpec spec;
    private final ImageSpec images;
    private final ImageEncoder encoder;
    private final PrivateImages source;
    private final KeptVectors kept;
    private final PrivateStore store;

    PrivateImageVectors(
            SparkSession spark,
            PrivateSource records,
            RunSpec spec,
            ImageSpec images,
            ImageEncoder encoder,
            PrivateStore store) {
        this.spark = spark;
        this.records = records;
        this.spec = spec;
        this.images = images;
        this.encoder = encoder;
        this.source = new PrivateImages(spark, records, spec, images);
        this.kept = new KeptVectors(spark, spec, encoder.dimension(), store);
        this.store = store;
    }

    /**
     * Opens the vectors, from the store or computed on executors.
     *
     * @throws PrivateDataException if the images cannot be read, do not fit their declaration, or cannot be decoded and
     *     are not to be skipped
     */
    PrivateVectors open() {
        return kept.open(name(), this::write, this::sound);
    }

    private void write(String location) {
        PrivateColumns columns = PrivateColumns.of(spec);
        Dataset<Row> records = source.open();
        StructType schema = EmbeddedImages.schema(columns, records.schema(), encoder.dimension());
        ImageDecoder decoder = new ImageDecoder(images.source().mostPixels());
        kept.write(
                records,
                new EmbeddedImages(columns, decoder, encoder),
                schema,
                "embedding the private images",
                location);
    }

    /** Records with a vector, and records that are refused for reasons other than a corrupt image. */
    private Dataset<Row> sound(Dataset<Row> all) {
        Column corrupt = functions.col(EmbeddedImages.CORRUPT);
        Dataset<Row> bad = all.where(corrupt.isNotNull())
                .select(functions.col(PrivateImages.NAME).as("name"), corrupt.as("problem"));
        boolean refused;
        try (JobGroup group =
                new JobGroup(spark.sparkContext(), spec.name(), "listing images that cannot be decoded")) {
            bad.write().mode(SaveMode.Overwrite).options(store.options()).parquet(corruptList());
            store.close(corruptList());
            refused = images.source().corrupt() == ImageSpec.Corrupt.REFUSE && !bad.isEmpty();
        } catch (Exception e) {
            throw new StoreException("cannot write " + corruptList() + ": " + UnreadableReason.of(e));
        }
        if (refused) {
            throw new PrivateDataException("private_data: there are images that cannot be decoded; " + corruptList()
                    + ", in Parquet, names them, and is private: repair or remove them, or set images.corrupt: skip");
        }
        return all.where(corrupt.isNull()).drop(PrivateImages.NAME, EmbeddedImages.CORRUPT);
    }

    /** Version of the decoding, such as turning photographs upright; vectors under another version are not reused. */
    private static final String DECODER = "decoder 2";

    private String corruptList() {
        return store.in(CORRUPT_DIRECTORY).location();
    }

    /** A name for the vectors of these images under this encoder. */
    private String name() {
        List<String> parts = new ArrayList<>();
        parts.add(encoder.fingerprint());
        parts.add(DECODER);
        RunSpec.PrivateData data = spec.privateData();
        parts.add(data.format());
        parts.add(RedactedOptions.of(data.options()).toString());
        parts.add(PrivateColumns.of(spec).names().toString());
        parts.add(images.source().mostPixels() + " "
                + images.source().labelsFile().orElse(""));
        parts.addAll(states(data));
        return KeptVectors.name(parts);
    }

    /**
     * State of the files, by which a change of the images shows. Views and DataFrames have none: they are read anew.
     */
    private List<String> states(RunSpec.PrivateData data) {
        List<String> states = new ArrayList<>();
        if (data.isExtension()) {
            return List.of(KeptVectors.once());
        }
        switch (data.format()) {
            case "table", "delta", RunSpec.PrivateData.DATA_FRAME ->
                states.addAll(records.pinned().isEmpty() ? List.of(KeptVectors.once()) : records.pinned());
            case "parquet", "orc" ->
                states.addAll(
                        kept.states(records.open(spec, PrivateColumns.of(spec)).inputFiles()));
            default -> states.addAll(tree(data.location()));
        }
        if (images.source().labelsFile().isPresent()) {
            states.addAll(tree(images.source().labelsFile().get()));
        }
        states.sort(null);
        return states;
    }

    /** Path, size and modification time of each file at a location and below. */
    private List<String> tree(String location) {
        List<String> states = new ArrayList<>();
        try {
            Path path = new Path(DataRoots.pattern(location, SessionFiles.configuration(spark)));
            FileSystem fileSystem = path.getFileSystem(SessionFiles.configuration(spark));
            FileStatus[] found = fileSystem.globStatus(path);
            if (found == null || found.length == 0) {
                throw new PrivateDataException("private_data: nothing exists at " + location + ": check the path");
            }
            for (FileStatus status : found) {
                var files = fileSystem.listFiles(status.getPath(), true);
                while (files.hasNext()) {
                    FileStatus file = files.next();
                    states.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
                }
            }
        } catch (IOException e) {
            throw new PrivateDataException("private_data: cannot list " + location + ": " + UnreadableReason.of(e)
                    + "; check that it can be reached with these credentials");
        }
        return states;
    }

    /** Reads and decodes all images, but embeds none and writes nothing. */
    static void check(SparkSession spark, PrivateSource records, RunSpec spec, ImageSpec images) {
        PrivateColumns columns = PrivateColumns.of(spec);
        boolean skip = images.source().corrupt() == ImageSpec.Corrupt.SKIP;
        Decoded decoded = new Decoded(columns, new ImageDecoder(images.source().mostPixels()), skip);
        try (PrivateVectors vectors =
                PrivateVectors.pack(spec, new PrivateImages(spark, records, spec, images).open(), columns, decoded)) {
            vectors.requireRecords();
        }
    }

    /** Takes the place of the embedding where images are only checked. */
    record Decoded(PrivateColumns columns, ImageDecoder decoder, boolean skip) implements RecordVectors<Boolean> {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public Boolean read(Row row) {
            boolean sound = isSound(row);
            if (!sound && !skip) {
                throw new UndeclaredValueException("column '" + columns.others().get(0)
                        + "': an image cannot be decoded; a run lists such images in " + CORRUPT_DIRECTORY
                        + " of its private store: repair or remove them, or set images.corrupt: skip");
            }
            return sound;
        }

        private boolean isSound(Row row) {
            if (row.isNullAt(0)) {
                return false;
            }
            try {
                decoder.decode(row.getAs(0));
                return true;
            } catch (BadImageException e) {
                return false;
            }
        }

        @Override
        public float[] vectors(List<Boolean> records) {
            return new float[records.size()];
        }
    }
}
