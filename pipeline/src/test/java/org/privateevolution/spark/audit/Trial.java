package org.privateevolution.spark.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.privateevolution.audit.AuditedRun;
import org.privateevolution.audit.Claim;
import org.privateevolution.audit.Guesses;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.DiscreteGaussian;
import org.privateevolution.privacy.InMemoryLedger;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.SeededNoise;
import org.privateevolution.run.EstimateLoop;
import org.privateevolution.run.OpenRun;
import org.privateevolution.run.PlannedReleases;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.run.ProbeLoop;
import org.privateevolution.run.ProbeLoop.Probed;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;

/**
 * One audit without Spark: the product's canaries, loop, ledger, noise sampler and estimators, on an electorate in
 * memory that may have a fault. All of it follows from a seed.
 */
final class Trial {

    private static final String YAML =
            """
            name: trial
            seed: 3
            private_data: {format: parquet, path: /nowhere/private}
            labels: {column: tier, type: integer, values: [1, 2, 3, 4]}
            privacy: {epsilon: 1, delta: 1e-5, ledger: /nowhere/ledger}
            evolution: {schedule: [40, 20, 20, 20, 20], selection: sample}
            tabular:
              columns:
                - {name: color, type: string, categories: [red, green, blue, black, white]}
                - {name: size, type: integer, min: 0, max: 1000000}
                - {name: weight, type: double, min: 0, max: 1}
                - {name: born, type: date, min: 1920-01-01, max: 2009-12-31}
            output: {path: /nowhere/out}
            """;

    private final RunSpec spec;
    private final Path folder;

    /** @param folder for what only files hold; none of it is read again */
    Trial(Path folder, String... overrides) {
        this.folder = folder;
        this.spec = RunConfiguration.parse(YAML, "trial.yaml", List.of(overrides));
    }

    static String[] client(String... overrides) {
        String[] all = new String[overrides.length + 2];
        System.arraycopy(overrides, 0, all, 0, overrides.length);
        all[overrides.length] = "privacy.unit=client";
        all[overrides.length + 1] = "private_data.client_column=id";
        return all;
    }

    /** Overrides with which a client has rows in a child table. */
    static String[] children(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "evolution.selection=estimate",
                "tabular.children=[{name: orders, path: /nowhere/orders, rows: 5, columns: ["
                        + "{name: day, type: integer, min: 1, max: 100},"
                        + "{name: shop, type: string, categories: [Bern, Oslo, Rome]},"
                        + "{name: paid, type: double, min: 0, max: 1, nullable: true}]}]"));
        for (String override : client(overrides)) {
            // Clients are drawn from an estimate.
            if (!override.equals("evolution.selection=sample")) {
                all.add(override);
            }
        }
        return all.toArray(String[]::new);
    }

    private Inventor inventor() {
        return spec.modality().clients().isPresent() ? new ClientInventor(spec) : new TableInventor(spec);
    }

    private Embedder embedder() {
        return spec.modality().clients().isPresent()
                ? ClientEmbedder.of(spec.tabular())
                : TabularEmbedder.of(spec.tabular());
    }

    RunSpec spec() {
        return spec;
    }

    WhiteBox audit(int canaries, long seed, Fault fault) {
        SplittableRandom random = new SplittableRandom(seed);
        Inventor inventor = inventor();
        Canaries invented = Canaries.invented(spec, inventor, canaries, random);
        FaultyElectorate electorate = new FaultyElectorate(spec, inventor, invented.records(), fault);
        RunRecord record = RunRecord.start(spec, Clock.systemUTC());
        if (fault == Fault.HALF_THE_NOISE || fault == Fault.TOO_MUCH_NOISE) {
            PrivacyPlan other = times(fault == Fault.HALF_THE_NOISE ? 0.5 : 3, record.plan());
            record = new RunRecord(record.runId(), record.created(), record.fingerprint(), other);
        }
        IterationStore store = new MemoryStore();
        InMemoryLedger ledger = new InMemoryLedger();
        List<Probed> first = probed(record, store, ledger, electorate, invented, 2 * seed);
        List<Probed> second = fault == Fault.NOISE_DRAWN_ANEW
                ? probed(record, new MemoryStore(), new InMemoryLedger(), electorate, invented, 2 * seed + 1)
                : probed(record, store, ledger, electorate, invented, 2 * seed + 1);
        if (fault == Fault.NO_NOISE) {
            first = clean(first, 2 * seed);
            second = first;
        }
        Claim claim = Audit.claim(spec);
        AuditedRun seen = Audit.seen(spec, invented, first, second);
        int guesses = Guesses.best(canaries, claim.votesMu(), claim.delta(), 0.95);
        return WhiteBox.of(claim, 0.95, List.of(seen), guesses, Audit.same(first, second));
    }

    private static PrivacyPlan times(double factor, PrivacyPlan plan) {
        return new PrivacyPlan(
                factor * plan.labelCounts(),
                plan.marginals().stream().map(noise -> factor * noise).toList(),
                plan.votes().stream().map(noise -> factor * noise).toList());
    }

    private static List<Probed> clean(List<Probed> releases, long noise) {
        DiscreteGaussian same = SeededNoise.of(noise);
        return releases.stream()
                .map(release ->
                        new Probed(SeededNoise.takenOff(release.histogram(), same), release.kind(), release.cells()))
                .toList();
    }

    private List<Probed> probed(
            RunRecord record,
            IterationStore store,
            InMemoryLedger ledger,
            FaultyElectorate electorate,
            Canaries invented,
            long noise) {
        OpenRun run = new OpenRun(
                spec,
                new PlannedReleases(spec, record, Clock.systemUTC()),
                store,
                new PrivateReleases(new Ledger(ledger), store, SeededNoise.of(noise), () -> {}),
                electorate,
                embedder(),
                made -> {},
                new RunListener() {});
        RunFiles files = RunFiles.at(folder.resolve(record.runId()).toString(), new Configuration());
        int before = EstimateLoop.votesBeforeSecondMarginals(spec, files, store);
        return new ProbeLoop(run, files, before, invented.probes()).run();
    }
}
