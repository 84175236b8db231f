package org.privateevolution.privacy;

/** Clean counts of private records. They are write-only, except for one release with noise. */
public sealed interface PrivateCounts permits VoteHistogram, PartitionHistogram {

    /**
     * Adds noise, wipes the clean counts and returns the result: the only private release. Call it on the driver, and
     * store the result before doing anything else with it.
     *
     * @param charge the ledger's receipt for this release; can be used once
     * @throws PrivacyException if the counts or the charge have been used before
     */
    NoisyHistogram release(Charge charge, DiscreteGaussian noise);
}
