package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.RunListener;

/** Texts (Aug-PE). */
final class TextModality implements Modality {

    private static final String SPENDING = "spending";

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final TextGeneration generation;
    private final Embedder candidateEmbedder;
    private final PrivateTexts privateTexts;
    private final RunFiles store;
    private final RunListener listener;

    private TextModality(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            TextSpec text,
            Embedder embedder,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.generation = new TextGeneration(spec, text);
        this.candidateEmbedder = new ClusterEmbedder(spark, spec.name(), embedder);
        this.privateTexts = new PrivateTexts(spark, source, spec, text, embedder, privateStore);
        this.store = store;
        this.listener = listener;
    }

    static TextModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            TextSpec text,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return new TextModality(spark, source, spec, text, embedder(spark, text), store, privateStore, listener);
    }

    static void check(SparkSession spark, PrivateSource source, RunSpec spec, TextSpec text) {
        RunSpec pinned = PublicFiles.pinned(spark, spec);
        new TextGeneration(pinned, (TextSpec) pinned.modality()).check();
        Embedder embedder = embedder(spark, text);
        Optional<String> column = text.embedding().column();
        if (column.isEmpty() || spec.evaluation().privateMetrics()) {
            try (PrivateVectors texts = PrivateTexts.checked(spec, source)) {
                texts.requireRecords();
            }
        }
        if (column.isPresent()) {
            PrecomputedVectors decoder = new PrecomputedVectors(column.get(), embedder.dimension());
            try (PrivateVectors vectors = PrivateVectors.given(
                    spec, source.open(spec, PrivateColumns.ofVectors(spec, column.get())), decoder)) {
                vectors.requireRecords();
            }
        }
    }

    /** Number of floats in an embedding; opens a model that the program does not bring. */
    static int dimension(TextSpec text) {
        return text.embedding().extension().isEmpty()
                        && text.embedding().model().builtIn()
                ? SentenceModel.MINI_LM_DIMENSION
                : embedder(text, 1).dimension();
    }

    private static Embedder embedder(SparkSession spark, TextSpec text) {
        return embedder(text, spark.sparkContext().conf().getInt("spark.task.cpus", 1));
    }

    private static Embedder embedder(TextSpec text, int threads) {
        return text.embedding()
                .extension()
                .<Embedder>map(ForeignEmbedder::of)
                .orElseGet(() ->
                        ConfiguredModel.open("text.embedding", () -> TextEmbedding.open(text.embedding(), threads)));
    }

    @Override
    public GenerationApi generator() {
        return generation.open(
                spark, candidateEmbedder, new SpendingLog(store.in(SPENDING), System::nanoTime), listener);
    }

    @Override
    public RejectionRule rejections() {
        return generation.rejections();
    }

    @Override
    public Embedder candidateEmbedder() {
        return candidateEmbedder;
    }

    @Override
    public PrivateVectors privateVectors() {
        return privateTexts.open();
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        Dataset<Row> synthetic = SyntheticData.toDataFrame(spark, spec, population, weights);
        SyntheticData.write(spec, synthetic.coalesce(1));
        return synthetic;
    }

    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        TextEvaluation evaluation = new TextEvaluation(spark, source, spec, candidateEmbedder);
        return (populations, last) ->
                new Measured(evaluation.measure(populations, last, privateVectors), Optional.empty());
    }
}
