package org.privateevolution.spark.vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.Settings;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.UnreadableReason;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;

/**
 * Vectors of private records, kept in the private store so that they are computed once: for embeddings that are
 * expensive to compute, and for records that may differ when they are read again. THE VECTORS ARE PRIVATE DATA, as the
 * records are.
 */
public final class KeptVectors {

    /** Directory in the private store. */
    static final String DIRECTORY = "embeddings";

    /** File that holds the name of the kept vectors and the directory of the complete set. */
    private static final String COMPLETE = "complete";

    private static final Set<String> UNSPREAD = Set.of("table", "delta", RunSpec.PrivateData.DATA_FRAME);

    private final SparkSession spark;
    private final RunSpec spec;
    private final int dimension;
    private final PrivateStore store;
    private final RunFiles kept;

    public KeptVectors(SparkSession spark, RunSpec spec, int dimension, PrivateStore store) {
        this.spark = spark;
        this.spec = spec;
        this.dimension = dimension;
        this.store = store;
        this.kept = store.in(DIRECTORY);
    }

    /**
     * Opens the vectors of a name, computing them first if they are not kept yet.
     *
     * @param name digest of everything that the vectors depend on, or a name never used before
     * @param write writes the vectors to a location, replacing what is there
     * @param sound selects the records to use from those written, with the columns of {@link EmbeddedRecords}
     * @throws PrivateDataException if a record does not fit its declaration
     */
    public PrivateVectors open(String name, Consumer<String> write, UnaryOperator<Dataset<Row>> sound) {
        store.open();
        // The name is a digest of private data, so it stands in a file and never in a path, which Spark would show.
        String whole = name(List.of(name, store.isEncrypted() ? "encrypted" : "plain"));
        Optional<String> complete = kept.read(COMPLETE).map(String::strip).filter(line -> line.startsWith(whole + " "));
        // A new directory per driver: a directory that another driver may still write to is not read.
        String directory =
                complete.map(line -> line.substring(whole.length() + 1)).orElse("vectors-" + UUID.randomUUID());
        String vectors = kept.location() + "/" + directory;
        if (complete.isEmpty()) {
            kept.removeAll();
            write.accept(vectors);
            store.close(kept.location());
        }
        PrecomputedVectors column = new PrecomputedVectors(EmbeddedRecords.VECTOR, dimension);
        try {
            PrivateVectors opened = PrivateVectors.given(spec, sound.apply(read(vectors)), column);
            if (complete.isEmpty() && !kept.create(COMPLETE, whole + " " + directory + "\n")) {
                throw new StoreException(
                        StoreException.Reason.HELD,
                        kept.location() + " has been completed by another driver: this one stops");
            }
            store.close(kept.location());
            return opened;
        } catch (PrivateDataException e) {
            // The data may be repaired; the vectors are then computed anew.
            kept.removeAll();
            throw e;
        }
    }

    private Dataset<Row> read(String vectors) {
        try {
            return store.reader(spark).parquet(vectors);
        } catch (Exception e) {
            throw new StoreException("cannot read the kept embeddings in " + vectors + ": " + UnreadableReason.of(e)
                    + (store.isEncrypted()
                            ? "; has "
                                    + Settings.PRIVATE_DATA_STORE_KEY_ENV.path()
                                    + " the key that they were written with? If it is lost, remove "
                            : "; remove ")
                    + kept.location() + ", and they are made anew");
        }
    }

    /**
     * Opens the vectors of records, writing them first if they are not kept yet.
     *
     * @param name as in {@link #open}
     * @param group describes the writing job in the Spark UI
     * @throws PrivateDataException if a record does not fit its declaration
     */
    public <T> PrivateVectors of(
            String name, Dataset<Row> records, PrivateColumns columns, RecordVectors<T> vectors, String group) {
        StructType schema = EmbeddedRecords.schema(columns, records.schema(), dimension);
        return open(
                name,
                location -> write(records, new EmbeddedRecords<>(columns, vectors), schema, group, location),
                UnaryOperator.identity());
    }

    /** A name never used before, for records that cannot be proved unchanged. */
    public static String once() {
        return UUID.randomUUID().toString();
    }

    /**
     * Writes the records as embedded by a task.
     *
     * @param group describes the job in the Spark UI
     */
    public void write(
            Dataset<Row> records,
            MapPartitionsFunction<Row, Row> embedding,
            StructType schema,
            String group,
            String location) {
        Encoder<Row> encoder = Encoders.row(schema);
        PrivateJob.run(spark, spec, group, () -> {
            spread(records)
                    .mapPartitions(embedding, encoder)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("compression", "uncompressed")
                    .option("parquet.enable.dictionary", "false")
                    .options(store.options())
                    .parquet(location);
            return null;
        });
    }

    /** Spreads records over all cores: even a few files are minutes of work. */
    private Dataset<Row> spread(Dataset<Row> records) {
        // Round robin distributes by the bits of records, and a table or DataFrame may not repeat them: no repartition
        // there.
        if (UNSPREAD.contains(spec.privateData().format()) || spec.privateData().isExtension()) {
            return records;
        }
        int wanted = spec.privateData().partitions() > 0
                ? spec.privateData().partitions()
                : spark.sparkContext().defaultParallelism();
        return records.rdd().getNumPartitions() < wanted ? records.repartition(wanted) : records;
    }

    /** A name derived from everything that the vectors depend on. */
    public static String name(List<String> parts) {
        return Sha256.of(String.join("\n", parts));
    }

    /** Path, size and modification time of each file, sorted. */
    public List<String> states(String[] files) {
        Map<Path, TreeSet<String>> byDirectory = new TreeMap<>();
        for (String file : files) {
            // Spark gives URIs.
            Path path = new Path(java.net.URI.create(file));
            byDirectory
                    .computeIfAbsent(path.getParent(), parent -> new TreeSet<>())
                    .add(path.getName());
        }
        List<String> states = new ArrayList<>();
        byDirectory.forEach((directory, names) -> {
            try {
                FileSystem fileSystem = directory.getFileSystem(SessionFiles.configuration(spark));
                for (FileStatus status : fileSystem.listStatus(directory)) {
                    if (names.contains(status.getPath().getName())) {
                        states.add(status.getPath() + " " + status.getLen() + " " + status.getModificationTime());
                    }
                }
            } catch (IOException e) {
                throw new StoreException("cannot list " + directory + ": " + e.getMessage(), e);
            }
        });
        return states;
    }
}
