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
 * A run, repeated with other seeds and other noise, to see how far its figures spread. Each repeat has a ledger of its own, so
 * that no budget adds them up: only for records that are declared public.
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
                            + " repeats would spend epsilon of its own on them: run it once, or, if the records are"
                            + " public, say so with private_data.public: true"));
        }
        if (once.output().table().isPresent()) {
            throw new ConfigurationException(List.of("--seeds: output.table names one table for " + count
                    + " runs: take it out, and write the one that you choose"));
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

    /** Whoever charged a ledger did not take the records for public. */
    private static void requireUncharged(String ledger) {
        RunFiles files = RunFiles.at(ledger, SessionFiles.configuration());
        if (!new Ledger(new FileLedgerStorage(files)).records().isEmpty()) {
            throw new ConfigurationException(List.of("--seeds: the ledger of these records, " + files.location()
                    + ", holds charges or a budget, and repeats would not be charged there: run it once, or, if the records are"
                    + " public, name another privacy.ledger"));
        }
    }

    /** As YAML reads it back, whatever is in it. */
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
        return new ComparisonTables(comparison).text()
                + new TextTable().row("comparison", files.location() + "/" + page);
    }
}
