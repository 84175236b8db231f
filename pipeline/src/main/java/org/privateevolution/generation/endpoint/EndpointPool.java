package org.privateevolution.generation.endpoint;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Endpoints of equal rank. A request goes to the endpoint with the fewest requests under way, among those that are not
 * paused.
 */
final class EndpointPool {

    private final int[] load;
    private final long[] sent;
    private final long[] pausedUntil;

    /** Number of consecutive requests to each endpoint that reached no server. */
    private final int[] misses;

    /** Whether any endpoint ever answered, if only that it is busy. */
    private boolean anyMet;

    private final LongSupplier nanoTime;

    EndpointPool(int endpoints, LongSupplier nanoTime) {
        this.load = new int[endpoints];
        this.sent = new long[endpoints];
        this.pausedUntil = new long[endpoints];
        this.misses = new int[endpoints];
        this.nanoTime = nanoTime;
        Arrays.fill(pausedUntil, nanoTime.getAsLong());
    }

    /** A request under way. Closing it takes it off its endpoint's load, however it ended. */
    final class Lease implements AutoCloseable {
        private final int endpoint;

        private Lease(int endpoint) {
            this.endpoint = endpoint;
        }

        int endpoint() {
            return endpoint;
        }

        @Override
        public void close() {
            synchronized (EndpointPool.this) {
                load[endpoint]--;
            }
        }
    }

    /** A lease of the least loaded endpoint; null if all are paused. */
    synchronized Lease lease() {
        long now = nanoTime.getAsLong();
        int best = -1;
        for (int i = 0; i < load.length; i++) {
            if (pausedUntil[i] - now > 0) {
                continue;
            }
            if (best < 0 || load[i] < load[best] || (load[i] == load[best] && sent[i] < sent[best])) {
                best = i;
            }
        }
        if (best < 0) {
            return null;
        }
        load[best]++;
        sent[best]++;
        return new Lease(best);
    }

    /** Nanoseconds until an endpoint may be used; 0 or less if one may be now. */
    synchronized long nanosUntilOneIsFree() {
        long now = nanoTime.getAsLong();
        return Arrays.stream(pausedUntil).map(until -> until - now).min().orElseThrow();
    }

    /** Sends nothing to an endpoint for a while. */
    synchronized void pause(int endpoint, long nanos) {
        long until = nanoTime.getAsLong() + nanos;
        if (until - pausedUntil[endpoint] > 0) {
            pausedUntil[endpoint] = until;
        }
    }

    /**
     * Records that no server was there. If there are other endpoints, this one is paused for a time that doubles with
     * each failure in a row: otherwise an endpoint that answers nothing would be the least loaded, and receive every
     * request that the others are too busy for.
     */
    synchronized void missed(int endpoint, long firstNanos, long longestNanos) {
        boolean counted = misses[endpoint] > 0 && pausedUntil[endpoint] - nanoTime.getAsLong() > 0;
        if (counted) {
            return;
        }
        double nanos = firstNanos * Math.pow(2, misses[endpoint]);
        misses[endpoint]++;
        if (load.length > 1) {
            pause(endpoint, (long) Math.min(longestNanos, nanos));
        }
    }

    /** Records that the endpoint answered, if only that it is busy. */
    synchronized void met(int endpoint) {
        misses[endpoint] = 0;
        anyMet = true;
    }

    /** Whether every endpoint has been tried without reaching a server, and none has ever answered. */
    synchronized boolean isNobodyThere() {
        return !anyMet && Arrays.stream(misses).allMatch(times -> times > 0);
    }
}
