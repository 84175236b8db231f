package org.privateevolution.privacy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.privateevolution.privacy.LedgerStorage.Released;

/**
 * Records everything that all runs have released from one private data set, and decides whether a further release is
 * allowed. Its records form a hash chain without gaps. A ledger that is damaged or cannot be read allows no charge. (A
 * chain whose newest records were cut off is still valid: the storage must be protected against that.)
 *
 * <p>The ledger also holds the released histograms. If another copy of a release differs, the ledger's copy is the
 * release; there is at most one per charge.
 *
 * <p>The data set's budget is part of the chain. The first run that has a budget sets it. From then on it applies to
 * every run, whatever that run's configuration says, until {@link #setBudget} sets another.
 */
public final class Ledger {
    private static final int MAX_ATTEMPTS = 100;
    /** The largest share of a run's delta that the thresholds of discoveries may use. */
    private static final double LARGEST_THRESHOLDS = 0.5;

    private final LedgerStorage storage;
    /** The run's own budget; null if it has none. */
    private final PrivacyBudget runBudget;

    private final String remedy;
    /** One receipt per release in this process, so that each release is made only once. */
    private final Map<LedgerEntry, Charge> charges = new HashMap<>();

    /** What this process has seen last. */
    private final VerifiedChain chain = new VerifiedChain();

    /**
     * Opens a ledger without a run's budget; a budget that is in the ledger still applies.
     *
     * @throws PrivacyException if the stored ledger is damaged or cannot be read
     */
    public Ledger(LedgerStorage storage) {
        this(storage, null);
    }

    /** Opens a ledger with a run's budget and a general remedy in its refusals. */
    public Ledger(LedgerStorage storage, PrivacyBudget runBudget) {
        this(storage, runBudget, "use a larger noise multiplier, or fewer votes");
    }

    /**
     * Opens a ledger that refuses a release if it would exceed the ledger's own budget or {@code runBudget}. If the
     * ledger has no budget yet, the run's first charge sets {@code runBudget}.
     *
     * @param runBudget null for none
     * @param remedy what the user can do about a refusal other than enlarge the budget
     * @throws PrivacyException if the stored ledger is damaged, cannot be read, or holds releases of a unit other than
     *     the budget's
     */
    public Ledger(LedgerStorage storage, PrivacyBudget runBudget, String remedy) {
        this.storage = storage;
        this.runBudget = runBudget;
        this.remedy = remedy;
        List<LedgerRecord> records = records();
        if (runBudget != null) {
            requireOneUnit(records, List.of());
        }
    }

    /**
     * Charges a release. If the ledger already holds a charge with the same run id and release id, nothing is added: a
     * resumed run gets its earlier charge back.
     *
     * @throws PrivacyException if the release would exceed a budget, if the same id was charged with another noise
     *     multiplier, kind, unit, adjacency or client column, if the release was made already, or if the ledger is
     *     damaged or cannot be read or written
     */
    public synchronized Charge charge(Release release) {
        long attempted = 0;
        Exception failure = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            List<LedgerRecord> records = records();
            // The only successful exit: a charge counts once the storage shows it, whatever append reported.
            LedgerEntry charged = charged(release);
            if (charged != null) {
                requireNotMade(charged);
                return charges.computeIfAbsent(charged, Charge::new);
            }
            if (records.size() < attempted) {
                throw lost("release " + release.releaseId() + " could not be written to the ledger", failure)
                        .get();
            }
            requireAffordable(records, List.of(release));
            LedgerRecord record = runBudget != null && budget(records).isEmpty()
                    ? BudgetEntry.after(last(records), runBudget, release.day())
                    : LedgerEntry.after(last(records), release);
            attempted = record.sequence();
            failure = attempt(() -> storage.append(record));
        }
        throw new PrivacyException("release " + release.releaseId() + " could not be charged in " + MAX_ATTEMPTS
                + " attempts, because other runs kept writing to the ledger: try again");
    }

    /**
     * Publishes the histogram {@code drawn} for a charged release. If the ledger already holds a histogram for this
     * release, that one is returned and {@code drawn} must be discarded.
     *
     * @return the release, which may be used
     * @throws PrivacyException if the release was not charged, if version 0.1.0 made it with other noise, if parts of a
     *     histogram that does not count may be left on the storage, or if the ledger is damaged or cannot be read or
     *     written
     */
    public synchronized NoisyHistogram publish(Release release, NoisyHistogram drawn) {
        records();
        LedgerEntry charged = charged(release);
        if (charged == null) {
            throw new PrivacyException(
                    PrivacyException.Reason.LEDGER,
                    "release " + release.releaseId() + " was drawn, but was never charged");
        }
        requireFits(charged, drawn);
        Exception failure = null;
        if (released(charged).isEmpty()) {
            failure = attempt(() -> storage.release(charged, drawn));
        }
        // As with charges, only what the storage shows counts.
        Released made = released(charged)
                .orElseThrow(lost("release " + release.releaseId() + " could not be written to the ledger", failure));
        if (made.digest().equals(drawn.digest())) {
            return drawn;
        }
        if (failure != null && !(failure instanceof FileAlreadyExistsException)) {
            throw lost(
                            "release " + release.releaseId() + " was made by another driver, and what this one drew may"
                                    + " have stayed beside the ledger: remove its temporary file, and resume",
                            failure)
                    .get();
        }
        return made.histogram()
                .orElseThrow(() -> new PrivacyException(
                        PrivacyException.Reason.RELEASE,
                        "release " + release.releaseId()
                                + " was made before with other noise than the store holds: restore the store; to"
                                + " use both would"
                                + " spend more than was charged"));
    }

    /**
     * Copies a histogram from the run's store into the ledger. Version 0.1.0 wrote to the store first, so one of its
     * drivers, if interrupted, may have left a histogram that the ledger does not know. Later versions leave none.
     *
     * @throws PrivacyException as {@link #publish} does, or if the release was not charged by version 0.1.0
     */
    public synchronized NoisyHistogram adopt(Release release, NoisyHistogram stored) {
        records();
        LedgerEntry charged = charged(release);
        if (charged == null || charged.release().namesItsRun()) {
            throw new PrivacyException(
                    PrivacyException.Reason.LEDGER,
                    "release " + release.releaseId()
                            + " is in the store, but not in the ledger, where it was before: restore the ledger");
        }
        return publish(release, stored);
    }

    /**
     * Returns what was released under a charge of this run, if anything. Finishes or removes a release that an earlier
     * driver left unfinished, so only the driver that holds the run may call it.
     *
     * @throws PrivacyException as {@link #charge} does for another release of the same id, or if the ledger is damaged
     *     or cannot be read or repaired
     */
    public synchronized Optional<Released> recover(Release release) {
        records();
        LedgerEntry charged = charged(release);
        if (charged == null) {
            return Optional.empty();
        }
        try {
            Optional<Released> made = storage.recover(charged);
            made.flatMap(Released::histogram).ifPresent(histogram -> requireFits(charged, histogram));
            return made;
        } catch (PrivacyException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private void requireNotMade(LedgerEntry charged) {
        if (released(charged).isPresent()) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + charged.release().releaseId()
                            + " was made already: resume the run, which takes it from the ledger, or if 0.1.0"
                            + " made it from the"
                            + " store, and restore the store if it is no longer there; drawing new noise for it"
                            + " would spend more"
                            + " than was charged");
        }
    }

    private Optional<Released> released(LedgerEntry entry) {
        try {
            Optional<Released> made = storage.released(entry);
            made.flatMap(Released::histogram).ifPresent(histogram -> requireFits(entry, histogram));
            return made;
        } catch (PrivacyException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static void requireFits(LedgerEntry entry, NoisyHistogram histogram) {
        if (!histogram.releaseId().equals(entry.release().releaseId())
                || Double.compare(histogram.noiseMultiplier(), entry.release().noiseMultiplier()) != 0) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + histogram.releaseId() + " with noise multiplier "
                            + histogram.noiseMultiplier() + " is not what entry " + entry.sequence()
                            + " of the ledger charged, "
                            + entry.release().releaseId() + " with noise multiplier "
                            + entry.release().noiseMultiplier() + ": restore the ledger");
        }
    }

    /**
     * Checks that the budgets allow all of {@code planned}, so that a run can be refused before it reads anything.
     * Releases that have been charged already cost nothing more. Nothing is charged.
     *
     * @throws PrivacyException as {@link #charge} does for one of {@code planned}
     */
    public synchronized void checkAffordable(List<Release> planned) {
        List<LedgerRecord> records = records();
        requireAffordable(records, notYetCharged(planned));
    }

    /**
     * Returns the releases of {@code planned} that have not been charged yet.
     *
     * @throws PrivacyException if a release was charged on other terms, or is planned twice
     */
    public synchronized List<Release> fresh(List<Release> planned) {
        records();
        return notYetCharged(planned);
    }

    /** Among the records that were read last. */
    private List<Release> notYetCharged(List<Release> planned) {
        List<Release> fresh = new ArrayList<>();
        for (Release release : planned) {
            if (fresh.stream().anyMatch(release::sameIdAs)) {
                throw new PrivacyException(
                        "release " + release.releaseId() + " is planned twice: give each its own id");
            }
            if (charged(release) == null) {
                fresh.add(release);
            }
        }
        return fresh;
    }

    /**
     * Sets the data set's budget from now on; it may be larger or smaller than the previous one. A person must decide
     * this, never a run.
     *
     * @throws PrivacyException if the releases so far have another privacy unit, or the ledger is damaged or cannot be
     *     written
     */
    public synchronized void setBudget(PrivacyBudget budget, LocalDate day) {
        List<LedgerRecord> records = records();
        requireOneUnit(releases(records), "the new budget", budget);
        BudgetEntry entry = BudgetEntry.after(last(records), budget, day);
        Exception failure = attempt(() -> storage.append(entry));
        if (!records().contains(entry)) {
            throw lost("the budget could not be written to the ledger", failure).get();
        }
    }

    /** The data set's budget, if one was set. */
    public Optional<BudgetEntry> budget() {
        return budget(records());
    }

    /** All charges, verified, in the order of their sequence numbers. */
    public List<LedgerEntry> entries() {
        return entries(records());
    }

    /**
     * All records, verified, in the order of their sequence numbers. Includes everything that other runs have appended
     * since the last call.
     *
     * @throws PrivacyException if the ledger is damaged or cannot be read
     */
    public synchronized List<LedgerRecord> records() {
        List<LedgerRecord> records;
        try {
            records = List.copyOf(storage.read());
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
        chain.accept(records);
        return chain.records();
    }

    /**
     * The epsilon of all entries together at {@code delta}. Noise multipliers do not depend on the adjacency, so
     * entries of both adjacencies are composed under {@code adjacency}.
     *
     * @return rounded up; 0 without entries
     * @throws PrivacyException if entries differ in unit or client column
     */
    public double epsilon(double delta, Adjacency adjacency) {
        List<LedgerRecord> records = records();
        requireOneUnit(records, List.of());
        return BudgetReading.spent(adjacency, releases(records), delta);
    }

    private void requireAffordable(List<LedgerRecord> records, List<Release> fresh) {
        requireOneUnit(records, fresh);
        requireStatable(records, fresh);
        budget(records)
                .ifPresent(entry -> requireAffordable(
                        records,
                        fresh,
                        entry.budget(),
                        "set in the ledger on " + entry.day(),
                        "raise the budget (pe ledger PATH --set-budget)"));
        if (runBudget != null) {
            requireAffordable(records, fresh, runBudget, "set by privacy.budget", "choose a larger privacy.budget");
        }
    }

    private void requireAffordable(
            List<LedgerRecord> records, List<Release> fresh, PrivacyBudget budget, String whence, String larger) {
        List<Release> past = releases(records);
        List<Release> all = new ArrayList<>(past);
        all.addAll(fresh);
        Accountant accountant = BudgetReading.accountant(budget.adjacency(), all);
        if (fresh.isEmpty() || accountant.within(budget.epsilon(), budget.delta())) {
            return;
        }
        BudgetReading reading = BudgetReading.of(budget, past);
        throw new PrivacyException(
                PrivacyException.Reason.BUDGET,
                "the data set's budget is " + budget + ", " + whence + "; " + past.size()
                        + (past.size() == 1 ? " release has spent " : " releases have spent ")
                        + RoundedFigure.up(reading.spent()) + ", "
                        + (reading.left() > 0
                                ? "a run of up to epsilon " + RoundedFigure.down(reading.left()) + " still fits"
                                : "nothing is left")
                        + ", and " + fresh.size() + " more would make it "
                        + RoundedFigure.up(BudgetReading.spent(accountant, budget.delta())) + ": " + remedy + ", or "
                        + larger);
    }

    /** Every run states an epsilon for the whole ledger at its own delta; the thresholds must not use up that delta. */
    private static void requireStatable(List<LedgerRecord> records, List<Release> fresh) {
        List<Release> all = new ArrayList<>(releases(records));
        all.addAll(fresh);
        double thresholds = all.stream().mapToDouble(Release::thresholdDelta).sum();
        double smallest = all.stream()
                .filter(Release::namesItsRun)
                .mapToDouble(Release::delta)
                .min()
                .orElse(1);
        if (!fresh.isEmpty() && thresholds > LARGEST_THRESHOLDS * smallest) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "the thresholds of discoveries would spend " + RoundedFigure.up(thresholds)
                            + " of delta, but a run on this ledger"
                            + " states its epsilon at delta "
                            + RoundedFigure.exact(smallest)
                            + ": use a smaller delta for the discovery, or a larger"
                            + " one for the run");
        }
    }

    /** Releases with different privacy units do not compose. */
    private void requireOneUnit(List<LedgerRecord> records, List<Release> fresh) {
        List<Release> releases = new ArrayList<>(releases(records));
        releases.addAll(fresh);
        budget(records).ifPresent(entry -> requireOneUnit(releases, "the budget", entry.budget()));
        if (runBudget != null) {
            requireOneUnit(releases, "the budget", runBudget);
        }
        Release first = null;
        for (Release release : releases) {
            if (first == null) {
                first = release;
            } else if (release.unit() != first.unit() || !release.clientColumn().equals(first.clientColumn())) {
                throw new PrivacyException(
                        PrivacyException.Reason.TERMS,
                        "the releases in the ledger protect different units ("
                                + first.unit().configName() + " '" + first.clientColumn() + "' and "
                                + release.unit().configName() + " '" + release.clientColumn()
                                + "'): they cannot be added up; use one unit and client column for a data set");
            }
        }
    }

    private static void requireOneUnit(List<Release> releases, String what, PrivacyBudget budget) {
        for (Release release : releases) {
            if (release.unit() != budget.unit() || !release.clientColumn().equals(budget.clientColumn())) {
                throw new PrivacyException(
                        PrivacyException.Reason.TERMS,
                        what + " is for the unit "
                                + budget.unit().configName() + " '"
                                + budget.clientColumn() + "', but release " + release.releaseId() + " of run "
                                + release.runId() + " hides a " + release.unit().configName() + " '"
                                + release.clientColumn()
                                + "': they cannot be added up; use one unit and client column for a data set");
            }
        }
    }

    /** The charge of a release among the records that were read last; null if there is none. */
    private LedgerEntry charged(Release release) {
        LedgerEntry entry = chain.charge(release);
        if (entry != null && !entry.release().sameCostAs(release)) {
            throw new PrivacyException(
                    PrivacyException.Reason.TERMS,
                    "release " + release.releaseId() + " of run " + release.runId() + " was charged as "
                            + terms(entry.release()) + " and is now " + terms(release)
                            + ": resume with the first, or start a new run");
        }
        return entry;
    }

    private static String terms(Release release) {
        return release.kind() + " with noise multiplier " + release.noiseMultiplier() + ", "
                + release.unit().configName() + " '" + release.clientColumn() + "', "
                + release.adjacency().configName();
    }

    private static List<LedgerEntry> entries(List<LedgerRecord> records) {
        return records.stream()
                .filter(LedgerEntry.class::isInstance)
                .map(LedgerEntry.class::cast)
                .toList();
    }

    private static List<Release> releases(List<LedgerRecord> records) {
        return entries(records).stream().map(LedgerEntry::release).toList();
    }

    private static Optional<BudgetEntry> budget(List<LedgerRecord> records) {
        BudgetEntry newest = null;
        for (LedgerRecord record : records) {
            if (record instanceof BudgetEntry budget) {
                newest = budget;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static LedgerRecord last(List<LedgerRecord> records) {
        return records.isEmpty() ? null : records.get(records.size() - 1);
    }

    private interface Write {
        void run() throws IOException;
    }

    /** Returns what went wrong, or null. A collision with another run shows in the next read. */
    private static Exception attempt(Write write) {
        try {
            write.run();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private static PrivacyException unreadable(Exception e) {
        return new PrivacyException(PrivacyException.Reason.LEDGER, "the ledger cannot be read: " + reason(e), e);
    }

    private static Supplier<PrivacyException> lost(String what, Exception failure) {
        return () -> new PrivacyException(PrivacyException.Reason.LEDGER, what + ": " + reason(failure), failure);
    }

    private static String reason(Exception failure) {
        if (failure == null) {
            return "the storage lost it";
        }
        String said = failure.getMessage();
        if (said == null || said.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        // The message of this exception is the path alone.
        return failure instanceof FileAlreadyExistsException ? said + " exists already" : said;
    }
}
