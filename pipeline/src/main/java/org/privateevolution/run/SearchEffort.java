package org.privateevolution.run;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the executors searched in a vote. All but the kernels tells how many private records there are: it is counted only
 * where the configuration asks for metrics outside the guarantee.
 *
 * @param rows records that voted
 * @param nanos core time spent searching
 * @param multiplyAdds done, those of single pairs not counted
 * @param bruteForce multiply-adds that brute force takes
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

    /** Records a second and core. */
    public double rowsPerSecond() {
        return rows * NANOS / nanos;
    }

    /** 1e9 operations a second and core, two a multiply-add, had it been brute force. */
    double gflops() {
        return 2 * bruteForce / nanos;
    }

    /** Share of brute force's multiply-adds that was not done, 0 to 1. */
    public double sharePruned() {
        return Math.max(0, 1 - multiplyAdds / bruteForce);
    }
}
