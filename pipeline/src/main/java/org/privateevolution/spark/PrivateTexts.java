package org.privateevolution.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.StoreException;

/**
 * The vectors of the private texts. Embedding is the dear part of a text run, so it is done once: the vectors are kept in
 * the run's store under a name made from the model, the columns and the files they were read from, and a resumed run
 * reads them there. THEY ARE PRIVATE DATA, as the texts are.
 */
final class PrivateTexts {

    /** Directory in the run's store. */
    static final String DIRECTORY = "private-embeddings";

    /** Names the directory of vectors that is whole. */
    private static final String COMPLETE = "complete";

    private static final Set<String> FILES = Set.of("csv", "json", "parquet", "orc");

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final TextSpec text;
    private final Embedder embedder;
    private final RunFiles kept;

    /** @param store the run's store */
    PrivateTexts(
            SparkSession spark, PrivateSource source, RunSpec spec, TextSpec text, Embedder embedder, RunFiles store) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.text = text;
        this.embedder = embedder;
        this.kept = store.in(DIRECTORY);
    }

    /**
     * The vectors, from a column, from the store, or computed on executors.
     *
     * @throws PrivateDataException if the private data cannot be read or do not fit their declaration
     */
    PrivateVectors open() {
        String column = text.embedding().column();
        if (!column.isEmpty()) {
            PrecomputedVectors vectors = new PrecomputedVectors(column, embedder.dimension());
            return PrivateVectors.given(spec, source.open(spec, PrivateColumns.ofVectors(spec, column)), vectors);
        }
        Dataset<Row> records = source.open(spec);
        String[] files = records.inputFiles();
        // Of tables, views and DataFrames the files do not tell all: a view's condition may have changed, a row may be
        // marked
        // deleted.
        boolean known = FILES.contains(spec.privateData().format()) && files.length > 0;
        return !known ? PrivateVectors.embed(spec, records, embedder) : stored(records, name(files));
    }

    private PrivateVectors stored(Dataset<Row> records, String name) {
        RunFiles here = kept.in(name);
        Optional<String> complete = here.read(COMPLETE);
        // A directory of this driver's own: what another one may still write is not read.
        String directory = complete.map(String::strip).orElse("vectors-" + UUID.randomUUID());
        String vectors = here.location() + "/" + directory;
        if (complete.isEmpty()) {
            kept.removeAll();
            write(records, vectors);
        }
        PrecomputedVectors column = new PrecomputedVectors(EmbeddedRecords.VECTOR, embedder.dimension());
        try {
            PrivateVectors opened = PrivateVectors.given(spec, spark.read().parquet(vectors), column);
            if (complete.isEmpty() && !here.create(COMPLETE, directory + "\n")) {
                throw new StoreException(here.location() + " has been completed by another driver: this one stops");
            }
            return opened;
        } catch (PrivateDataException e) {
            // What is wrong may be repaired; then the vectors are made anew.
            kept.removeAll();
            throw e;
        }
    }

    private void write(Dataset<Row> records, String location) {
        PrivateColumns columns = PrivateColumns.of(spec);
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "embed the private texts")) {
            spread(records)
                    .mapPartitions(
                            new EmbeddedRecords(columns, embedder),
                            Encoders.row(EmbeddedRecords.schema(columns, records.schema(), embedder.dimension())))
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("compression", "uncompressed")
                    .option("parquet.enable.dictionary", "false")
                    .parquet(location);
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared, from Scala.
            throw PrivateSource.unreadable(spec.privateData(), e);
        }
    }

    /** A few files of texts are minutes of work: every core gets some. */
    private Dataset<Row> spread(Dataset<Row> records) {
        int wanted = spec.privateData().partitions() > 0
                ? spec.privateData().partitions()
                : spark.sparkContext().defaultParallelism();
        return records.rdd().getNumPartitions() < wanted ? records.repartition(wanted) : records;
    }

    /** A name for the vectors of these records under this model. */
    private String name(String[] files) {
        List<String> parts = new ArrayList<>();
        parts.add(embedder.fingerprint());
        parts.add(spec.privateData().format());
        parts.add(new TreeMap<>(spec.privateData().options()).toString());
        parts.add(PrivateColumns.of(spec).names().toString());
        parts.addAll(states(files));
        return Sha256.of(String.join("\n", parts));
    }

    /** Path, size and time of change of each file, in order. */
    private List<String> states(String[] files) {
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
                FileSystem fileSystem =
                        directory.getFileSystem(spark.sparkContext().hadoopConfiguration());
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
