package org.privateevolution.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.privateevolution.evolution.VoteMetrics;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;

/** The votes of a run: released once, and committed with their metrics. */
final class VoteSteps {

    private final OpenRun run;

    VoteSteps(OpenRun run) {
        this.run = run;
    }

    /**
     * Released votes.
     *
     * @param effort effort of the count; {@link SearchEffort#NONE} if the votes were released before
     */
    record Cast(NoisyHistogram histogram, SearchEffort effort) {}

    /** Whether the vote was released before. */
    boolean isCast(int vote) {
        return run.releases().made(run.planned().vote(vote)).isPresent();
    }

    /**
     * Returns the votes on a population, released now or before.
     *
     * @param vectors the candidates' vectors; computed only if the votes still have to be counted
     */
    Cast cast(Population candidates, int vote, Supplier<float[]> vectors) {
        AtomicReference<SearchEffort> effort = new AtomicReference<>(SearchEffort.NONE);
        Release release = run.planned().vote(vote);
        NoisyHistogram histogram = run.releases().release(release, () -> {
            float[] standing = vectors.get();
            String stage = "vote " + vote + " of " + run.spec().evolution().votes();
            run.listener().stageStarted(stage, 0);
            Electorate.Votes votes = run.electorate()
                    .nearest(stage, standing, run.embedder().dimension(), candidates.labelOffsets(run.labels()));
            effort.set(votes.effort());
            return votes.histogram();
        });
        if (histogram.candidates() != candidates.size()) {
            throw new IllegalStateException("release " + release.releaseId() + " has " + histogram.candidates()
                    + " candidates, but the population has " + candidates.size());
        }
        return new Cast(histogram, effort.get());
    }

    /**
     * Commits a vote after which every candidate remains, so that none is recorded as selected.
     *
     * @param distinct number of different parents of a label's next samples
     * @param more metrics to add after those of the votes
     */
    void commitUnselected(
            Population candidates, int vote, Cast cast, IntUnaryOperator distinct, List<MetricValue> more) {
        int[] offsets = candidates.labelOffsets(run.labels());
        List<SelectionRecord> selection = new ArrayList<>();
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < run.labels(); label++) {
            double[] votes = cast.histogram().votes(offsets[label], offsets[label + 1]);
            int survivors = (int) Arrays.stream(votes).filter(v -> v > 0).count();
            selection.add(new SelectionRecord(label, List.of(), survivors));
            String name = run.spec().labels().names().get(label);
            metrics.addAll(VoteMetrics.of(vote, name, votes, survivors, distinct.applyAsInt(label)));
        }
        metrics.addAll(more);
        run.store().commitSelection(vote, selection, metrics, cast.effort().kernels());
    }

    /** The speed of the vote, OUTSIDE the guarantee; empty unless the configuration asks for such metrics. */
    List<MetricValue> throughput(int iteration, SearchEffort effort) {
        if (!effort.counted()) {
            return List.of();
        }
        return List.of(
                outside(iteration, "vote_rows_per_core_second", effort.rowsPerSecond()),
                outside(iteration, "vote_gflops_per_core", effort.gflops()),
                outside(iteration, "vote_share_pruned", effort.sharePruned()));
    }

    private static MetricValue outside(int iteration, String metric, double value) {
        return new MetricValue(iteration, MetricValue.ALL_LABELS, metric, value, false);
    }
}
