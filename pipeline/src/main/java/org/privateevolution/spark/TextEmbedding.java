package org.privateevolution.spark;

import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.model.TextSpec;

/** Opens the sentence-transformer of a text run. */
final class TextEmbedding {

    private TextEmbedding() {}

    /**
     * Opens it in this JVM, and in each executor that embeds with it.
     *
     * @param threads threads an inference uses: the cores of a task
     * @throws org.privateevolution.embedding.ModelException if it cannot be opened
     */
    static OnnxTextEmbedder open(TextSpec.Embedding embedding, int threads) {
        SentenceModel model =
                new SentenceModel(PublicFiles.model(embedding), PublicFiles.tokenizer(embedding), embedding.settings());
        return OnnxTextEmbedder.open(model, threads);
    }
}
