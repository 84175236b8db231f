package org.privateevolution.model.endpoint;

/**
 * The usage since the start.
 *
 * @param requests requests sent, including failed ones
 * @param answers answers that stated their cost
 * @param promptTokens tokens of prompts that endpoints charged
 * @param completionTokens tokens of answers that endpoints charged
 * @param money price of these tokens and answers
 * @param unaccounted requests whose cost is unknown: the connection broke, the time ran out, or the answer did not
 *     state it
 * @param unaccountedPromptTokensAtMost the most that these requests, and requests under way, may have cost beyond
 *     {@code promptTokens}
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

    /** No usage. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
