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
 * Private Evolution for records with columns and a text, and for clients with all their rows. It first releases
 * marginals of the columns, and draws the columns of all samples from the estimate that explains them. Private records
 * then vote on whole records; every vote counts until the end. A resumed run recomputes both estimates from the same
 * releases.
 */
public final class RecordEstimateLoop {

    private final OpenRun run;
    private final RunFiles files;
    private final JournaledGeneration generation;
    private final PointSearch search;
    private final Consumer<RowSampler> columns;

    /**
     * @param files the run's store
     * @param search finds the nearest candidates of samples
     * @param columns receives the sampler of the columns, before this loop requests any sample
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

    /** Runs or resumes the run. The outcome's estimate is of clients, or of the columns alone. */
    public Outcome run() {
        boolean clients = run.spec().modality().clients().isPresent();
        // There are no votes on columns alone, so rows are varied as little as after the last vote.
        TableEstimate estimate = MarginalSteps.estimate(
                run.spec(), 1, clients ? TableEstimate.Settings.CLIENTS : TableEstimate.Settings.WITHOUT_VOTES);
        MarginalSteps marginals = new MarginalSteps(run, files, 0);
        marginals.foldFirst(estimate);
        if (clients) {
            marginals.foldPairs(estimate);
        } else {
            marginals.foldSecond(estimate);
        }
        estimate.finish();
        columns.accept(estimate.sampler());
        SampleEstimateLoop samples = new SampleEstimateLoop(
                run,
                generation,
                search,
                Optional.of(LabelAllocation.shares(estimate.records())),
                MarginalSteps.records(
                        run.spec(), estimate, run.spec().evolution().votes()),
                Optional.of(estimate).filter(joined -> clients));
        Outcome outcome = samples.run();
        return new Outcome(
                outcome.population(), outcome.weights(), outcome.estimate().or(() -> Optional.of(estimate.points())));
    }
}
