package org.privateevolution.spark.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RedactedOptions;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.KeptVectors;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordVectors;
import org.privateevolution.spi.Embedder;

/**
 * The vectors of the private texts, or of private records with a text. Embedding is the expensive step of a text run,
 * so it is done once. The vectors are kept in the private store under a name derived from the model, the columns and
 * the files that they were read from, and a resumed run reads them there. THEY ARE PRIVATE DATA, as the texts are.
 */
public final class PrivateTexts {

    private static final String COPY = "copying the private vectors";

    private final PrivateSource source;
    private final RunSpec spec;
    private final TextSpec text;
    private final Embedder embedder;
    private final KeptVectors kept;

    public PrivateTexts(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            TextSpec text,
            Embedder embedder,
            PrivateStore store) {
        this.source = source;
        this.spec = spec;
        this.text = text;
        this.embedder = embedder;
        this.kept = new KeptVectors(spark, spec, embedder.dimension(), store);
    }

    /**
     * Opens the vectors: from a column, from the store, or computed on executors.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if the private data cannot be read or do not fit
     *     their declaration
     */
    public PrivateVectors open() {
        if (text.embedding().column().isPresent()) {
            String column = text.embedding().column().get();
            if (spec.evaluation().privateMetrics()) {
                checked(spec, source).close();
            }
            PrecomputedVectors vectors = new PrecomputedVectors(column, embedder.dimension());
            PrivateColumns columns = PrivateColumns.ofVectors(spec, column);
            Dataset<Row> records = source.open(spec, columns);
            return source.isFixed(spec)
                    ? PrivateVectors.given(spec, records, vectors)
                    : kept.of(KeptVectors.once(), records, columns, new RecordVectors.Given(vectors), COPY);
        }
        Dataset<Row> records = source.open(spec);
        PrivateColumns columns = PrivateColumns.of(spec);
        return kept.of(
                name(records),
                records,
                columns,
                new RecordVectors.Embedded(columns, embedder),
                "embedding the private texts");
    }

    /**
     * Reads and checks the texts once, without embedding them. Otherwise, where the vectors exist already, only the
     * private metrics would read the texts, and only after the last vote.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if a record does not fit its declaration
     */
    public static PrivateVectors checked(RunSpec spec, PrivateSource source) {
        return PrivateVectors.embed(spec, source.open(spec), new Unembedded());
    }

    /** Takes the place of the embedding where records are only read and checked. */
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

    /** A name for the vectors of these records under this model. */
    private String name(Dataset<Row> records) {
        List<String> states = source.isFiles(spec) ? kept.states(records.inputFiles()) : source.pinned();
        if (states.isEmpty()) {
            return KeptVectors.once();
        }
        List<String> parts = new ArrayList<>();
        parts.add(embedder.fingerprint());
        parts.add(spec.privateData().format());
        parts.add(RedactedOptions.of(spec.privateData().options()).toString());
        parts.add(PrivateColumns.of(spec).names().toString());
        parts.addAll(states);
        return KeptVectors.name(parts);
    }
}
