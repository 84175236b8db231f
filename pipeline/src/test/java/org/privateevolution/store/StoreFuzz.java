package org.privateevolution.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.fuzz.Choice;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.StoreException;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.MarginalQuery.Marginal;
import org.privateevolution.table.NumberCells;

/**
 * One file of a run's store is replaced by other bytes, the first of which selects the file: each file is read, or
 * refused as damaged.
 */
public final class StoreFuzz implements FuzzTarget {

    private static final RunSpec SPEC = RunConfiguration.parse(
            """
            name: fuzz
            private_data: {format: parquet, path: in}
            privacy: {noise_multiplier: 2, delta: 1e-5, ledger: ledger}
            evolution: {samples: 7, votes: 2, selection: sample}
            tabular: {columns: [{name: color, type: string, categories: [red, green]}]}
            output: {path: out}
            """,
            "fuzz.yaml",
            List.of());

    private final Path folder;
    private final RunFiles files;
    private final FileIterationStore store;
    private final List<Path> paths = new ArrayList<>();
    private final List<byte[]> sound = new ArrayList<>();

    public StoreFuzz() throws IOException {
        folder = Files.createTempDirectory("fuzz-store");
        files = RunFiles.at(folder.toString(), new Configuration());
        store = new FileIterationStore(files, DriverLease.acquire(files, Clock.systemUTC()), "run");
        RunRecord.open(files, SPEC, false, id -> PrivacyPlan.of(SPEC), Clock.systemUTC());
        new SourceRecord("delta", "7").write(files);
        new SecondMarginals(
                        1,
                        new MarginalQuery(
                                List.of(new NumberCells(List.of(0.0, 0.5), List.of(0.25))),
                                List.of(new Marginal(0, 1))))
                .create(files);
        new UsageRecord(3, 4, 5, 0.25).write(files.in("usage"), "usage.json");
        store.journal(0)
                .append(List.of(
                        new GenerationJournal.Entry("g0.l0.n0", new Text("a text"), ""),
                        new GenerationJournal.Entry("g0.l0.n1", null, "too short")));
        store.commit(new Population(0, List.of(new Sample("g0.l0.n0", 0, new TableRow(new double[] {1}), ""))));
        store.commitRelease(NoisyHistogram.restored("vote-001", 13.6, new long[] {-5, 0, 7}));
        store.commitSelection(
                1,
                List.of(new SelectionRecord(0, List.of(0), 1)),
                List.of(new MetricValue(1, "all", "candidates", 1, true)),
                Set.of());
        try (var walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("lease"))
                    .sorted()
                    .forEach(paths::add);
        }
        for (Path path : paths) {
            sound.add(Files.readAllBytes(path));
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            seeds.add(new Choice(i, sound.get(i)).input());
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) throws IOException {
        Choice chosen = Choice.of(input);
        if (chosen == null) {
            return;
        }
        int file = chosen.number() % paths.size();
        Files.write(paths.get(file), chosen.content());
        String text = new String(chosen.content(), StandardCharsets.UTF_8);
        try {
            List<Runnable> readings = List.of(
                    () -> RunRecord.recorded(files),
                    () -> RunRecord.keepsItsPlan(files, SPEC),
                    () -> SourceRecord.read(files),
                    () -> SecondMarginals.read(files),
                    () -> UsageRecord.sum(files.in("usage")),
                    () -> store.lastCommitted(),
                    () -> store.population(0),
                    () -> store.metrics(1),
                    () -> store.release("vote-001"),
                    () -> store.journal(0).entries(),
                    // Behind a checksum that no fuzzer guesses.
                    () -> StoreJson.sample(StoreJson.parse(text, "population.jsonl")));
            readings.forEach(reading -> refusesByName(reading, text));
        } finally {
            Files.write(paths.get(file), sound.get(file));
        }
    }

    private static void refusesByName(Runnable reading, String text) {
        try {
            reading.run();
        } catch (StoreException e) {
            Refusals.requireReadable(e.getMessage(), text);
        }
    }
}
