package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.Release;
import org.privateevolution.spark.store.FileLedgerStorage;
import org.privateevolution.spark.store.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe ledger}: what has been released from a private data set. */
@Command(
        name = "ledger",
        description = "Verify a ledger, and print its entries and the epsilon that they cost together.",
        footer = {
            "",
            "Examples:",
            "  pe ledger out/quickstart/ledger",
            "  pe ledger s3a://bucket/ledgers/customers --delta 1e-6 --json"
        })
final class LedgerCommand implements Runnable {

    private static final int RUN_ID_CHARACTERS = 8;

    @Parameters(paramLabel = "PATH", description = "The ledger: privacy.ledger of the configuration, a path or URI.")
    private String path;

    @Option(
            names = "--delta",
            paramLabel = "D",
            defaultValue = "1e-5",
            description = "Delta at which epsilon is stated [${DEFAULT-VALUE}].")
    private double delta;

    @Option(
            names = "--adjacency",
            paramLabel = "A",
            converter = Words.OfAdjacency.class,
            description = "add-remove or replace-one; by default that of the entries.")
    private Adjacency adjacency;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!(delta > 0 && delta < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--delta: " + delta + " is not allowed: must be greater than 0 and less than 1");
        }
        FileLedgerStorage storage =
                new FileLedgerStorage(RunFiles.at(path, SparkHadoopUtil.get().newConfiguration(new SparkConf())));
        Ledger ledger = new Ledger(storage);
        List<LedgerEntry> entries = ledger.entries();
        if (entries.isEmpty()) {
            throw new ConfigurationException(
                    List.of("no ledger entries at " + storage.location() + ": give the path of privacy.ledger"));
        }
        Adjacency stated = adjacency == null ? commonAdjacency(entries) : adjacency;
        double epsilon = ledger.epsilon(delta, stated);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(values(storage.location(), entries, stated, epsilon)));
        } else {
            print(out, storage.location(), entries, stated, epsilon);
        }
        out.flush();
    }

    private Adjacency commonAdjacency(List<LedgerEntry> entries) {
        List<Adjacency> used = entries.stream()
                .map(entry -> entry.release().adjacency())
                .distinct()
                .toList();
        if (used.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the ledger has entries of both adjacencies: say --adjacency add-remove or --adjacency replace-one");
        }
        return used.get(0);
    }

    private Map<String, Object> values(String location, List<LedgerEntry> entries, Adjacency stated, double epsilon) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ledger", location);
        values.put("epsilon", epsilon);
        values.put("delta", delta);
        values.put("adjacency", stated.configName());
        values.put("unit", entries.get(0).release().unit().configName());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            Release release = entry.release();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("sequence", entry.sequence());
            row.put("time", release.time().toString());
            row.put("run", release.runId());
            row.put("release", release.releaseId());
            row.put("kind", kind(release));
            row.put("noise_multiplier", release.noiseMultiplier());
            row.put("unit", release.unit().configName());
            row.put("adjacency", release.adjacency().configName());
            row.put("client_column", release.clientColumn());
            row.put("run_fingerprint", release.runFingerprint());
            row.put("hash", entry.hash());
            rows.add(row);
        }
        values.put("entries", rows);
        return values;
    }

    private void print(PrintWriter out, String location, List<LedgerEntry> entries, Adjacency stated, double epsilon) {
        out.println("Ledger " + location);
        out.println();
        TextTable table =
                new TextTable().row("entry", "time", "run", "release", "noise multiplier", "unit", "adjacency");
        for (LedgerEntry entry : entries) {
            Release release = entry.release();
            table.row(
                    Long.toString(entry.sequence()),
                    release.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    shortened(release.runId()),
                    release.releaseId(),
                    Figures.number(release.noiseMultiplier()),
                    release.unit().configName(),
                    release.adjacency().configName());
        }
        out.print(table);
        out.println();
        out.println(entries.size() + (entries.size() == 1 ? " release costs" : " releases cost") + " epsilon "
                + Figures.upperBound(epsilon) + " at delta " + Figures.number(delta) + " (" + stated.configName()
                + ")");
    }

    /** Enough of a UUID to tell runs apart; the JSON has all of it. */
    private static String shortened(String runId) {
        return runId.length() <= RUN_ID_CHARACTERS ? runId : runId.substring(0, RUN_ID_CHARACTERS);
    }

    private static String kind(Release release) {
        return release.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
