package org.privateevolution.config;

import org.privateevolution.model.endpoint.Retry;

/** The section that states how a request is repeated after a temporary failure. */
final class RetrySettings extends Group<Retry> {

    final Setting<Integer> attempts =
            value("attempts", Whole.atLeast(1), 10, Retry::attempts).means("Attempts per request.");
    final Setting<Double> firstDelay = value("first_delay", Real.POSITIVE, 1.0, Retry::firstDelaySeconds)
            .means("Longest wait after the first failure, in seconds; it doubles with every attempt, and the wait is"
                    + " drawn at random below it.");
    final Setting<Double> longestDelay = value("longest_delay", Real.POSITIVE, 120.0, Retry::longestDelaySeconds)
            .means("Longest wait, in seconds. The run stops if an endpoint asks for a longer pause.");
    final Setting<Double> timeout = value("timeout", Real.POSITIVE, 300.0, Retry::timeoutSeconds)
            .means("Longest duration of a request and its answer, in seconds.");

    Retry read(Section section) {
        Double first = section.get(firstDelay);
        Double longest = section.get(longestDelay);
        if (first != null && longest != null && longest < first) {
            section.conflict(longestDelay, longest + " is not allowed: must not be shorter than first_delay, " + first);
        }
        return section.make(() -> new Retry(section.get(attempts), first, longest, section.get(timeout)));
    }
}
