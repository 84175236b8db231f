package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.LocalSearch;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.generation.tabular.TabularGenerator;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;

/** What all loops owe a run: each question is asked and charged once, and a run that is done is done. */
class LoopsTest {

    @TempDir
    Path directory;

    private enum Loop {
        SELECTING,
        ESTIMATING_A_TABLE,
        ESTIMATING_SAMPLES
    }

    @ParameterizedTest
    @EnumSource(Loop.class)
    void everyReleaseIsAskedForOnceAndNeverAgain(Loop loop) {
        RunSpec spec = spec(loop);
        InMemoryElectorate asked = electorate(spec);
        Outcome first = run(loop, spec, asked, new RunListener() {});
        List<String> releases = charges();

        InMemoryElectorate again = electorate(spec);
        Outcome second = run(loop, spec, again, new RunListener() {});

        assertThat(asked.questions()).hasSameSizeAs(releases).contains("vote 1 of 2", "vote 2 of 2");
        assertThat(releases).doesNotHaveDuplicates();
        assertThat(again.questions()).isEmpty();
        assertThat(charges()).isEqualTo(releases);
        assertThat(first.population().samples()).isNotEmpty();
        assertThat(second.population()).isEqualTo(first.population());
        assertThat(second.weights()).isEqualTo(first.weights());
    }

    @ParameterizedTest
    @EnumSource(Loop.class)
    void aRunThatDiesBeforeItsLastVoteAsksForNothingTwice(Loop loop) {
        RunSpec spec = spec(loop);
        InMemoryElectorate before = electorate(spec);
        RunListener dies = new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                if (stage.equals("vote 2 of 2")) {
                    throw new IllegalStateException("the driver dies");
                }
            }
        };
        Optional<Throwable> death = Optional.empty();
        try {
            run(loop, spec, before, dies);
        } catch (IllegalStateException e) {
            death = Optional.of(e);
        }
        InMemoryElectorate after = electorate(spec);
        Outcome outcome = run(loop, spec, after, new RunListener() {});

        assertThat(death).hasValueSatisfying(e -> assertThat(e).hasMessage("the driver dies"));
        assertThat(before.questions()).contains("vote 1 of 2").doesNotContainAnyElementsOf(after.questions());
        assertThat(after.questions()).contains("vote 2 of 2");
        assertThat(charges())
                .hasSize(before.questions().size() + after.questions().size());
        assertThat(outcome.population().samples()).isNotEmpty();
    }

    private RunSpec spec(Loop loop) {
        String override = loop == Loop.ESTIMATING_A_TABLE
                ? "evolution={schedule: [31, 23, 17], selection: estimate}"
                : "labels.fractions={noisy: {noise_multiplier: 5}}";
        RunSpec spec = Customers.spec(directory.resolve("private"), directory.resolve("out"), override);
        return loop == Loop.ESTIMATING_SAMPLES ? drawing(spec) : spec;
    }

    /** A configuration has the estimate of samples for texts and images alone; the loop does not mind rows. */
    private static RunSpec drawing(RunSpec spec) {
        RunSpec.Output output = spec.output();
        return new RunSpec(
                spec.name(),
                spec.seed(),
                spec.privateData(),
                spec.labels(),
                spec.privacy(),
                spec.evolution(),
                spec.vote(),
                spec.modality(),
                spec.evaluation(),
                new RunSpec.Output(output.location(), output.formats(), output.published(), 19, output.weights()));
    }

    private static InMemoryElectorate electorate(RunSpec spec) {
        return new InMemoryElectorate(spec, PrivateRows.of(spec, 107, 104, 0));
    }

    private List<String> charges() {
        return new Ledger(ledger())
                .entries().stream()
                        .map(LedgerEntry::release)
                        .map(Release::releaseId)
                        .toList();
    }

    private Outcome run(Loop loop, RunSpec spec, Electorate electorate, RunListener listener) {
        Clock clock = Clock.systemUTC();
        RunFiles files = RunFiles.at(directory.resolve("store").toString(), new Configuration());
        TabularEmbedder embedder = TabularEmbedder.of(spec.tabular());
        JournaledGeneration generation = new JournaledGeneration(
                new TabularGenerator(spec.tabular().schema(), spec.tabular().mutation()), new RejectionRule(1, 1));
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            RunRecord record = RunRecord.open(files, spec, false, runId -> PrivacyPlan.of(spec), clock);
            FileIterationStore store = new FileIterationStore(files, lease, record.runId());
            OpenRun open = new OpenRun(
                    spec,
                    new PlannedReleases(spec, record, clock),
                    store,
                    new PrivateReleases(new Ledger(ledger()), store, TestNoise.seeded(5), lease::verify),
                    electorate,
                    embedder,
                    made -> {},
                    listener);
            return switch (loop) {
                case SELECTING -> Outcome.of(new EvolutionLoop(open, generation).run(), Optional.empty());
                case ESTIMATING_A_TABLE ->
                    new EstimateLoop(open, files, EstimateLoop.votesBeforeSecondMarginals(spec, files, store)).run();
                case ESTIMATING_SAMPLES ->
                    new SampleEstimateLoop(
                                    open,
                                    generation,
                                    new LocalSearch(spec.vote().metric(), embedder.dimension()))
                            .run();
            };
        }
    }

    private FileLedgerStorage ledger() {
        return new FileLedgerStorage(RunFiles.at(directory.resolve("ledger").toString(), new Configuration()));
    }
}
