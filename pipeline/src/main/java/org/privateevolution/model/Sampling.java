package org.privateevolution.model;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a language model draws its words.
 *
 * @param temperature at least 0; empty leaves it to the model
 * @param topP greater than 0, at most 1; empty leaves it to the model
 * @param seeded whether a seed is sent along; some endpoints know none
 * @param maxCompletionTokens no answer may be longer; empty for no limit
 */
public record Sampling(
        OptionalDouble temperature, OptionalDouble topP, boolean seeded, OptionalInt maxCompletionTokens) {

    /** Everything is left to the model. */
    public static final Sampling OF_THE_MODEL =
            new Sampling(OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.empty());

    public Sampling {
        if (!(temperature.orElse(0) >= 0) || !(topP.orElse(1) > 0 && topP.orElse(1) <= 1)) {
            throw new IllegalArgumentException(
                    "temperature must be at least 0 and top_p in (0, 1], but they are " + temperature + " and " + topP);
        }
        if (maxCompletionTokens.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "max_completion_tokens must be at least 1, but is " + maxCompletionTokens.getAsInt());
        }
    }
}
