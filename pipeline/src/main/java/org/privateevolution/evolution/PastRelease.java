package org.privateevolution.evolution;

import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;

/** A release that was made, as any pool of rows would have been counted by it. */
interface PastRelease {

    /**
     * What was released, over the partitions of a pool.
     *
     * @param scale {@link ReleasedCounts.Scale#FREE} where clients were counted
     */
    List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale);

    /** Counts on a scale. */
    static ReleasedCounts counts(Partition partition, double[] counts, double sigma, ReleasedCounts.Scale scale) {
        return scale == ReleasedCounts.Scale.ONE
                ? ReleasedCounts.of(partition, counts, sigma)
                : ReleasedCounts.ofFreeScale(partition, counts, sigma);
    }
}
