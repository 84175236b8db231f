package org.privateevolution.spark.discovery;

import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;

/** Counts private records for the release of a discovery, and reads what the release says of them. */
interface Examination {

    /**
     * Reads all records.
     *
     * @throws PrivateDataException if one cannot be read
     */
    void requireSound(PrivateSource source);

    PartitionThreshold threshold(double noiseMultiplier, double thresholdDelta);

    /**
     * Counts on the executors; partitions below the floor never leave them.
     *
     * @throws PrivateDataException if a record cannot be read
     */
    PartitionHistogram count(PrivateSource source, PartitionThreshold threshold);

    /** @param label the column whose values are labels; empty for none */
    DiscoveredTables found(String label, NoisyHistogram released, PartitionThreshold threshold);
}
