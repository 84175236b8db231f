package org.privateevolution.config;

import java.util.OptionalLong;
import org.privateevolution.model.endpoint.EndpointBudget;

/** The section of the caps on what a run may spend at endpoints. */
final class SpendingSettings extends Group<EndpointBudget> {

    private static final Whole<Long> COUNT = Whole.longAtLeast(1);
    private static final String NO_LIMIT = "no limit";

    final Setting<Long> requests = optional("requests", COUNT, null, budget -> Absence.orNull(budget.requests()))
            .otherwise(NO_LIMIT)
            .means("Requests that the run may send, including failed ones and those before a resume.");
    private final Setting<Long> promptTokens;
    private final Setting<Long> completionTokens;
    final Setting<Double> money;

    /**
     * @param tokens whether the endpoints count tokens
     * @param prices path of the settings of the prices
     */
    SpendingSettings(boolean tokens, String prices) {
        promptTokens = !tokens
                ? null
                : optional("prompt_tokens", COUNT, null, budget -> Absence.orNull(budget.promptTokens()))
                        .otherwise(NO_LIMIT)
                        .means("Prompt tokens that the run may pay for.");
        completionTokens = !tokens
                ? null
                : optional("completion_tokens", COUNT, null, budget -> Absence.orNull(budget.completionTokens()))
                        .otherwise(NO_LIMIT)
                        .means("Answer tokens that the run may pay for.");
        money = optional("money", Real.POSITIVE, null, budget -> Absence.orNull(budget.money()))
                .otherwise(NO_LIMIT)
                .means("Money that the run may spend, at `" + prices + "`.");
    }

    /** Returns the budget that the group writes to canonical configurations: null if nothing is capped. */
    static EndpointBudget orNull(EndpointBudget budget) {
        return budget.equals(EndpointBudget.UNLIMITED) ? null : budget;
    }

    EndpointBudget read(Section section) {
        return section.make(() -> new EndpointBudget(
                Absence.optional(section.get(requests)),
                promptTokens == null ? OptionalLong.empty() : Absence.optional(section.get(promptTokens)),
                completionTokens == null ? OptionalLong.empty() : Absence.optional(section.get(completionTokens)),
                Absence.optional(section.get(money))));
    }
}
