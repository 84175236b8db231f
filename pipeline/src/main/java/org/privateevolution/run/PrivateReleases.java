package org.privateevolution.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerStorage.Released;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivateCounts;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.IterationStore;

/**
 * The only way for private counts to leave: charge the ledger, add noise, publish in the ledger, copy to the store, and
 * only then return the result. The histogram in the ledger is the release: one that exists is returned as it is and
 * never drawn anew, whatever has become of the store.
 */
public final class PrivateReleases {

    private final Ledger ledger;
    private final IterationStore store;
    private final DiscreteGaussian noise;
    private final Runnable lease;

    /** @param lease throws if this driver no longer holds the run */
    public PrivateReleases(Ledger ledger, IterationStore store, DiscreteGaussian noise, Runnable lease) {
        this.ledger = ledger;
        this.store = store;
        this.noise = noise;
        this.lease = lease;
    }

    /**
     * Returns the released histogram, from the ledger or, if the release was not made yet, by counting.
     *
     * @param count counts votes on the executors; called only if the release was not made
     * @throws PrivacyException if the ledger refuses the charge, or what was released is not what was planned
     */
    public NoisyHistogram release(Release release, Supplier<? extends PrivateCounts> count) {
        Optional<NoisyHistogram> made = made(release);
        if (made.isPresent()) {
            return made.get();
        }
        PrivateCounts votes = count.get();
        // Counting takes long: checks again whether the driver still holds the run, and whether the release was made.
        lease.run();
        made = made(release);
        if (made.isPresent()) {
            return made.get();
        }
        NoisyHistogram drawn = votes.release(ledger.charge(release), noise);
        lease.run();
        NoisyHistogram released = ledger.publish(release, drawn);
        store.commitRelease(released);
        return released;
    }

    /**
     * The released histogram, if the release was made.
     *
     * @throws PrivacyException if the release was made but is lost, is not what was planned, or differs from the
     *     store's copy
     */
    public Optional<NoisyHistogram> made(Release release) {
        Optional<Released> made = ledger.recover(release);
        Optional<NoisyHistogram> copy = store.release(release.releaseId());
        copy.ifPresent(histogram -> requireAsPlanned(release, histogram));
        if (made.isEmpty()) {
            return copy.map(histogram -> ledger.adopt(release, histogram));
        }
        if (copy.isPresent()) {
            if (!copy.get().digest().equals(made.get().digest())) {
                throw new PrivacyException(
                        PrivacyException.Reason.RELEASE,
                        "release " + release.releaseId()
                                + " was made with other noise than the store holds: remove it from the store's"
                                + " releases, and the"
                                + " run takes it from the ledger, or restore the store; to use both would spend"
                                + " more than was"
                                + " charged");
            }
            return copy;
        }
        NoisyHistogram histogram = made.get()
                .histogram()
                .orElseThrow(() -> new PrivacyException(
                        PrivacyException.Reason.RELEASE,
                        "release " + release.releaseId()
                                + " was made, but is no longer in the store, where 0.1.0 kept it: restore the"
                                + " store; drawing new"
                                + " noise for it would spend more than was charged"));
        store.commitRelease(histogram);
        return Optional.of(histogram);
    }

    private static void requireAsPlanned(Release release, NoisyHistogram stored) {
        if (stored.noiseMultiplier() != release.noiseMultiplier()) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + release.releaseId() + " is on storage with noise multiplier "
                            + stored.noiseMultiplier() + ", but the run's plan says " + release.noiseMultiplier());
        }
    }
}
