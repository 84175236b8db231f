package org.privateevolution.spark.text;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.generation.text.PromptVariables;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.modality.ConfiguredModel;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.ForeignEmbedder;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** Texts as a modality of runs. */
public final class TextRoom implements Room<TextSpec> {

    @Override
    public Class<TextSpec> kind() {
        return TextSpec.class;
    }

    @Override
    public int dimension(TextSpec text) {
        return text.embedding().extension().isEmpty()
                        && text.embedding().model().builtIn()
                ? SentenceModel.MINI_LM_DIMENSION
                : embedder(text, 1).dimension();
    }

    @Override
    public String narrower() {
        return "choose another text.embedding.model";
    }

    /** Pins the checksums of the embedding's model and of the files that the generator depends on. */
    @Override
    public TextSpec pinned(SparkSession spark, RunSpec spec, TextSpec text) {
        TextSpec.Embedding embedding =
                text.embedding().extension().isPresent() ? text.embedding() : TextEmbedding.pinned(text.embedding());
        return text.with(embedding, TextGeneration.pinned(spark, spec, text.generator()));
    }

    @Override
    public void check(SparkSession spark, PrivateSource source, RunSpec spec, TextSpec text) {
        TextSpec pinned = pinned(spark, spec, text);
        new TextGeneration(spec.with(pinned), pinned, PromptVariables.NONE).check();
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

    @Override
    public OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            TextSpec text,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return new TextModality(spark, source, spec, text, embedder(spark, text), store, privateStore, listener);
    }

    /** The embedder that a configuration names. */
    public static Embedder embedder(SparkSession spark, TextSpec text) {
        return embedder(text, spark.sparkContext().conf().getInt("spark.task.cpus", 1));
    }

    /** The same, with a number of threads per inference. */
    public static Embedder embedder(TextSpec text, int threads) {
        return text.embedding()
                .extension()
                .<Embedder>map(ForeignEmbedder::of)
                .orElseGet(() ->
                        ConfiguredModel.open("text.embedding", () -> TextEmbedding.open(text.embedding(), threads)));
    }
}
