package org.privateevolution.run;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * The work that the executors' search took in a vote. Everything but the kernels discloses the number of private
 * records, so it is counted only if the configuration asks for metrics outside the guarantee.
 *
 * @param rows number of records that voted
 * @param nanos core time spent searching, in nanoseconds
 * @param multiplyAdds number of multiply-adds done, without those of single pairs
 * @param bruteForce number of multiply-adds of a brute-force search
 * @param kernels names of the kernels
 */
public record SearchEffort(long rows, long nanos, double multiplyAdds, double bruteForce, Set<String> kernels)
        implements Serializable {

    public static final SearchEffort NONE = new SearchEffort(0, 0, 0, 0, Set.of());

    private static final double NANOS = 1e9;

    public SearchEffort {
        kernels = Set.copyOf(kernels);
    }

    public static SearchEffort uncounted(String kernel) {
        return new SearchEffort(0, 0, 0, 0, Set.of(kernel));
    }

    public SearchEffort plus(SearchEffort other) {
        Set<String> all = new TreeSet<>(kernels);
        all.addAll(other.kernels);
        return new SearchEffort(
                rows + other.rows,
                nanos + other.nanos,
                multiplyAdds + other.multiplyAdds,
                bruteForce + other.bruteForce,
                all);
    }

    boolean counted() {
        return rows > 0;
    }

    /** Records per second and core. */
    public double rowsPerSecond() {
        return rows * NANOS / nanos;
    }

    /**
     * Billions of floating-point operations per second and core, two per multiply-add, as if the search were brute
     * force.
     */
    double gflops() {
        return 2 * bruteForce / nanos;
    }

    /** Share of the brute-force multiply-adds that were avoided, 0 to 1. */
    public double sharePruned() {
        return Math.max(0, 1 - multiplyAdds / bruteForce);
    }
}
