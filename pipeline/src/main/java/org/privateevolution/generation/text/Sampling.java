package org.privateevolution.generation.text;

/**
 * How a model draws its words.
 *
 * @param temperature NaN leaves it to the model
 * @param topP NaN leaves it to the model
 * @param seeded whether a seed is sent along; some endpoints know none
 */
public record Sampling(double temperature, double topP, boolean seeded) {

    /** Everything is left to the model. */
    public static final Sampling OF_THE_MODEL = new Sampling(Double.NaN, Double.NaN, false);

    public Sampling {
        if (temperature < 0 || topP <= 0 || topP > 1) {
            throw new IllegalArgumentException(
                    "temperature must be at least 0 and top_p in (0, 1], but they are " + temperature + " and " + topP);
        }
    }
}
