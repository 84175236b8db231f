package org.privateevolution.run;

import java.util.List;
import java.util.Optional;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerStorage.Released;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.IterationStore;

/**
 * Checks the store of a run against its ledger before the run resumes. The store may lack copies of releases that the
 * ledger has, and an interrupted driver may have charged one release without making it. Any other difference means that
 * either the store or the ledger has lost something; then neither the run's epsilon nor the freshness of its noise is
 * known.
 */
public final class ResumeCheck {

    private final IterationStore store;
    private final Ledger ledger;
    private final List<LedgerEntry> charges;
    private final int committed;

    /** @param charges the run's own ledger entries, in order */
    public ResumeCheck(IterationStore store, Ledger ledger, List<LedgerEntry> charges) {
        this.store = store;
        this.ledger = ledger;
        this.charges = List.copyOf(charges);
        this.committed = store.lastCommitted();
    }

    /**
     * Checks every release of the run.
     *
     * @param planned the noisy count of labels, if any, then marginals, then votes, each in order
     * @param beforeSecondMarginals the vote that the second marginals follow, if any
     * @throws PrivacyException if the store holds a release that was not charged, if ledger and store have lost a
     *     release that may have been used, or if the store has lost the candidates of a released vote
     */
    public void verify(List<Release> planned, int beforeSecondMarginals) {
        int vote = 0;
        for (Release release : planned) {
            boolean used = false;
            if (release.kind() == Release.Kind.VOTES) {
                vote++;
                used = !store.metrics(vote).isEmpty();
            }
            boolean second = release.releaseId().equals(PlannedReleases.marginalsId(1));
            verify(release, vote, used || committed >= (second ? beforeSecondMarginals : vote));
        }
    }

    private void verify(Release release, int vote, boolean used) {
        Optional<LedgerEntry> charge = charges.stream()
                .filter(entry -> entry.release().releaseId().equals(release.releaseId()))
                .findFirst();
        boolean stored = store.release(release.releaseId()).isPresent();
        if (stored && charge.isEmpty()) {
            throw new PrivacyException(
                    PrivacyException.Reason.LEDGER,
                    "release " + release.releaseId()
                            + " is in the store, but the ledger does not hold its charge: restore the ledger;"
                            + " without it nobody"
                            + " knows what the run has spent. If the ledger is elsewhere, name it by privacy.ledger");
        }
        Optional<Released> made = ledger.recover(release);
        boolean kept = stored || made.flatMap(Released::histogram).isPresent();
        boolean newest = charge.isPresent() && charge.get().equals(charges.get(charges.size() - 1));
        if (!kept && (made.isPresent() || used || (charge.isPresent() && !newest))) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + release.releaseId()
                            + " was made, but is no longer in the store: restore the store; drawing new noise for"
                            + " it would spend"
                            + " more than was charged");
        }
        if (kept && release.kind() == Release.Kind.VOTES && vote > committed + 1) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + release.releaseId()
                            + " was made, but the population that was voted on is no longer in the store: restore"
                            + " the store; the"
                            + " votes are of no other population");
        }
    }
}
