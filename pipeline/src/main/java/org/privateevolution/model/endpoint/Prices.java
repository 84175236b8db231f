package org.privateevolution.model.endpoint;

/**
 * Prices of endpoints, in any unit of money.
 *
 * @param perMillionPromptTokens price per million tokens of prompts
 * @param perMillionCompletionTokens price per million tokens of answers
 * @param perAnswer price per answer, whatever its size; used for images
 */
public record Prices(double perMillionPromptTokens, double perMillionCompletionTokens, double perAnswer) {

    /** All prices are 0. */
    public static final Prices FREE = new Prices(0, 0, 0);

    private static final double MILLION = 1e6;

    public Prices {
        if (!(perMillionPromptTokens >= 0) || !(perMillionCompletionTokens >= 0) || !(perAnswer >= 0)) {
            throw new IllegalArgumentException("prices must not be negative, but are " + perMillionPromptTokens + ", "
                    + perMillionCompletionTokens + " and " + perAnswer);
        }
    }

    /** Returns the cost of a number of answers and tokens. */
    public double of(long answers, long promptTokens, long completionTokens) {
        return perMillionPromptTokens * promptTokens / MILLION
                + perMillionCompletionTokens * completionTokens / MILLION
                + perAnswer * answers;
    }
}
