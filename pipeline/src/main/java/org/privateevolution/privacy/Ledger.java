package org.privateevolution.privacy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What has been released from one private data set, by all runs, and the gate to every further release. Entries form a hash
 * chain without gaps; a ledger that is damaged, or cannot be read, charges nothing. (Cutting off the newest entries leaves a
 * shorter valid chain: the storage must be protected against that.)
 */
public final class Ledger {
    private static final int MAX_ATTEMPTS = 100;

    private final LedgerStorage storage;
    /** Null for no limit. */
    private final PrivacyBudget budget;
    /** One receipt a release in this process, so that it serves once. */
    private final Map<LedgerEntry, Charge> charges = new HashMap<>();

    private int mostEntriesSeen;

    /**
     * A ledger without a limit.
     *
     * @throws PrivacyException if the stored ledger is damaged or cannot be read
     */
    public Ledger(LedgerStorage storage) {
        this(storage, null);
    }

    /**
     * A ledger that refuses what would pass {@code budget}; null for no limit.
     *
     * @throws PrivacyException if the stored ledger is damaged, cannot be read, or holds releases of a unit other than the
     *     budget's
     */
    public Ledger(LedgerStorage storage, PrivacyBudget budget) {
        this.storage = storage;
        this.budget = budget;
        List<LedgerEntry> entries = entries();
        if (budget != null) {
            requireOneUnit(releases(entries));
        }
    }

    /**
     * Charges a release. One that this run has been charged for already, by the run's and the release's id, costs nothing
     * more: a resumed run gets its charge again.
     *
     * @throws PrivacyException if it would pass the budget, if the same id was charged with another noise multiplier, kind,
     *     unit, adjacency or client column, or if the ledger is damaged or cannot be read or written
     */
    public synchronized Charge charge(Release release) {
        long attempted = 0;
        Exception failure = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            List<LedgerEntry> entries = entries();
            // The only way out: a charge counts when it is seen in the storage, whatever append said.
            LedgerEntry charged = charged(entries, release);
            if (charged != null) {
                requireUnconfirmed(charged);
                return charges.computeIfAbsent(charged, Charge::new);
            }
            if (entries.size() < attempted) {
                throw lost("release " + release.releaseId() + " could not be written to the ledger", failure)
                        .get();
            }
            requireAffordable(entries, List.of(release));
            LedgerEntry entry = LedgerEntry.after(last(entries), release);
            attempted = entry.sequence();
            failure = attempt(() -> storage.append(entry));
        }
        throw new PrivacyException("release " + release.releaseId() + " could not be charged in " + MAX_ATTEMPTS
                + " attempts, as other runs kept writing to the ledger: try again");
    }

    /**
     * Notes that a charged release is on storage, from where it may be used: no noise is drawn for it ever again. Does
     * nothing if that was noted before.
     *
     * @throws PrivacyException if the release was not charged, if it was made before with other noise, or if the ledger is
     *     damaged or cannot be read or written
     */
    public synchronized void confirm(Release release, NoisyHistogram histogram) {
        LedgerEntry charged = charged(entries(), release);
        if (charged == null) {
            throw new PrivacyException("release " + release.releaseId() + " is on storage, but was never charged");
        }
        Exception failure = null;
        if (confirmation(charged).isEmpty()) {
            failure = attempt(() -> storage.confirm(charged, histogram.digest()));
        }
        // As with charges, what counts is what is seen in the storage.
        String confirmed = confirmation(charged)
                .orElseThrow(lost("release " + release.releaseId() + " could not be confirmed in the ledger", failure));
        if (!confirmed.equals(histogram.digest())) {
            throw new PrivacyException("release " + release.releaseId() + " was made before with other noise than the"
                    + " store holds: restore the store; to use both would spend more than was charged");
        }
    }

    private void requireUnconfirmed(LedgerEntry charged) {
        if (confirmation(charged).isPresent()) {
            throw new PrivacyException("release " + charged.release().releaseId()
                    + " was made, but is no longer in the store: restore the store; drawing new noise for it would spend"
                    + " more than was charged");
        }
    }

    private Optional<String> confirmation(LedgerEntry entry) {
        try {
            return storage.confirmation(entry);
        } catch (IOException | RuntimeException e) {
            throw new PrivacyException("the ledger cannot be read: " + reason(e), e);
        }
    }

    /**
     * Checks that the budget allows all of {@code planned}, so that a run can be refused before it reads anything. Those that
     * have been charged already cost nothing more. Charges nothing.
     *
     * @throws PrivacyException as {@link #charge} would for one of them
     */
    public void checkAffordable(List<Release> planned) {
        List<LedgerEntry> entries = entries();
        List<Release> fresh = new ArrayList<>();
        for (Release release : planned) {
            if (fresh.stream().anyMatch(release::sameIdAs)) {
                throw new PrivacyException(
                        "release " + release.releaseId() + " is planned twice: give each its own id");
            }
            if (charged(entries, release) == null) {
                fresh.add(release);
            }
        }
        requireAffordable(entries, fresh);
    }

    /**
     * All entries, read anew and verified, in order.
     *
     * @throws PrivacyException if the ledger is damaged or cannot be read
     */
    public synchronized List<LedgerEntry> entries() {
        List<LedgerEntry> entries;
        try {
            entries = List.copyOf(storage.read());
        } catch (IOException | RuntimeException e) {
            throw new PrivacyException("the ledger cannot be read: " + reason(e), e);
        }
        LedgerEntry previous = null;
        Map<String, Long> sequences = new HashMap<>();
        for (LedgerEntry entry : entries) {
            long sequence = previous == null ? 1 : previous.sequence() + 1;
            if (!entry.follows(previous)) {
                throw new PrivacyException("the ledger is damaged: entry " + sequence
                        + " is missing or was changed; restore the ledger, nothing can be released without it");
            }
            // Ids hold no control characters, so the line break keeps different pairs apart.
            Long earlier = sequences.put(
                    entry.release().runId() + "\n" + entry.release().releaseId(), sequence);
            if (earlier != null) {
                throw new PrivacyException(
                        "the ledger is damaged: entries " + earlier + " and " + sequence + " charge the same release");
            }
            previous = entry;
        }
        if (entries.size() < mostEntriesSeen) {
            throw new PrivacyException("the ledger is damaged: it had " + mostEntriesSeen + " entries and has "
                    + entries.size() + "; restore the ledger, nothing can be released without it");
        }
        mostEntriesSeen = entries.size();
        return entries;
    }

    /**
     * The epsilon that all entries cost together at {@code delta}. Noise multipliers do not depend on the adjacency, so any
     * mixture is composed under the one that is asked for.
     *
     * @return rounded up; 0 without entries
     * @throws PrivacyException if entries differ in unit or client column
     */
    public double epsilon(double delta, Adjacency adjacency) {
        List<Release> releases = releases(entries());
        requireOneUnit(releases);
        return accountant(adjacency, releases).epsilon(delta);
    }

    private void requireAffordable(List<LedgerEntry> entries, List<Release> fresh) {
        List<Release> past = releases(entries);
        List<Release> all = new ArrayList<>(past);
        all.addAll(fresh);
        requireOneUnit(all);
        if (budget == null) {
            return;
        }
        Accountant accountant = accountant(budget.adjacency(), all);
        if (!fresh.isEmpty() && !accountant.within(budget.epsilon(), budget.delta())) {
            double spent = accountant(budget.adjacency(), past).epsilon(budget.delta());
            throw new PrivacyException("the data set's budget is epsilon " + budget.epsilon() + " at delta "
                    + budget.delta() + " (" + budget.unit().configName() + ", "
                    + budget.adjacency().configName() + "); " + past.size() + " releases have spent " + spent + ", and "
                    + fresh.size() + " more would make it " + accountant.epsilon(budget.delta())
                    + ": use a larger noise multiplier, fewer votes, or a larger budget");
        }
    }

    /** Releases that hide different units do not compose. */
    private void requireOneUnit(List<Release> releases) {
        Release first = null;
        for (Release release : releases) {
            if (budget != null && release.unit() != budget.unit()) {
                throw new PrivacyException(
                        "the budget is for the " + budget.unit().configName() + " unit, but release "
                                + release.releaseId() + " of run " + release.runId() + " hides a "
                                + release.unit().configName() + ": they cannot be added up; use the budget's unit");
            }
            if (first == null) {
                first = release;
            } else if (release.unit() != first.unit() || !release.clientColumn().equals(first.clientColumn())) {
                throw new PrivacyException("the ledger's releases hide different units ("
                        + first.unit().configName() + " '" + first.clientColumn() + "' and "
                        + release.unit().configName() + " '" + release.clientColumn()
                        + "'): they cannot be added up; use one unit and client column for a data set");
            }
        }
    }

    private static Accountant accountant(Adjacency adjacency, List<Release> releases) {
        Accountant accountant = Accountant.of(adjacency);
        for (Release release : releases) {
            accountant = accountant.plus(release.noiseMultiplier(), 1);
        }
        return accountant;
    }

    private static LedgerEntry charged(List<LedgerEntry> entries, Release release) {
        for (LedgerEntry entry : entries) {
            if (entry.release().sameIdAs(release)) {
                if (!entry.release().sameCostAs(release)) {
                    throw new PrivacyException("release " + release.releaseId() + " of run " + release.runId()
                            + " was charged as " + terms(entry.release()) + " and is now " + terms(release)
                            + ": resume with the first, or start a new run");
                }
                return entry;
            }
        }
        return null;
    }

    private static String terms(Release release) {
        return release.kind() + " with noise multiplier " + release.noiseMultiplier() + ", "
                + release.unit().configName() + " '" + release.clientColumn() + "', "
                + release.adjacency().configName();
    }

    private static List<Release> releases(List<LedgerEntry> entries) {
        List<Release> releases = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            releases.add(entry.release());
        }
        return releases;
    }

    private static LedgerEntry last(List<LedgerEntry> entries) {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    private interface Write {
        void run() throws IOException;
    }

    /** What went wrong, or null. A collision with another run shows in the next read. */
    private static Exception attempt(Write write) {
        try {
            write.run();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private static Supplier<PrivacyException> lost(String what, Exception failure) {
        return () -> new PrivacyException(what + ": " + reason(failure), failure);
    }

    private static String reason(Exception failure) {
        return failure == null ? "the storage lost it" : failure.toString();
    }
}
