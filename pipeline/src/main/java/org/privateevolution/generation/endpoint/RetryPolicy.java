package org.privateevolution.generation.endpoint;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is done about an endpoint that fails for the moment: a wait uniform between nothing and a bound that doubles from
 * attempt to attempt, so that clients that failed together do not come back together.
 *
 * @param attempts tries of one request, at least 1
 * @param firstDelay bound of the wait after the first failure
 * @param longestDelay no bound grows beyond it, and an endpoint that asks for a longer pause ends the run
 * @param timeout for the whole of an exchange, from the request's first byte to the answer's last
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration timeout) {
    public RetryPolicy {
        if (attempts < 1
                || firstDelay.isNegative()
                || longestDelay.compareTo(firstDelay) < 0
                || timeout.isNegative()
                || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "attempts must be at least 1, the longest delay not shorter than the first,"
                            + " and the timeout more than 0, but are " + attempts + ", " + firstDelay + ", "
                            + longestDelay
                            + " and " + timeout);
        }
    }

    /** A random wait after attempt number {@code attempt}, from 1. */
    long nanosAfter(int attempt) {
        double bound = Math.min(longestDelay.toNanos(), firstDelay.toNanos() * Math.pow(2, attempt - 1));
        return (long) (ThreadLocalRandom.current().nextDouble() * bound);
    }
}
