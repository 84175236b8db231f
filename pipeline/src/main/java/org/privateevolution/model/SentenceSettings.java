package org.privateevolution.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * How to run a sentence-transformer. Spark sends the settings to executors, so they have no {@link java.util.Optional},
 * which is not serializable.
 *
 * @param pooling how the vectors of a text's tokens become the text's vector
 * @param normalize whether vectors are scaled to length 1
 * @param maxTokens greatest number of tokens, special ones included, to which texts are cut; from 1 to the model's own
 *     limit
 * @param output the graph's output to pool, {@code [texts, tokens, dimension]}; empty for the first output of that rank
 */
public record SentenceSettings(Pooling pooling, boolean normalize, int maxTokens, String output)
        implements Serializable {

    public SentenceSettings {
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(output, "output");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max tokens is " + maxTokens + ": it must be 1 or greater");
        }
    }

    /** How the vectors of a text's tokens become the text's vector. */
    public enum Pooling {
        /** The mean over all tokens. */
        MEAN,
        /** The vector of the first token. */
        CLS
    }
}
