package org.privateevolution.model.endpoint;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Caps on what a run may spend on its endpoints; each is empty where there is none.
 *
 * @param requests requests sent, failed ones included
 * @param promptTokens tokens of prompts
 * @param completionTokens tokens of answers
 * @param money in the unit of the {@link Prices}
 */
public record EndpointBudget(
        OptionalLong requests, OptionalLong promptTokens, OptionalLong completionTokens, OptionalDouble money) {

    /** No cap at all. */
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

    /** Whether a request must say how long its answer may be. */
    public boolean limitsAnswers() {
        return completionTokens.isPresent() || money.isPresent();
    }
}
