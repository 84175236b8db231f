package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.generation.tabular.TabularGenerator;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;

/** The loop with a generation API whose every answer costs money. */
class EvolutionLoopTest {

    @TempDir
    Path directory;

    /** What the loop says that it will have embedded. */
    private final Set<Payload> ahead = ConcurrentHashMap.newKeySet();

    @Test
    void aRunThatIsStoppedAgainAndAgainBuysNoSampleTwice() {
        RunSpec spec = spec();
        Vendor whole = new Vendor(spec, Integer.MAX_VALUE);
        assertThat(run("whole", spec, whole).size()).isEqualTo(11);

        Set<String> bought = new HashSet<>();
        Population population = null;
        int stops = 0;
        while (population == null) {
            Vendor vendor = new Vendor(spec, 71);
            try {
                population = run("stopped", spec, vendor);
            } catch (GenerationException spent) {
                assertThat(spent).hasMessage("the budget is spent");
                stops++;
            }
            for (String id : vendor.sold) {
                assertThat(bought.add(id))
                        .as("%s is bought for the first time", id)
                        .isTrue();
            }
        }

        assertThat(stops).isGreaterThan(2);
        assertThat(bought).hasSameSizeAs(whole.sold);
        assertThat(population.size()).isEqualTo(11);
        assertThat(new Ledger(ledger("stopped")).entries()).hasSize(3);
    }

    /** With lookahead, variations stand for the candidates, which are not embedded themselves. */
    @Test
    void whatWillBeEmbeddedIsToldAsSoonAsItIsMade() {
        RunSpec candidates = spec("evolution.lookahead=0");
        Vendor first = new Vendor(candidates, Integer.MAX_VALUE);
        run("candidates", candidates, first);
        assertThat(ahead).isEqualTo(first.made(id -> !id.startsWith("g3.")));

        ahead.clear();
        RunSpec variations = spec();
        Vendor second = new Vendor(variations, Integer.MAX_VALUE);
        run("variations", variations, second);
        assertThat(ahead).isEqualTo(second.made(id -> id.startsWith("a")));
    }

    /** What cannot be made is left out; its place is not filled with something else. */
    @Test
    void aSampleThatCannotBeMadeIsLeftOut() {
        RunSpec spec = spec("output.publish=population", "evolution.lookahead=0");
        List<String> notices = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void notice(String message) {
                notices.add(message);
            }
        };
        Vendor vendor = new Vendor(spec, Integer.MAX_VALUE) {
            @Override
            void sell(GenerationRequest request, GenerationSink sink) {
                if (request.id().startsWith("g2.") && request.id().contains(".n0")) {
                    sink.reject(request, "content filter");
                } else {
                    super.sell(request, sink);
                }
            }
        };

        Population population = run("run", spec, vendor, listener);

        // The second vote selects 17 in three labels and keeps them; of two variations each, the first is rejected.
        assertThat(population.size()).isEqualTo(11 * 3);
        assertThat(new FileIterationStore(files("run"), lease("run"), "run")
                        .population(2)
                        .size())
                .isEqualTo(17 * 3 - 6);
        assertThat(notices).containsExactly("population 2: 6 of 34 samples could not be made (6 content filter)");
    }

    @Test
    void anApiThatMakesNothingEndsTheRunBeforeAnyCharge() {
        RunSpec spec = spec();
        Vendor refusing = new Vendor(spec, Integer.MAX_VALUE) {
            @Override
            void sell(GenerationRequest request, GenerationSink sink) {
                sink.reject(request, "content filter");
            }
        };

        assertThatExceptionOfType(GenerationException.class).isThrownBy(() -> run("run", spec, refusing));
        assertThat(new Ledger(ledger("run")).entries()).isEmpty();
    }

    private RunSpec spec(String... overrides) {
        List<String> all = new ArrayList<>(
                List.of("evolution={schedule: [13, 19, 17, 11], initial_variation_fold: 1, lookahead: 2,"
                        + " selection: rank, variation_fold: 2, keep_selected: true}"));
        all.addAll(List.of(overrides));
        return Customers.spec(directory.resolve("private"), directory.resolve("out"), all.toArray(String[]::new));
    }

    private Population run(String name, RunSpec spec, GenerationApi api) {
        return run(name, spec, api, new RunListener() {});
    }

    private Population run(String name, RunSpec spec, GenerationApi api, RunListener listener) {
        Clock clock = Clock.systemUTC();
        try (DriverLease lease = lease(name)) {
            RunRecord record = RunRecord.open(files(name), spec, false, runId -> PrivacyPlan.of(spec), clock);
            FileIterationStore store = new FileIterationStore(files(name), lease, record.runId());
            OpenRun open = new OpenRun(
                    spec,
                    new PlannedReleases(spec, record, clock),
                    store,
                    new PrivateReleases(new Ledger(ledger(name)), store, TestNoise.seeded(5), lease::verify),
                    electorate(spec),
                    TabularEmbedder.of(spec.tabular()),
                    ahead::add,
                    listener);
            return new EvolutionLoop(open, new JournaledGeneration(api, new RejectionRule(1, 1))).run();
        }
    }

    /** Tier 3 has no private rows. */
    private static InMemoryElectorate electorate(RunSpec spec) {
        return new InMemoryElectorate(spec, PrivateRows.of(spec, 107, 104, 0));
    }

    private RunFiles files(String name) {
        return RunFiles.at(directory.resolve(name).toString(), new Configuration());
    }

    private FileLedgerStorage ledger(String name) {
        return new FileLedgerStorage(files(name).in("ledger"));
    }

    private DriverLease lease(String name) {
        return DriverLease.acquire(files(name), Clock.systemUTC());
    }

    /** Sells so many samples and not one more. */
    private static class Vendor implements GenerationApi {
        private final GenerationApi generator;
        private final int budget;
        private final List<String> sold = new ArrayList<>();
        private final Map<String, Payload> payloads = new HashMap<>();

        Vendor(RunSpec spec, int budget) {
            this.generator =
                    new TabularGenerator(spec.tabular().schema(), spec.tabular().mutation());
            this.budget = budget;
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            for (GenerationRequest request : requests) {
                if (sold.size() == budget) {
                    throw new GenerationException("the budget is spent");
                }
                sold.add(request.id());
                sell(request, sink.accepting((sold, payload) -> {
                    payloads.put(sold.id(), payload);
                    sink.accept(sold, payload);
                }));
            }
        }

        void sell(GenerationRequest request, GenerationSink sink) {
            generator.generate(List.of(request), sink);
        }

        /** What was made for requests whose ids are as wanted. */
        Set<Payload> made(Predicate<String> wanted) {
            return payloads.entrySet().stream()
                    .filter(sample -> wanted.test(sample.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {}
    }
}
