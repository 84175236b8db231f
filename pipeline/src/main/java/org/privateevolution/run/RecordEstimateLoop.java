package org.privateevolution.run;

import java.util.Optional;
import java.util.function.Consumer;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PointSearch;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.RowSampler;

/**
 * Private Evolution of records that have columns and a text: marginals of the columns are bought first, and the columns of all
 * samples are drawn from what explains them; votes are then on whole records, and every vote and every sample counts until
 * the end, as with texts. A resumed run computes both estimates again from the same releases.
 */
public final class RecordEstimateLoop {

    private final OpenRun run;
    private final RunFiles files;
    private final JournaledGeneration generation;
    private final PointSearch search;
    private final Consumer<RowSampler> columns;

    /**
     * @param files of the store
     * @param search of samples among candidates
     * @param columns hears where the columns of samples are drawn from, before any is asked for here
     */
    public RecordEstimateLoop(
            OpenRun run,
            RunFiles files,
            JournaledGeneration generation,
            PointSearch search,
            Consumer<RowSampler> columns) {
        this.run = run;
        this.files = files;
        this.generation = generation;
        this.search = search;
        this.columns = columns;
    }

    /** Runs or resumes; the estimate of the outcome is that of the columns alone. */
    public Outcome run() {
        // No vote is on columns alone: as after the last one, rows are varied little.
        TableEstimate estimate = MarginalSteps.estimate(run.spec(), 1, TableEstimate.Settings.WITHOUT_VOTES);
        MarginalSteps marginals = new MarginalSteps(run, files, 0);
        marginals.foldFirst(estimate);
        marginals.foldSecond(estimate);
        estimate.finish();
        columns.accept(estimate.sampler());
        SampleEstimateLoop samples = new SampleEstimateLoop(
                run,
                generation,
                search,
                Optional.of(LabelAllocation.shares(estimate.records())),
                MarginalSteps.records(
                        run.spec(), estimate, run.spec().evolution().votes()));
        Outcome outcome = samples.run();
        return new Outcome(outcome.population(), outcome.weights(), Optional.of(estimate.points()));
    }
}
