package org.privateevolution.model.endpoint;

/**
 * What was used since the start.
 *
 * @param requests requests sent, failed ones included
 * @param answers answers that said what they cost
 * @param promptTokens tokens of prompts that endpoints charged
 * @param completionTokens tokens of answers that endpoints charged
 * @param money price of all that
 * @param unaccounted requests whose cost is unknown: the connection broke, the time ran out, or the answer did not say
 * @param unaccountedPromptTokensAtMost what those, and requests under way, may have cost beyond {@code promptTokens}
 * @param unaccountedCompletionTokensAtMost the same beyond {@code completionTokens}
 * @param unaccountedMoneyAtMost the same beyond {@code money}
 */
public record Usage(
        long requests,
        long answers,
        long promptTokens,
        long completionTokens,
        double money,
        long unaccounted,
        long unaccountedPromptTokensAtMost,
        long unaccountedCompletionTokensAtMost,
        double unaccountedMoneyAtMost) {

    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
