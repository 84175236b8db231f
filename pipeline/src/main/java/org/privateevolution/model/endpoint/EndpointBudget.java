package org.privateevolution.model.endpoint;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Caps on what a run may spend on its endpoints. An empty cap is no limit.
 *
 * @param requests number of requests sent, failed ones included
 * @param promptTokens tokens of prompts
 * @param completionTokens tokens of answers
 * @param money in the unit of the {@link Prices}
 */
public record EndpointBudget(
        OptionalLong requests, OptionalLong promptTokens, OptionalLong completionTokens, OptionalDouble money) {

    /** A budget without any cap. */
    public static final EndpointBudget UNLIMITED = new EndpointBudget(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());

    public EndpointBudget {
        if (requests.orElse(0) < 0
                || promptTokens.orElse(0) < 0
                || completionTokens.orElse(0) < 0
                || !(money.orElse(0) >= 0)) {
            throw new IllegalArgumentException("a budget must not be negative, but is " + requests + " requests, "
                    + promptTokens + " and " + completionTokens + " tokens and " + money + " in money");
        }
    }

    /** Whether every request must limit the length of its answer. */
    public boolean limitsAnswers() {
        return completionTokens.isPresent() || money.isPresent();
    }
}
