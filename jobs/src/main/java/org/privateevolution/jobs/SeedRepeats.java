package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.report.ComparisonReport;
import org.privateevolution.report.RunComparison;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/**
 * Repeats of a run with other seeds and other noise, to show how far its figures spread. Every repeat has its own
 * ledger, so no budget adds them up: only for records that are declared public.
 *
 * @param location of all repeats together
 */
record SeedRepeats(String location, List<RunSpec> runs) {

    /**
     * Repeats 1 to {@code count}, in {@code output.path/seed-1} and so on; the first has the configuration's seed.
     *
     * @param count at least 2
     * @throws ConfigurationException if the records are not declared public
     */
    static SeedRepeats of(RunFile file, int count) {
        RunSpec once = file.load();
        if (!once.privateData().declaredPublic()) {
            throw new ConfigurationException(
                    List.of("--seeds: private_data.public is false, so these records are private, and each of the "
                            + count
                            + " repeats would spend epsilon on them: leave --seeds out or, if the records are"
                            + " public, set"
                            + " private_data.public: true"));
        }
        if (once.output().table().isPresent()) {
            throw new ConfigurationException(
                    List.of("--seeds: output.table names one table for " + count + " runs: remove it"));
        }
        requireUncharged(once.privacy().ledger());
        String location = once.output().location();
        List<RunSpec> runs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String place = location.replaceAll("/+$", "") + "/seed-" + i;
            runs.add(file.load(List.of(
                    "seed=" + (once.seed() + i - 1),
                    "output.path=" + quoted(place),
                    "privacy.ledger=" + quoted(place + "/ledger"))));
        }
        return new SeedRepeats(location, runs);
    }

    /** Refuses records whose ledger has charges: somebody treated them as private. */
    private static void requireUncharged(String ledger) {
        RunFiles files = RunFiles.at(ledger, SessionFiles.configuration());
        if (!new Ledger(new FileLedgerStorage(files)).records().isEmpty()) {
            throw new ConfigurationException(List.of("--seeds: the ledger of these records, " + files.location()
                    + ", has charges or a budget, but repeats are not charged to it: leave --seeds out or, if the"
                    + " records are"
                    + " public, name another privacy.ledger"));
        }
    }

    /** Returns a string that YAML reads back unchanged, whatever characters it contains. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Compares the finished repeats, and writes a page about it beside them. */
    String compared() {
        RunComparison comparison = RunComparisons.of(runs.stream()
                .map(run -> FinishedRun.read(new RunFolder(run.output().location()), Optional.empty()))
                .toList());
        RunFiles files = RunFiles.at(location, SessionFiles.configuration());
        String page = comparison.showsPrivate() ? "comparison-private.html" : "comparison.html";
        List.of("comparison-private.html", "comparison.html")
                .forEach(earlier -> files.in(earlier).removeAll());
        files.write(page, ComparisonReport.of(runs.get(0).name() + ", " + runs.size() + " seeds", comparison));
        return new ComparisonTables(comparison, false).text()
                + new TextTable().row("comparison", files.location() + "/" + page);
    }
}
