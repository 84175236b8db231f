package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.IterationStore;

/**
 * Holds the store of a run against its ledger before the run goes on. What the two may differ by is the one release that
 * an interrupted driver had charged and not yet committed; anything else means that one of them has lost something, and
 * then neither the run's epsilon nor the freshness of its noise is known.
 */
final class ResumeCheck {

    private final IterationStore store;
    private final List<LedgerEntry> charges;
    private final int committed;

    /** @param charges the run's own entries of the ledger, in order */
    ResumeCheck(IterationStore store, List<LedgerEntry> charges) {
        this.store = store;
        this.charges = List.copyOf(charges);
        this.committed = store.lastCommitted();
    }

    /**
     * Checks every release that the run makes.
     *
     * @param planned the noisy count of labels, if there is one, and then the votes in order
     * @throws PrivacyException if the store holds a release that was not charged, or has lost one that may have been used
     */
    void verify(List<Release> planned) {
        int vote = 0;
        for (Release release : planned) {
            boolean used = false;
            if (release.kind() == Release.Kind.VOTES) {
                vote++;
                used = !store.metrics(vote).isEmpty();
            }
            verify(release, used || committed >= vote);
        }
    }

    private void verify(Release release, boolean used) {
        Optional<LedgerEntry> charge = charges.stream()
                .filter(entry -> entry.release().releaseId().equals(release.releaseId()))
                .findFirst();
        boolean stored = store.release(release.releaseId()).isPresent();
        if (stored && charge.isEmpty()) {
            throw new PrivacyException("release " + release.releaseId()
                    + " is in the store, but the ledger does not hold its charge: restore the ledger; without it nobody"
                    + " knows what the run has spent");
        }
        boolean newest = charge.isPresent() && charge.get().equals(charges.get(charges.size() - 1));
        if (!stored && (used || (charge.isPresent() && !newest))) {
            throw new PrivacyException("release " + release.releaseId()
                    + " was made, but is no longer in the store: restore the store; drawing new noise for it would spend"
                    + " more than was charged");
        }
    }
}
