package org.privateevolution.generation.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.privateevolution.spi.GenerationException;

/**
 * Limits an amount per minute. Grants are evenly spaced, because services check their limits over seconds as well, and
 * no minute (t, t + 60 s], wherever it begins, exceeds the limit. Not safe for use by several threads.
 */
final class RateLimit {

    static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Grant(long at, long amount) {}

    private final String what;
    private final long perMinute;
    private final Deque<Grant> lastMinute = new ArrayDeque<>();
    private long inLastMinute;
    private long next;

    /**
     * @param what what is limited, in the plural
     * @param perMinute 0 for no limit
     * @param now the current time, in nanoseconds
     */
    RateLimit(String what, long perMinute, long now) {
        this.what = what;
        this.perMinute = perMinute;
        this.next = now;
    }

    /** The earliest time, not before {@code from}, at which {@code amount} may be granted. */
    long earliest(long amount, long from) {
        if (perMinute == 0) {
            return from;
        }
        if (amount > perMinute) {
            throw new GenerationException(
                    GenerationException.Reason.BUDGET,
                    "one request needs up to " + amount + " " + what + ", but the limit is " + perMinute
                            + " per minute: raise the limit or ask for shorter answers");
        }
        long at = Math.max(from, next);
        long inMinute = inLastMinute;
        for (Grant grant : lastMinute) {
            if (grant.at + MINUTE_NANOS > at && inMinute + amount <= perMinute) {
                break;
            }
            at = Math.max(at, grant.at + MINUTE_NANOS);
            inMinute -= grant.amount;
        }
        return at;
    }

    /** Grants {@code amount} at a time that {@link #earliest} has returned, or later. */
    void grant(long amount, long at) {
        if (perMinute == 0) {
            return;
        }
        while (!lastMinute.isEmpty() && lastMinute.peek().at + MINUTE_NANOS <= at) {
            inLastMinute -= lastMinute.remove().amount;
        }
        lastMinute.add(new Grant(at, amount));
        inLastMinute += amount;
        next = at + (amount * MINUTE_NANOS + perMinute - 1) / perMinute;
    }
}
