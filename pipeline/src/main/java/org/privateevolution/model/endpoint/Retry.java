package org.privateevolution.model.endpoint;

import java.time.Duration;

/**
 * What is done about an endpoint that fails for the moment: a wait uniform between nothing and a bound that doubles from
 * attempt to attempt, so that clients that failed together do not come back together.
 *
 * @param attempts tries of one request, at least 1
 * @param firstDelaySeconds bound of the wait after the first failure
 * @param longestDelaySeconds no bound grows beyond it, and an endpoint that asks for a longer pause ends the run
 * @param timeoutSeconds for the whole of an exchange, from the request's first byte to the answer's last
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

    /** {@link #firstDelaySeconds} to the millisecond, at least one. */
    public Duration firstDelay() {
        return duration(firstDelaySeconds);
    }

    /** {@link #longestDelaySeconds} to the millisecond, at least one. */
    public Duration longestDelay() {
        return duration(longestDelaySeconds);
    }

    /** {@link #timeoutSeconds} to the millisecond, at least one. */
    public Duration timeout() {
        return duration(timeoutSeconds);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * SECOND_MILLIS)));
    }
}
