package org.privateevolution.model.endpoint;

/**
 * How endpoints are called, all of them together.
 *
 * @param budget caps on what the whole run may spend
 */
public record CallPolicy(Limits limits, Retry retry, EndpointBudget budget, Prices prices) {

    /** The same with another budget. */
    public CallPolicy with(EndpointBudget other) {
        return new CallPolicy(limits, retry, other, prices);
    }
}
