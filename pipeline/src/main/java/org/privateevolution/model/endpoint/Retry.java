package org.privateevolution.model.endpoint;

import java.time.Duration;

/**
 * How a request is repeated after a temporary failure. The wait before an attempt is uniform between 0 and a bound that
 * doubles from attempt to attempt, so that clients that failed together do not all return at the same time.
 *
 * @param attempts attempts per request, at least 1
 * @param firstDelaySeconds bound of the wait after the first failure
 * @param longestDelaySeconds upper limit of the bound; an endpoint that asks for a longer pause ends the run
 * @param timeoutSeconds for a whole exchange, from the first byte of the request to the last byte of the answer
 */
public record Retry(int attempts, double firstDelaySeconds, double longestDelaySeconds, double timeoutSeconds) {

    private static final double SECOND_MILLIS = 1e3;

    public Retry {
        if (attempts < 1
                || !(firstDelaySeconds >= 0)
                || !(longestDelaySeconds >= firstDelaySeconds)
                || !(timeoutSeconds > 0)) {
            throw new IllegalArgumentException(
                    "attempts must be at least 1, the longest delay not shorter than the first,"
                            + " and the timeout more than 0, but are " + attempts + ", " + firstDelaySeconds + " s, "
                            + longestDelaySeconds + " s and " + timeoutSeconds + " s");
        }
    }

    /** {@link #firstDelaySeconds}, rounded to milliseconds, at least one. */
    public Duration firstDelay() {
        return duration(firstDelaySeconds);
    }

    /** {@link #longestDelaySeconds}, rounded to milliseconds, at least one. */
    public Duration longestDelay() {
        return duration(longestDelaySeconds);
    }

    /** {@link #timeoutSeconds}, rounded to milliseconds, at least one. */
    public Duration timeout() {
        return duration(timeoutSeconds);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * SECOND_MILLIS)));
    }
}
