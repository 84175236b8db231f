package org.privateevolution.vector;

import java.util.function.Supplier;

/**
 * Decides whether an index searches behind its filter: it uses whichever way has been faster, and tries the other one
 * from time to time. Building and trying the filter may take less than a twentieth of the time spent searching. Timing
 * affects speed only, never answers.
 */
final class PruningChoice {

    /** Time spent searching divided by the time that may be risked. */
    private static final int PATIENCE = 24;

    /** Number of blocks of the first trial, which include blocks that run before the code is compiled. */
    private static final int FIRST_TRIAL = 8;

    private static final double MEMORY = 0.1;

    private final Pruning pruning;
    private final double buildSeconds;
    private final Supplier<PrefixFilter> builder;
    private PrefixFilter filter;
    private boolean building;
    private double seconds;
    /** Seconds per query, 0 before the first one. */
    private double whole;

    private double filtered;
    private int trial = FIRST_TRIAL;
    private double trialSeconds;
    private long blocksToTrial;

    PruningChoice(Pruning pruning, double buildSeconds, Supplier<PrefixFilter> builder) {
        this.pruning = pruning;
        this.buildSeconds = buildSeconds;
        this.builder = builder;
    }

    /** The filter to search the next block with, or null to search without. */
    PrefixFilter next() {
        synchronized (this) {
            if (filter != null) {
                return pruning == Pruning.ALWAYS || takesFilter() ? filter : null;
            }
            boolean early = pruning == Pruning.AUTO && seconds < PATIENCE * buildSeconds;
            if (pruning == Pruning.NEVER || building || early) {
                return null;
            }
            building = true;
        }
        PrefixFilter built = builder.get();
        synchronized (this) {
            filter = built;
        }
        return built;
    }

    private boolean takesFilter() {
        if (trial > 0) {
            trial--;
            return true;
        }
        if (filtered == 0) {
            // Other threads are trying the filter already.
            return false;
        }
        boolean faster = filtered < whole;
        if (blocksToTrial-- > 0) {
            return faster;
        }
        double slower = faster ? whole / filtered : filtered / whole;
        blocksToTrial = (long) Math.ceil(PATIENCE * Math.max(1, slower - 1));
        return !faster;
    }

    /** Records the time of a search of a block of queries. */
    synchronized void took(boolean withFilter, int queries, long nanos) {
        double now = nanos / 1e9 / queries;
        seconds += nanos / 1e9;
        if (withFilter) {
            filtered = average(filtered, now);
            trialSeconds += nanos / 1e9;
            if (trialSeconds > seconds / PATIENCE) {
                trial = 0;
            }
        } else {
            whole = average(whole, now);
        }
    }

    /** A faster time counts at once, because other work on the machine also causes slow ones. */
    private static double average(double before, double now) {
        return before == 0 || now < before ? now : before + MEMORY * (now - before);
    }
}
