package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;

/**
 * The loop of Private Evolution for tables, in which every released number counts until the end. Marginals are bought
 * first. The candidates of each vote, and the published rows, are drawn from an estimate that explains all releases so
 * far. A resumed run computes the estimate again from the same releases, and arrives at the same result.
 */
public final class EstimateLoop {

    private final OpenRun run;
    private final RunSpec spec;
    private final RunFiles files;
    private final int beforeSecondMarginals;
    private final IterationStore store;
    private final VoteSteps votes;
    private final TableEstimate estimate;

    /**
     * @param files files of the store
     * @param beforeSecondMarginals the vote after which the second marginals are counted
     */
    public EstimateLoop(OpenRun run, RunFiles files, int beforeSecondMarginals) {
        this.run = run;
        this.spec = run.spec();
        this.files = files;
        this.beforeSecondMarginals = beforeSecondMarginals;
        this.store = run.store();
        this.votes = new VoteSteps(run);
        this.estimate = estimate(spec);
    }

    private static TableEstimate estimate(RunSpec spec) {
        return new TableEstimate(
                spec.tabular().schema(),
                spec.labels().names().size(),
                TabularEmbedder.of(spec.tabular()),
                spec.vote().metric(),
                spec.vote().neighbors(),
                spec.evolution().votes(),
                spec.privacy().unit(),
                TableEstimate.Settings.DEFAULT,
                new Seed(spec.seed()));
    }

    /** The query of a run's first marginals. */
    static MarginalQuery firstMarginals(RunSpec spec) {
        return estimate(spec).firstMarginals();
    }

    /**
     * The vote after which the second marginals are counted. It is the vote that the run has recorded; otherwise the
     * usual one or, if candidates were drawn for a later vote, that vote, because they come from an estimate without
     * the second marginals.
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
        Release release = run.planned().marginals(1);
        if (run.releases().made(release).isPresent()) {
            throw new StoreException(
                    StoreException.Reason.DAMAGED,
                    "release " + release.releaseId() + " was made, but what it counted is no longer in the"
                            + " store at " + files.location() + ": restore the store, or choose another output.path");
        }
        SecondMarginals chosen =
                new SecondMarginals(beforeSecondMarginals, estimate.secondMarginals(release.noiseMultiplier()));
        chosen.create(files);
        return chosen;
    }

    private NoisyHistogram marginals(int which, MarginalQuery query) {
        NoisyHistogram released = run.releases().release(run.planned().marginals(which), () -> {
            String stage = (which == 0 ? "first" : "second") + " marginals";
            run.listener().stageStarted(stage, 0);
            return run.electorate().cells(stage, query);
        });
        int cells = new MarginalCells(spec.tabular().schema(), run.labels(), query).size();
        if (released.candidates() != cells) {
            throw new StoreException(
                    StoreException.Reason.VERSION,
                    "release " + released.releaseId() + " counted " + released.candidates()
                            + " cells, but this version would count " + cells
                            + ": resume with the version that made it, or choose another output.path");
        }
        return released;
    }

    /** The candidates of a vote: those committed before or, if there are none, new ones. */
    private Population candidates(int vote) {
        if (store.lastCommitted() >= vote - 1) {
            return store.population(vote - 1);
        }
        Population candidates = estimate.candidates(
                vote, spec.evolution().schedule().get(vote - 1), run.planned().noiseOfVote(vote));
        store.commit(candidates);
        return candidates;
    }

    private void fold(int vote, Population candidates) {
        float[] vectors = run.embedder().embed(candidates.payloads());
        VoteSteps.Cast cast = votes.cast(candidates, vote, () -> vectors);
        double score = estimate.fold(vote, candidates, vectors, cast.histogram());
        if (store.metrics(vote).isEmpty()) {
            votes.commitUnselected(candidates, vote, cast, label -> 0, quality(vote, score));
        }
    }

    private List<MetricValue> quality(int vote, double score) {
        List<MetricValue> metrics = new ArrayList<>();
        if (vote == spec.evolution().votes()) {
            for (int label = 0; label < run.labels(); label++) {
                String name = spec.labels().names().get(label);
                metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS, estimate.records()[label], true));
                metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS_NOISE, estimate.recordsNoise(), true));
            }
        }
        metrics.add(new MetricValue(vote, MetricValue.ALL_LABELS, QualityVerdict.SCORE, score, true));
        return metrics;
    }
}
