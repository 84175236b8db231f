package org.privateevolution.spark;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PopulationPlan;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.evolution.Selector;
import org.privateevolution.evolution.VoteMetrics;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Published;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;
import org.privateevolution.spark.store.RunRecord;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;

/**
 * The loop of Private Evolution (Lin et al. 2023, Algorithm 1), step by step through the store: a step that is on storage
 * is taken from there, so the loop may be stopped anywhere and started again.
 */
final class EvolutionLoop {

    private static final double PERCENT = 100;

    private final RunSpec spec;
    private final RunRecord run;
    private final IterationStore store;
    private final PrivateReleases releases;
    private final JournaledGeneration generation;
    private final Embedder embedder;
    private final VoteStage votes;
    private final Supplier<PrivateVectors> privateVectors;
    private final RunListener listener;
    private final Clock clock;
    private final PopulationPlanner planner;
    private final CandidateEmbedding candidateEmbedding;
    private final Seed selectionSeed;
    private final int labels;

    /** @param privateVectors called only when votes must be counted; returns the same vectors each time */
    EvolutionLoop(
            RunSpec spec,
            RunRecord run,
            IterationStore store,
            PrivateReleases releases,
            JournaledGeneration generation,
            Embedder embedder,
            VoteStage votes,
            Supplier<PrivateVectors> privateVectors,
            RunListener listener,
            Clock clock) {
        this.spec = spec;
        this.run = run;
        this.store = store;
        this.releases = releases;
        this.generation = generation;
        this.embedder = embedder;
        this.votes = votes;
        this.privateVectors = privateVectors;
        this.listener = listener;
        this.clock = clock;
        this.planner = new PopulationPlanner(new Seed(spec.seed()));
        this.candidateEmbedding = new CandidateEmbedding(spec.evolution(), planner, generation, embedder);
        this.selectionSeed = new Seed(spec.seed()).derive("selection");
        this.labels = spec.labels().names().size();
    }

    /** Runs or resumes; returns the population to publish. */
    Population run() {
        double[] shares = labelShares();
        int last = spec.evolution().votes();
        boolean publishesSelected = spec.output().published() == Published.SELECTED;
        // The population of the last vote holds more than what it selected, which is why it does not serve then.
        int committed = Math.min(store.lastCommitted(), publishesSelected ? last - 1 : last);
        Population population = committed >= 0 ? store.population(committed) : committedInitial(shares);
        for (int iteration = population.iteration() + 1; iteration <= last; iteration++) {
            boolean publish = iteration == last && publishesSelected;
            PopulationRule rule = spec.evolution().rules().get(iteration - 1);
            population = next(population, iteration, publish ? rule.keepingOnlySelected() : rule, shares);
            if (!publish) {
                store.commit(population);
            }
        }
        return population;
    }

    /** The releases that the run makes: label counts, marginals, and votes in order. */
    static List<Release> planned(RunSpec spec, RunRecord run, Clock clock) {
        List<Release> planned = new ArrayList<>();
        if (spec.labels().fractions() instanceof Fractions.Noisy) {
            planned.add(labelCounts(spec, run, clock));
        }
        for (int m = 0; m < run.plan().marginals().size(); m++) {
            planned.add(marginals(spec, run, m, clock));
        }
        for (int iteration = 1; iteration <= spec.evolution().votes(); iteration++) {
            planned.add(vote(spec, run, iteration, clock));
        }
        return planned;
    }

    private static Release labelCounts(RunSpec spec, RunRecord run, Clock clock) {
        return release(
                spec, run, "label-counts", Release.Kind.LABEL_COUNTS, run.plan().labelCounts(), clock);
    }

    /** The first marginals (0) or the second ones (1). */
    static Release marginals(RunSpec spec, RunRecord run, int which, Clock clock) {
        return release(
                spec,
                run,
                marginalsId(which),
                Release.Kind.MARGINALS,
                run.plan().marginals().get(which),
                clock);
    }

    static String marginalsId(int which) {
        return "marginals-" + (which + 1);
    }

    static Release vote(RunSpec spec, RunRecord run, int iteration, Clock clock) {
        double noiseMultiplier = run.plan().votes().get(iteration - 1);
        return release(
                spec,
                run,
                String.format(Locale.ROOT, "vote-%03d", iteration),
                Release.Kind.VOTES,
                noiseMultiplier,
                clock);
    }

    private static Release release(
            RunSpec spec, RunRecord run, String id, Release.Kind kind, double noiseMultiplier, Clock clock) {
        return new Release(
                id,
                run.runId(),
                run.fingerprint().full(),
                kind,
                noiseMultiplier,
                spec.privacy().unit(),
                spec.privacy().adjacency(),
                spec.privateData().clientColumn(),
                clock.instant(),
                spec.name(),
                spec.privacy().delta());
    }

    /** How the samples are shared out over the labels. */
    double[] labelShares() {
        Fractions fractions = spec.labels().fractions();
        if (fractions instanceof Fractions.Declared declared) {
            return declared.shares().stream().mapToDouble(Double::doubleValue).toArray();
        }
        if (fractions instanceof Fractions.Noisy) {
            NoisyHistogram counts = releases.release(labelCounts(spec, run, clock), () -> {
                listener.stageStarted("label counts", 0);
                return votes.labelHistogram(privateVectors.get());
            });
            double[] noisy = new double[labels];
            Arrays.setAll(noisy, counts::votes);
            return LabelAllocation.shares(noisy);
        }
        double[] uniform = new double[labels];
        Arrays.fill(uniform, 1);
        return uniform;
    }

    private Population committedInitial(double[] shares) {
        Population population = initial(shares);
        store.commit(population);
        return population;
    }

    /** The initial population, made but not committed. */
    Population initial(double[] shares) {
        int[] counts = LabelAllocation.allocate(spec.evolution().schedule().get(0), shares);
        Population samples = make(planner.initial(counts), 0, "initial population");
        int fold = spec.evolution().initialVariationFold();
        return fold == 0 ? samples : make(planner.initialVariations(samples, fold, labels), 0, "initial variations");
    }

    /** The population that follows vote {@code iteration}, made but not committed. */
    Population following(int iteration, PopulationRule rule, List<List<Sample>> parents, int[] counts) {
        return make(planner.next(iteration, rule, parents, counts), iteration, "population " + iteration);
    }

    /**
     * The votes on a population, released now or before.
     *
     * @param vectors that candidates stand with; asked for only if the votes are still to be counted
     * @param effort set if they are
     */
    NoisyHistogram votes(
            Population candidates, int iteration, Supplier<float[]> vectors, AtomicReference<SearchEffort> effort) {
        Release release = vote(spec, run, iteration, clock);
        NoisyHistogram histogram = releases.release(release, () -> {
            float[] standing = vectors.get();
            String stage = "vote " + iteration + " of " + spec.evolution().votes();
            listener.stageStarted(stage, 0);
            VoteCount count = votes.nearestNeighborHistogram(
                    stage, privateVectors.get(), standing, embedder.dimension(), candidates.labelOffsets(labels));
            effort.set(count.effort());
            return count.histogram();
        });
        if (histogram.candidates() != candidates.size()) {
            throw new IllegalStateException("release " + release.releaseId() + " has " + histogram.candidates()
                    + " candidates, but the population has " + candidates.size());
        }
        return histogram;
    }

    private Population next(Population candidates, int iteration, PopulationRule rule, double[] shares) {
        AtomicReference<SearchEffort> effort = new AtomicReference<>(SearchEffort.NONE);
        NoisyHistogram histogram = votes(
                candidates,
                iteration,
                () -> candidateEmbedding.vectors(candidates, iteration, store.journal(iteration), listener),
                effort);
        int[] counts = LabelAllocation.allocate(spec.evolution().schedule().get(iteration), shares);
        List<SelectionRecord> selection = select(candidates, histogram, iteration, rule, counts);
        List<MetricValue> metrics = metrics(candidates, histogram, iteration, selection);
        metrics.addAll(throughput(iteration, effort.get()));
        store.commitSelection(iteration, selection, metrics, effort.get().kernels());
        List<List<Sample>> selected = new ArrayList<>();
        for (SelectionRecord record : selection) {
            selected.add(
                    record.indices().stream().map(candidates.samples()::get).toList());
        }
        return following(iteration, rule, selected, counts);
    }

    private List<SelectionRecord> select(
            Population candidates, NoisyHistogram histogram, int iteration, PopulationRule rule, int[] counts) {
        int[] offsets = candidates.labelOffsets(labels);
        List<SelectionRecord> selection = new ArrayList<>();
        List<String> uniform = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int offset = offsets[label];
            double[] labelVotes = histogram.votes(offset, offsets[label + 1]);
            if (labelVotes.length == 0) {
                selection.add(new SelectionRecord(label, List.of(), 0));
                continue;
            }
            Selector.Outcome outcome = Selector.select(
                    rule,
                    labelVotes,
                    counts[label],
                    selectionSeed.derive(iteration).derive(label).generator());
            if (outcome.uniform()) {
                uniform.add(spec.labels().names().get(label));
            }
            List<Integer> indices = Arrays.stream(outcome.indices())
                    .mapToObj(index -> offset + index)
                    .toList();
            selection.add(new SelectionRecord(label, indices, outcome.survivors()));
        }
        if (!uniform.isEmpty()) {
            listener.notice("vote " + iteration + ": no candidate passed the threshold for "
                    + String.join(", ", uniform) + "; the selection is uniform there");
        }
        return selection;
    }

    private List<MetricValue> metrics(
            Population candidates, NoisyHistogram histogram, int iteration, List<SelectionRecord> selection) {
        int[] offsets = candidates.labelOffsets(labels);
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            double[] labelVotes = histogram.votes(offsets[label], offsets[label + 1]);
            metrics.addAll(
                    VoteMetrics.of(iteration, spec.labels().names().get(label), labelVotes, selection.get(label)));
        }
        return metrics;
    }

    /** How fast the vote was, OUTSIDE the guarantee; nothing where the configuration does not ask for such metrics. */
    List<MetricValue> throughput(int iteration, SearchEffort effort) {
        if (!effort.counted()) {
            return List.of();
        }
        listener.notice(String.format(
                Locale.ROOT,
                "vote %d: %,.0f rows/s and %.1f GFLOPS a core, %.0f %% pruned (outside the guarantee)",
                iteration,
                effort.rowsPerSecond(),
                effort.gflops(),
                PERCENT * effort.sharePruned()));
        return List.of(
                outside(iteration, "vote_rows_per_core_second", effort.rowsPerSecond()),
                outside(iteration, "vote_gflops_per_core", effort.gflops()),
                outside(iteration, "vote_share_pruned", effort.sharePruned()));
    }

    private static MetricValue outside(int iteration, String metric, double value) {
        return new MetricValue(iteration, MetricValue.ALL_LABELS, metric, value, false);
    }

    private Population make(PopulationPlan plan, int iteration, String stage) {
        List<GenerationRequest> requests = plan.requests();
        if (requests.isEmpty()) {
            return plan.complete(Map.of());
        }
        listener.stageStarted(stage, requests.size());
        JournaledGeneration.Answers answers =
                generation.answer(requests, store.journal(iteration), listener::stageProgressed);
        if (answers.rejected() > 0) {
            listener.notice(stage + ": " + answers.rejected() + " of " + requests.size()
                    + " samples could not be made (" + answers.reasonsInWords() + ")");
        }
        return plan.complete(answers.payloads());
    }
}
