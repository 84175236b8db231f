package org.privateevolution.spark.text;

import org.privateevolution.embedding.ModelFile;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spark.session.HadoopFile;

/** Opens the sentence-transformer of a text run. */
final class TextEmbedding {

    private TextEmbedding() {}

    /**
     * Opens the model in this JVM, and in each executor that embeds with it.
     *
     * @param threads number of threads per inference: the cores of a task
     * @throws org.privateevolution.embedding.ModelException if the model cannot be opened
     */
    static OnnxTextEmbedder open(TextSpec.Embedding embedding, int threads) {
        return OnnxTextEmbedder.open(
                new SentenceModel(model(embedding), tokenizer(embedding), embedding.settings()), threads);
    }

    /** The embedding with the checksums of its files. */
    static TextSpec.Embedding pinned(TextSpec.Embedding embedding) {
        return embedding.with(
                PublicFiles.pinned(embedding.model(), "text.embedding.model", model(embedding)),
                PublicFiles.pinned(embedding.tokenizer(), "text.embedding.tokenizer", tokenizer(embedding)));
    }

    private static ModelFile model(TextSpec.Embedding embedding) {
        return embedding.model().builtIn()
                ? SentenceModel.miniLm().model()
                : new HadoopFile(embedding.model().location());
    }

    private static ModelFile tokenizer(TextSpec.Embedding embedding) {
        return embedding.tokenizer().builtIn()
                ? SentenceModel.miniLm().tokenizer()
                : new HadoopFile(embedding.tokenizer().location());
    }
}
