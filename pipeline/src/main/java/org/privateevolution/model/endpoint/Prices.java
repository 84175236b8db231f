package org.privateevolution.model.endpoint;

/**
 * What endpoints charge, in any unit of money.
 *
 * @param perMillionPromptTokens price of a million tokens of prompts
 * @param perMillionCompletionTokens price of a million tokens of answers
 * @param perAnswer price of an answer, whatever its size; images are charged so
 */
public record Prices(double perMillionPromptTokens, double perMillionCompletionTokens, double perAnswer) {

    /** Nothing costs anything. */
    public static final Prices FREE = new Prices(0, 0, 0);

    private static final double MILLION = 1e6;

    public Prices {
        if (!(perMillionPromptTokens >= 0) || !(perMillionCompletionTokens >= 0) || !(perAnswer >= 0)) {
            throw new IllegalArgumentException("prices must not be negative, but are " + perMillionPromptTokens + ", "
                    + perMillionCompletionTokens + " and " + perAnswer);
        }
    }

    /** What so many answers and tokens cost. */
    public double of(long answers, long promptTokens, long completionTokens) {
        return perMillionPromptTokens * promptTokens / MILLION
                + perMillionCompletionTokens * completionTokens / MILLION
                + perAnswer * answers;
    }
}
