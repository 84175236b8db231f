package org.privateevolution.config;

import org.privateevolution.model.TextSpec;

/** Caps on what a run may spend at endpoints. */
final class SpendingSettings extends Group<TextSpec.Spending> {

    private static final Whole<Long> COUNT = Whole.longAtLeast(1);
    private static final String NO_LIMIT = "no limit";

    final Setting<Long> requests = optional(
            "requests",
            COUNT,
            Long.MAX_VALUE,
            NO_LIMIT,
            "Requests that the run may send, failed ones and those before a resume included.",
            TextSpec.Spending::requests);
    private final Setting<Long> promptTokens;
    private final Setting<Long> completionTokens;
    final Setting<Double> money;

    /**
     * @param tokens whether tokens are counted
     * @param prices path of what they cost
     */
    SpendingSettings(String path, boolean tokens, String prices) {
        super(path);
        promptTokens = !tokens
                ? null
                : optional(
                        "prompt_tokens",
                        COUNT,
                        Long.MAX_VALUE,
                        NO_LIMIT,
                        "Tokens of prompts that the run may pay for.",
                        TextSpec.Spending::promptTokens);
        completionTokens = !tokens
                ? null
                : optional(
                        "completion_tokens",
                        COUNT,
                        Long.MAX_VALUE,
                        NO_LIMIT,
                        "Tokens of answers that the run may pay for.",
                        TextSpec.Spending::completionTokens);
        money = optional(
                "money",
                Real.POSITIVE,
                Double.POSITIVE_INFINITY,
                NO_LIMIT,
                "Money that the run may spend, by `" + prices + "`.",
                TextSpec.Spending::money);
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
