package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;

/**
 * The vectors of the private texts. Embedding is the dear part of a text run, so it is done once: the vectors are kept in
 * the run's store under a name made from the model, the columns and the files they were read from, and a resumed run
 * reads them there. THEY ARE PRIVATE DATA, as the texts are.
 */
final class PrivateTexts {

    private static final Set<String> FILES = Set.of("csv", "json", "parquet", "orc");

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final TextSpec text;
    private final Embedder embedder;
    private final KeptVectors kept;

    /** @param store the run's store */
    PrivateTexts(
            SparkSession spark, PrivateSource source, RunSpec spec, TextSpec text, Embedder embedder, RunFiles store) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.text = text;
        this.embedder = embedder;
        this.kept = new KeptVectors(spark, spec, embedder.dimension(), store);
    }

    /**
     * The vectors, from a column, from the store, or computed on executors.
     *
     * @throws PrivateDataException if the private data cannot be read or do not fit their declaration
     */
    PrivateVectors open() {
        String column = text.embedding().column();
        if (!column.isEmpty()) {
            if (spec.evaluation().privateMetrics()) {
                checked(spec, source).close();
            }
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

    /**
     * Reads the texts once, without embedding them. Where the vectors are there already, nothing but the private metrics
     * reads the texts, and that is after the last vote.
     *
     * @throws PrivateDataException if one does not fit its declaration
     */
    static PrivateVectors checked(RunSpec spec, PrivateSource source) {
        return PrivateVectors.embed(spec, source.open(spec), new Unembedded());
    }

    /** Stands for the embedding where records are only to be read and checked. */
    static final class Unembedded implements Embedder {

        private static final long serialVersionUID = 1L;

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public String fingerprint() {
            return "unembedded";
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            return new float[payloads.size()];
        }

        @Override
        public float[] probe() {
            return new float[0];
        }
    }

    private PrivateVectors stored(Dataset<Row> records, String name) {
        PrivateColumns columns = PrivateColumns.of(spec);
        StructType schema = EmbeddedRecords.schema(columns, records.schema(), embedder.dimension());
        return kept.open(
                name,
                location -> kept.write(
                        records, new EmbeddedRecords(columns, embedder), schema, "embed the private texts", location),
                location -> spark.read().parquet(location));
    }

    /** A name for the vectors of these records under this model. */
    private String name(String[] files) {
        List<String> parts = new ArrayList<>();
        parts.add(embedder.fingerprint());
        parts.add(spec.privateData().format());
        parts.add(new TreeMap<>(spec.privateData().options()).toString());
        parts.add(PrivateColumns.of(spec).names().toString());
        parts.addAll(kept.states(files));
        return KeptVectors.name(parts);
    }
}
