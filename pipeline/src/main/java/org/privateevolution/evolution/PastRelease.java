package org.privateevolution.evolution;

import java.util.List;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.ReleasedCounts;

/** A release, applied to pools of rows: counts any pool as the private rows were counted. */
interface PastRelease {

    /**
     * The released counts, over the partitions of a pool.
     *
     * @param scale {@link ReleasedCounts.Scale#FREE} if clients were counted
     */
    List<ReleasedCounts> over(RowPool pool, ReleasedCounts.Scale scale);

    /** Released counts on the given scale. */
    static ReleasedCounts counts(Partition partition, double[] counts, double sigma, ReleasedCounts.Scale scale) {
        return scale == ReleasedCounts.Scale.ONE
                ? ReleasedCounts.of(partition, counts, sigma)
                : ReleasedCounts.ofFreeScale(partition, counts, sigma);
    }
}
