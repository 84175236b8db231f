package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.FilesToRead;

/** A run's access to the ledger that its configuration names. */
public final class RunLedger {

    private static final String FORMER_DEFAULT = "ledger";

    private final RunSpec spec;
    private final FilesToRead files;
    private final FilesToRead output;

    /**
     * @param files files of the ledger; {@link org.privateevolution.store.RunFiles}, if it is to be charged
     * @param output files of the run's output
     */
    public RunLedger(RunSpec spec, FilesToRead files, FilesToRead output) {
        this.spec = spec;
        this.files = files;
        this.output = output;
    }

    public FileLedgerStorage storage() {
        return new FileLedgerStorage(files);
    }

    /**
     * Opens the ledger, with the budget of the run.
     *
     * @throws ConfigurationException if another ledger exists where 0.1.0 would have kept it
     * @throws org.privateevolution.privacy.PrivacyException if the ledger is damaged, cannot be read, or has another
     *     privacy unit
     */
    public Ledger open() {
        requireFormerDefaultNamed();
        String remedy = spec.privacy().epsilon().isEmpty()
                ? "use a larger privacy.noise_multiplier, or fewer votes"
                : "use a smaller privacy.epsilon";
        return new Ledger(storage(), budget().orElse(null), remedy);
    }

    /**
     * 0.1.0 kept the ledger in the output folder; a run that began another ledger beside it would forget its charges.
     */
    private void requireFormerDefaultNamed() {
        FilesToRead former = output.in(FORMER_DEFAULT);
        if (!former.location().equals(files.location()) && FileLedgerStorage.isAt(former)) {
            throw new ConfigurationException(
                    List.of("privacy.ledger is " + spec.privacy().ledger() + ", but there is a ledger at "
                            + former.location() + ", where 0.1.0 kept it: add the line `privacy: {ledger: "
                            + inOutput(FORMER_DEFAULT)
                            + "}`, or move its files to where privacy.ledger says"));
        }
    }

    private String inOutput(String name) {
        String location = spec.output().location();
        return location.endsWith("/") ? location + name : location + "/" + name;
    }

    /** The budget that the run's configuration declares. */
    public Optional<PrivacyBudget> budget() {
        RunSpec.Privacy privacy = spec.privacy();
        return privacy.budget()
                .map(cap -> new PrivacyBudget(
                        cap.epsilon(),
                        cap.delta(),
                        privacy.unit(),
                        privacy.adjacency(),
                        spec.privateData().clientColumn()));
    }

    /** What the user should know of the ledger before the run spends anything. */
    public List<String> notices(Ledger ledger) {
        List<String> notices = new ArrayList<>();
        Optional<PrivacyBudget> own = budget();
        ledger.budget()
                .map(BudgetEntry::budget)
                .filter(budget -> own.isPresent() && own.get().allowsMoreThan(budget))
                .ifPresent(budget ->
                        notices.add("privacy.budget has no effect: the ledger already gives the data set a budget of "
                                + budget
                                + "; to raise it: pe ledger " + spec.privacy().ledger() + " --set-budget EPSILON"));
        if ((files.location() + "/").startsWith(output.location() + "/")) {
            notices.add("privacy.ledger lies in output.path, so it counts only the runs into that folder; name"
                    + " one ledger for all runs on the data set");
        }
        return notices;
    }

    /** The noise of everything that a run was charged for. */
    public static PrivacyPlan.Charged charged(Ledger ledger, String runId) {
        List<Release> releases =
                charges(ledger, runId).stream().map(LedgerEntry::release).toList();
        return new PrivacyPlan.Charged(
                releases.stream()
                        .filter(release -> release.kind() == Release.Kind.DISCOVERY)
                        .map(release -> new PrivacyPlan.Discovery(release.noiseMultiplier(), release.thresholdDelta()))
                        .findFirst(),
                noise(releases, Release.Kind.MARGINALS),
                noise(releases, Release.Kind.VOTES));
    }

    private static List<Double> noise(List<Release> releases, Release.Kind kind) {
        return releases.stream()
                .filter(release -> release.kind() == kind)
                .map(Release::noiseMultiplier)
                .toList();
    }

    /** The run's own ledger entries, in order. */
    public static List<LedgerEntry> charges(Ledger ledger, String runId) {
        return ledger.entries().stream()
                .filter(entry -> entry.release().runId().equals(runId))
                .toList();
    }
}
