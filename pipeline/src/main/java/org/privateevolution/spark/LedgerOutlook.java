package org.privateevolution.spark;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.BudgetReading;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.run.PlannedReleases;
import org.privateevolution.run.RunLedger;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FilesToRead;
import org.privateevolution.store.RunRecord;

/**
 * Tells what a run would do to its data set's ledger before the run is started. Charges and changes nothing. If the
 * output folder holds a run already, the outlook is that of continuing it, and what it was charged costs nothing more.
 *
 * @param location location of the ledger
 * @param budget the budget in force: the ledger's, or the run's own if the ledger has none; empty for none
 * @param charged number of releases in the ledger, of all runs
 * @param fresh number of releases that the run would add
 * @param before the data set's account now, at the budget's delta or, without a budget, at the run's delta
 * @param after the same account after the run
 * @param notices what the user should know, one line each
 * @param refusal why the run would be refused; empty if it would not be
 */
public record LedgerOutlook(
        String location,
        Optional<PrivacyBudget> budget,
        int charged,
        int fresh,
        Account before,
        Account after,
        List<String> notices,
        Optional<PrivacyException> refusal) {

    /**
     * An account at a point in time.
     *
     * @param spent epsilon of all releases together
     * @param left largest epsilon of one more run that fits into the budget; NaN without a budget
     */
    public record Account(double spent, double left) {}

    /**
     * The outlook of a run that would be started here, on the file systems of the current session.
     *
     * @throws StoreException if the ledger or the output cannot be reached from here
     * @throws org.privateevolution.config.ConfigurationException if the configuration has to name the ledger of 0.1.0
     * @throws PrivacyException if the ledger is damaged, or has another privacy unit
     */
    public static LedgerOutlook of(RunSpec spec) {
        FilesToRead files = FilesBeforeRun.at(spec.privacy().ledger());
        FilesToRead output = FilesBeforeRun.at(spec.output().location());
        RunLedger runLedger = new RunLedger(spec, files, output);
        // Fails if the ledger cannot be reached.
        files.list();
        Ledger ledger = runLedger.open();
        List<Release> past = ledger.entries().stream().map(LedgerEntry::release).toList();
        List<Release> planned = planned(spec, ledger, output.in(PrivateEvolution.STORE));
        List<Release> fresh = ledger.fresh(planned);
        Optional<PrivacyBudget> budget =
                ledger.budget().map(BudgetEntry::budget).or(runLedger::budget);
        List<Release> all = new ArrayList<>(past);
        all.addAll(fresh);
        return new LedgerOutlook(
                runLedger.storage().location(),
                budget,
                past.size(),
                fresh.size(),
                account(spec, budget, past),
                account(spec, budget, all),
                runLedger.notices(ledger),
                refusal(ledger, planned));
    }

    private static List<Release> planned(RunSpec spec, Ledger ledger, FilesToRead store) {
        Clock clock = Clock.systemUTC();
        Optional<RunRecord> recorded = FileIterationStore.isEmpty(store) ? Optional.empty() : RunRecord.recorded(store);
        RunRecord run = recorded.orElseGet(() -> RunRecord.start(spec, clock));
        PrivacyPlan plan = recorded.isEmpty() || RunRecord.keepsItsPlan(store, spec)
                ? run.plan()
                : PrivacyPlan.extending(spec, RunLedger.charged(ledger, run.runId()));
        return new PlannedReleases(spec, new RunRecord(run.runId(), run.created(), run.fingerprint(), plan), clock)
                .all();
    }

    private static Account account(RunSpec spec, Optional<PrivacyBudget> budget, List<Release> releases) {
        if (budget.isEmpty()) {
            return new Account(
                    BudgetReading.spent(
                            spec.privacy().adjacency(), releases, spec.privacy().delta()),
                    Double.NaN);
        }
        BudgetReading reading = BudgetReading.of(budget.get(), releases);
        return new Account(reading.spent(), reading.left());
    }

    private static Optional<PrivacyException> refusal(Ledger ledger, List<Release> planned) {
        try {
            ledger.checkAffordable(planned);
            return Optional.empty();
        } catch (PrivacyException e) {
            return Optional.of(e);
        }
    }
}
