package org.privateevolution.model.endpoint;

/**
 * How all endpoints together are called.
 *
 * @param budget caps on what the whole run may spend
 */
public record CallPolicy(Limits limits, Retry retry, EndpointBudget budget, Prices prices) {

    /** Returns the same policy with another budget. */
    public CallPolicy with(EndpointBudget other) {
        return new CallPolicy(limits, retry, other, prices);
    }
}
