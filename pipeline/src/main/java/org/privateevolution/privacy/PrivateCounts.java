package org.privateevolution.privacy;

/** Clean counts of private records: write-only, but for one release with noise. */
public sealed interface PrivateCounts permits VoteHistogram, PartitionHistogram {

    /**
     * The one private release: adds noise and wipes the clean counts. Call it on the driver, and store the result before
     * anything is done with it.
     *
     * @param charge the ledger's receipt for this release; serves once
     * @throws PrivacyException if the counts or the charge have served before
     */
    NoisyHistogram release(Charge charge, DiscreteGaussian noise);
}
