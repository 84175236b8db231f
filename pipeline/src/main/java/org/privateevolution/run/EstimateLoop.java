package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.MarginalQuery;

/**
 * The loop of Private Evolution for tables, in which every released number counts until the end. Marginals are bought
 * first. The candidates of each vote, and the published rows, are drawn from an estimate that explains all releases so
 * far. A resumed run computes the estimate again from the same releases, and arrives at the same result.
 */
public final class EstimateLoop {

    private final OpenRun run;
    private final RunSpec spec;
    private final int beforeSecondMarginals;
    private final IterationStore store;
    private final VoteSteps votes;
    private final MarginalSteps marginals;
    private final TableEstimate estimate;

    /**
     * @param files files of the store
     * @param beforeSecondMarginals the vote after which the second marginals are counted
     */
    public EstimateLoop(OpenRun run, RunFiles files, int beforeSecondMarginals) {
        this.run = run;
        this.spec = run.spec();
        this.beforeSecondMarginals = beforeSecondMarginals;
        this.store = run.store();
        this.votes = new VoteSteps(run);
        this.marginals = new MarginalSteps(run, files, beforeSecondMarginals);
        this.estimate = MarginalSteps.estimate(spec, spec.evolution().votes(), TableEstimate.Settings.DEFAULT);
    }

    /** The query of a run's first marginals. */
    static MarginalQuery firstMarginals(RunSpec spec) {
        return MarginalSteps.estimate(spec, spec.evolution().votes(), TableEstimate.Settings.DEFAULT)
                .firstMarginals();
    }

    /**
     * The vote after which the second marginals are counted. It is the vote that the run has recorded; otherwise the
     * usual one or, if candidates were drawn for a later vote, that vote, because they come from an estimate without
     * the second marginals. For records that also have a text, it is 0: no vote comes before.
     */
    public static int votesBeforeSecondMarginals(RunSpec spec, RunFiles files, IterationStore store) {
        if (!spec.estimatesTable()) {
            return 0;
        }
        int usual = TableEstimate.votesBeforeSecondMarginals(spec.evolution().votes());
        return SecondMarginals.read(files)
                .map(SecondMarginals::afterVote)
                .orElseGet(() -> Math.max(usual, store.lastCommitted() + 1));
    }

    /** Runs or resumes. */
    public Outcome run() {
        marginals.foldFirst(estimate);
        int last = spec.evolution().votes();
        for (int vote = 1; vote <= last; vote++) {
            if (vote == beforeSecondMarginals + 1) {
                marginals.foldSecond(estimate);
            }
            fold(vote, candidates(vote));
        }
        if (beforeSecondMarginals >= last) {
            marginals.foldSecond(estimate);
        }
        estimate.finish();
        return Outcome.of(estimate.sample(last, spec.output().rows()), Optional.of(estimate.points()));
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
            metrics.addAll(MarginalSteps.records(spec, estimate, vote));
        }
        metrics.add(new MetricValue(vote, MetricValue.ALL_LABELS, QualityVerdict.SCORE, score, true));
        return metrics;
    }
}
