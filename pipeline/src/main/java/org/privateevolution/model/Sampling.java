package org.privateevolution.model;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The sampling parameters of a language model.
 *
 * @param temperature at least 0; empty for the model's own
 * @param topP greater than 0, at most 1; empty for the model's own
 * @param seeded whether requests carry a seed; some endpoints accept none
 * @param maxCompletionTokens greatest number of tokens of an answer; empty for no limit
 */
public record Sampling(
        OptionalDouble temperature, OptionalDouble topP, boolean seeded, OptionalInt maxCompletionTokens) {

    /** Leaves all parameters to the model. */
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
