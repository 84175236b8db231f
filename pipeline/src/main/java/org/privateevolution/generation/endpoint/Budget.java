package org.privateevolution.generation.endpoint;

/**
 * Caps on what a start of the run may spend; {@link #UNLIMITED} for none.
 *
 * @param requests requests sent, failed ones included
 * @param promptTokens tokens of prompts
 * @param completionTokens tokens of answers
 * @param money in the unit of the {@link Prices}
 */
public record Budget(long requests, long promptTokens, long completionTokens, double money) {

    /** No cap at all. */
    public static final Budget UNLIMITED =
            new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY);

    public Budget {
        if (requests < 0 || promptTokens < 0 || completionTokens < 0 || !(money >= 0)) {
            throw new IllegalArgumentException("a budget must not be negative, but is " + requests + " requests, "
                    + promptTokens + " and " + completionTokens + " tokens and " + money + " in money");
        }
    }

    boolean limitsAnswers() {
        return completionTokens < Long.MAX_VALUE || money < Double.POSITIVE_INFINITY;
    }
}
