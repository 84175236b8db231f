package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.ClientRules;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.RowStructure;

/**
 * Releases the marginals for an estimate of declared columns and folds them into the estimate. Marginals that were
 * released earlier are read from the store.
 */
final class MarginalSteps {

    private final OpenRun run;
    private final RunSpec spec;
    private final RunFiles files;
    private final int beforeSecond;

    /**
     * @param files the run's store
     * @param beforeSecond number of votes before the second marginals
     */
    MarginalSteps(OpenRun run, RunFiles files, int beforeSecond) {
        this.run = run;
        this.spec = run.spec();
        this.files = files;
        this.beforeSecond = beforeSecond;
    }

    /**
     * Creates the estimate of a run, before any release.
     *
     * @param votes number of votes that will be folded into the estimate
     */
    static TableEstimate estimate(RunSpec spec, int votes, TableEstimate.Settings settings) {
        return new TableEstimate(
                spec.tabular().schema(),
                spec.labels().names().size(),
                TabularEmbedder.of(spec.tabular()),
                spec.vote().metric(),
                spec.vote().neighbors(),
                votes,
                spec.countedUnit(),
                Constraints.of(spec.tabular(), spec.labels()),
                settings,
                new Seed(spec.seed()),
                spec.modality().clients().<RowStructure>map(ClientRules::new).orElse(RowStructure.NONE));
    }

    void foldFirst(TableEstimate estimate) {
        estimate.start(released(0, estimate.firstMarginals()));
    }

    void foldSecond(TableEstimate estimate) {
        MarginalQuery query = query(1, estimate::secondMarginals);
        estimate.fold(beforeSecond, query, released(1, query));
    }

    /** Of clients: a glance at all pairs of columns, then the pairs that depend on each other. */
    void foldPairs(TableEstimate estimate) {
        MarginalQuery all = query(1, noise -> estimate.allPairs());
        estimate.foldPairs(all, released(1, all));
        MarginalQuery strong = query(2, estimate::strongPairs);
        estimate.fold(0, strong, released(2, strong));
    }

    /** The query that was recorded or, if there is none, the one that is chosen now. */
    private MarginalQuery query(int which, DoubleFunction<MarginalQuery> choice) {
        return SecondMarginals.read(files, which)
                .orElseGet(() -> chosen(which, choice))
                .query();
    }

    private SecondMarginals chosen(int which, DoubleFunction<MarginalQuery> choice) {
        Release release = run.planned().marginals(which);
        if (run.releases().made(release).isPresent()) {
            throw new StoreException(
                    StoreException.Reason.DAMAGED,
                    "release " + release.releaseId() + " was made, but what it counted is no longer in the"
                            + " store at " + files.location() + ": restore the store, or choose another output.path");
        }
        SecondMarginals chosen = new SecondMarginals(beforeSecond, choice.apply(release.noiseMultiplier()));
        chosen.create(files, which);
        return chosen;
    }

    /** Name of the counting of marginals, for the user and the Spark UI. */
    static String stage(int which) {
        return List.of("first", "second", "third").get(which) + " marginals";
    }

    private NoisyHistogram released(int which, MarginalQuery query) {
        NoisyHistogram released = run.releases().release(run.planned().marginals(which), () -> {
            String stage = stage(which);
            run.listener().stageStarted(stage, 0);
            return run.electorate().cells(stage, query);
        });
        int cells = new MarginalCells(spec.tabular().schema(), run.labels(), query).size();
        if (released.candidates() != cells) {
            throw new StoreException(
                    StoreException.Reason.VERSION,
                    "release " + released.releaseId() + " counted " + released.candidates()
                            + " cells, but this version would count " + cells
                            + ": go on with the version that made it, or choose another output.path");
        }
        return released;
    }

    /** The estimated number of records per label, as metrics of a vote. */
    static List<MetricValue> records(RunSpec spec, TableEstimate estimate, int vote) {
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < spec.labels().names().size(); label++) {
            String name = spec.labels().names().get(label);
            metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS, estimate.records()[label], true));
            metrics.add(new MetricValue(vote, name, QualityVerdict.RECORDS_NOISE, estimate.recordsNoise(), true));
        }
        return metrics;
    }
}
