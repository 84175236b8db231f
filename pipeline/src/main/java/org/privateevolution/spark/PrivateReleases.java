package org.privateevolution.spark;

import java.util.Optional;
import java.util.function.Supplier;
import org.privateevolution.privacy.Charge;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spi.IterationStore;

/**
 * The one door through which private counts leave: charge the ledger, add noise, commit, confirm to the
 * ledger, and only then hand out. A
 * release that is on storage is handed out again as it is, never drawn anew.
 */
final class PrivateReleases {

    private final Ledger ledger;
    private final IterationStore store;
    private final DiscreteGaussian noise;

    PrivateReleases(Ledger ledger, IterationStore store, DiscreteGaussian noise) {
        this.ledger = ledger;
        this.store = store;
        this.noise = noise;
    }

    /**
     * The released histogram, from storage or else from {@code count}.
     *
     * @param count counts votes on the executors; called only if the release is not on storage
     * @throws PrivacyException if the ledger refuses the charge, or what is on storage is not what was planned
     */
    NoisyHistogram release(Release release, Supplier<VoteHistogram> count) {
        Optional<NoisyHistogram> stored = store.release(release.releaseId());
        if (stored.isPresent()) {
            requireAsPlanned(release, stored.get());
            ledger.confirm(release, stored.get());
            return stored.get();
        }
        VoteHistogram votes = count.get();
        Charge charge = ledger.charge(release);
        NoisyHistogram noisy = votes.release(charge, noise);
        store.commitRelease(noisy);
        ledger.confirm(release, noisy);
        return noisy;
    }

    private static void requireAsPlanned(Release release, NoisyHistogram stored) {
        if (stored.noiseMultiplier() != release.noiseMultiplier()) {
            throw new PrivacyException("release " + release.releaseId() + " is on storage with noise multiplier "
                    + stored.noiseMultiplier() + ", but the run's plan says " + release.noiseMultiplier());
        }
    }
}
