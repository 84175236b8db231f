package org.privateevolution.generation.tabular;

import org.privateevolution.model.RunSpec.Mutation;

/**
 * The mutation rate, which decreases from vote to vote:
 *
 * <pre>rate(t) = initial - (initial - last) * (t / iterations)^gamma</pre>
 *
 * <p>With gamma below 1 it falls fast at first; with gamma 1 it falls linearly.
 */
public record MutationSchedule(Mutation mutation) {

    public MutationSchedule {
        requireRate("initial", mutation.initial());
        requireRate("last", mutation.last());
        if (!(mutation.gamma() > 0 && Double.isFinite(mutation.gamma()))) {
            throw new IllegalArgumentException(
                    "mutation gamma is " + mutation.gamma() + ": it must be a finite number greater than 0");
        }
        if (mutation.iterations() < 1) {
            throw new IllegalArgumentException(
                    "mutation iterations is " + mutation.iterations() + ": it must be at least 1");
        }
    }

    /**
     * Returns the rate after {@code votes} completed votes: {@code initial} before any vote, {@code last} from
     * {@code iterations} votes on.
     */
    public double rate(int votes) {
        if (votes >= mutation.iterations()) {
            return mutation.last();
        }
        double progress = Math.max(0, votes) / (double) mutation.iterations();
        return mutation.initial() - (mutation.initial() - mutation.last()) * Math.pow(progress, mutation.gamma());
    }

    private static void requireRate(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "mutation rate " + name + " is " + rate + ": it must lie between 0 and 1");
        }
    }
}
