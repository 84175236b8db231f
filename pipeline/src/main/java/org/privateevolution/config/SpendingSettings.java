package org.privateevolution.config;

import org.privateevolution.model.TextSpec;

/** Caps on what a run may spend at endpoints. */
final class SpendingSettings extends Group<TextSpec.Spending> {

    private static final Whole<Long> COUNT = Whole.longAtLeast(1);
    private static final String NO_LIMIT = "no limit";

    final Setting<Long> requests = optional("requests", COUNT, Long.MAX_VALUE, TextSpec.Spending::requests)
            .otherwise(NO_LIMIT)
            .means("Requests that the run may send, failed ones and those before a resume included.");
    private final Setting<Long> promptTokens;
    private final Setting<Long> completionTokens;
    final Setting<Double> money;

    /**
     * @param tokens whether tokens are counted
     * @param prices path of what they cost
     */
    SpendingSettings(boolean tokens, String prices) {
        promptTokens = !tokens
                ? null
                : optional("prompt_tokens", COUNT, Long.MAX_VALUE, TextSpec.Spending::promptTokens)
                        .otherwise(NO_LIMIT)
                        .means("Tokens of prompts that the run may pay for.");
        completionTokens = !tokens
                ? null
                : optional("completion_tokens", COUNT, Long.MAX_VALUE, TextSpec.Spending::completionTokens)
                        .otherwise(NO_LIMIT)
                        .means("Tokens of answers that the run may pay for.");
        money = optional("money", Real.POSITIVE, Double.POSITIVE_INFINITY, TextSpec.Spending::money)
                .otherwise(NO_LIMIT)
                .means("Money that the run may spend, by `" + prices + "`.");
    }

    /** Null for no limit. */
    TextSpec.Spending read(Section section) {
        return section.isEmpty()
                ? null
                : section.make(() -> new TextSpec.Spending(
                        section.get(requests),
                        promptTokens == null ? Long.MAX_VALUE : section.get(promptTokens),
                        completionTokens == null ? Long.MAX_VALUE : section.get(completionTokens),
                        section.get(money)));
    }
}
