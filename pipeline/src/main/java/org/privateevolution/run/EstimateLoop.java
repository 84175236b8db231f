package org.privateevolution.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.evolution.VoteMetrics;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.RunRecord;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;

/**
 * Private Evolution of a table in which every released number counts until the end: marginals are bought first, each vote is on
 * candidates drawn from what explains all releases so far, and so is what is published. A resumed run computes the estimate
 * again from the same releases, and arrives at the same.
 */
public final class EstimateLoop {

    private final RunSpec spec;
    private final RunRecord run;
    private final RunFiles files;
    private final int beforeSecondMarginals;
    private final IterationStore store;
    private final PrivateReleases releases;
    private final Embedder embedder;
    private final Electorate electorate;
    private final RunListener listener;
    private final Clock clock;
    private final TableEstimate estimate;
    private final int labels;

    /**
     * @param files of the store
     * @param beforeSecondMarginals the vote that the second marginals are counted after
     */
    public EstimateLoop(
            RunSpec spec,
            RunRecord run,
            RunFiles files,
            int beforeSecondMarginals,
            IterationStore store,
            PrivateReleases releases,
            Embedder embedder,
            Electorate electorate,
            RunListener listener,
            Clock clock) {
        this.spec = spec;
        this.run = run;
        this.files = files;
        this.beforeSecondMarginals = beforeSecondMarginals;
        this.store = store;
        this.releases = releases;
        this.embedder = embedder;
        this.electorate = electorate;
        this.listener = listener;
        this.clock = clock;
        this.labels = spec.labels().names().size();
        this.estimate = new TableEstimate(
                spec.tabular().schema(),
                labels,
                TabularEmbedder.of(spec.tabular()),
                spec.vote().metric(),
                spec.vote().neighbors(),
                spec.evolution().votes(),
                spec.privacy().unit(),
                TableEstimate.Settings.DEFAULT,
                new Seed(spec.seed()));
    }

    /**
     * The vote that the second marginals are counted after: the one that the run has kept, or else the usual one, or that of the
     * newest candidates, which come from an estimate without them.
     */
    public static int votesBeforeSecondMarginals(RunSpec spec, RunFiles files, IterationStore store) {
        int usual = TableEstimate.votesBeforeSecondMarginals(spec.evolution().votes());
        return SecondMarginals.read(files)
                .map(SecondMarginals::afterVote)
                .orElseGet(() -> Math.max(usual, store.lastCommitted() + 1));
    }

    /** Runs or resumes. */
    public Outcome run() {
        estimate.start(marginals(0, estimate.firstMarginals()));
        int last = spec.evolution().votes();
        for (int vote = 1; vote <= last; vote++) {
            if (vote == beforeSecondMarginals + 1) {
                foldSecondMarginals();
            }
            fold(vote, candidates(vote));
        }
        if (beforeSecondMarginals >= last) {
            foldSecondMarginals();
        }
        estimate.finish();
        return Outcome.of(estimate.sample(last, spec.output().rows()), Optional.of(estimate.points()));
    }

    private void foldSecondMarginals() {
        MarginalQuery query = SecondMarginals.read(files)
                .orElseGet(this::chosenSecondMarginals)
                .query();
        estimate.fold(beforeSecondMarginals, query, marginals(1, query));
    }

    private SecondMarginals chosenSecondMarginals() {
        Release release = EvolutionLoop.marginals(spec, run, 1, clock);
        if (releases.made(release).isPresent()) {
            throw new StoreException(
                    "release " + release.releaseId() + " was made, but what it counted is no longer in the"
                            + " store at " + files.location() + ": restore the store, or choose another output.path");
        }
        SecondMarginals chosen =
                new SecondMarginals(beforeSecondMarginals, estimate.secondMarginals(release.noiseMultiplier()));
        chosen.create(files);
        return chosen;
    }

    private NoisyHistogram marginals(int which, MarginalQuery query) {
        NoisyHistogram released = releases.release(EvolutionLoop.marginals(spec, run, which, clock), () -> {
            String stage = (which == 0 ? "first" : "second") + " marginals";
            listener.stageStarted(stage, 0);
            return electorate.cells(stage, query);
        });
        int cells = new MarginalCells(spec.tabular().schema(), labels, query).size();
        if (released.candidates() != cells) {
            throw new StoreException("release " + released.releaseId() + " counted " + released.candidates()
                    + " cells, but this version would count " + cells
                    + ": go on with the version that made it, or choose another output.path");
        }
        return released;
    }

    /** Those that stood in the vote, or, if it is still to come, new ones. */
    private Population candidates(int vote) {
        if (store.lastCommitted() >= vote - 1) {
            return store.population(vote - 1);
        }
        Population candidates = estimate.candidates(
                vote,
                spec.evolution().schedule().get(vote - 1),
                run.plan().votes().get(vote - 1));
        store.commit(candidates);
        return candidates;
    }

    private void fold(int vote, Population candidates) {
        float[] vectors = embedder.embed(candidates.payloads());
        AtomicReference<Set<String>> kernels = new AtomicReference<>(Set.of());
        NoisyHistogram histogram = releases.release(EvolutionLoop.vote(spec, run, vote, clock), () -> {
            String stage = "vote " + vote + " of " + spec.evolution().votes();
            listener.stageStarted(stage, 0);
            Electorate.Votes count = electorate.nearest(
                    stage, vectors, embedder.dimension(), candidates.labelOffsets(labels));
            kernels.set(count.effort().kernels());
            return count.histogram();
        });
        if (histogram.candidates() != candidates.size()) {
            throw new IllegalStateException("release " + histogram.releaseId() + " has " + histogram.candidates()
                    + " candidates, but the population has " + candidates.size());
        }
        double score = estimate.fold(vote, candidates, vectors, histogram);
        if (store.metrics(vote).isEmpty()) {
            commit(vote, candidates, histogram, score, kernels.get());
        }
    }

    private void commit(int vote, Population candidates, NoisyHistogram histogram, double score, Set<String> kernels) {
        int[] offsets = candidates.labelOffsets(labels);
        List<SelectionRecord> selection = new ArrayList<>();
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            double[] labelVotes = histogram.votes(offsets[label], offsets[label + 1]);
            int survivors = (int) Arrays.stream(labelVotes).filter(v -> v > 0).count();
            SelectionRecord record = new SelectionRecord(label, List.of(), survivors);
            selection.add(record);
            String name = spec.labels().names().get(label);
            metrics.addAll(VoteMetrics.of(vote, name, labelVotes, record));
            if (vote == spec.evolution().votes()) {
                metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS, estimate.records()[label], true));
                metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS_NOISE, estimate.recordsNoise(), true));
            }
        }
        metrics.add(new MetricValue(vote, MetricValue.ALL_LABELS, QualityVerdict.SCORE, score, true));
        store.commitSelection(vote, selection, metrics, kernels);
    }
}
