package org.privateevolution.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PopulationPlan;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.GenerationRequest;

/** Makes the populations of a run: the number of samples per label, and the samples themselves. */
final class PopulationSteps {

    private final OpenRun run;
    private final JournaledGeneration generation;
    private final PopulationPlanner planner;

    PopulationSteps(OpenRun run, JournaledGeneration generation) {
        this.run = run;
        this.generation = generation;
        this.planner = new PopulationPlanner(new Seed(run.spec().seed()));
    }

    /** The embedding of candidates, with lookahead if the run uses it. */
    CandidateEmbedding candidateEmbedding() {
        return new CandidateEmbedding(run.spec().evolution(), planner, generation, run.embedder(), run.ahead());
    }

    /** How the samples are distributed over the labels. */
    double[] labelShares() {
        Fractions fractions = run.spec().labels().fractions();
        if (fractions instanceof Fractions.Declared declared) {
            return declared.shares().stream().mapToDouble(Double::doubleValue).toArray();
        }
        if (fractions instanceof Fractions.Noisy) {
            NoisyHistogram counts = run.releases().release(run.planned().labelCounts(), () -> {
                run.listener().stageStarted("label counts", 0);
                return run.electorate().labels();
            });
            double[] noisy = new double[run.labels()];
            Arrays.setAll(noisy, counts::votes);
            return LabelAllocation.shares(noisy);
        }
        double[] uniform = new double[run.labels()];
        Arrays.fill(uniform, 1);
        return uniform;
    }

    /** Makes the initial population without committing it. */
    Population initial(double[] shares) {
        int[] counts =
                LabelAllocation.allocate(run.spec().evolution().schedule().get(0), shares);
        Population samples = make(planner.initial(counts), 0, "initial population");
        int fold = run.spec().evolution().initialVariationFold();
        return fold == 0
                ? samples
                : make(planner.initialVariations(samples, fold, run.labels()), 0, "initial variations");
    }

    /** Draws samples beside those of the populations, from a generator that needs no journal. */
    Population drawn(int number, double... shares) {
        return make(planner.initial(LabelAllocation.allocate(number, shares)), 0, "samples to publish from");
    }

    /** Makes the population that follows vote {@code iteration}, without committing it. */
    Population following(int iteration, PopulationRule rule, List<List<Sample>> parents, int[] counts) {
        return make(planner.next(iteration, rule, parents, counts), iteration, "population " + iteration);
    }

    /** Number of samples per label in the population that follows vote {@code vote}. */
    int[] counts(int vote, double... shares) {
        return LabelAllocation.allocate(run.spec().evolution().schedule().get(vote), shares);
    }

    private Population make(PopulationPlan plan, int iteration, String stage) {
        List<GenerationRequest> requests = plan.requests();
        if (requests.isEmpty()) {
            return plan.complete(Map.of());
        }
        run.listener().stageStarted(stage, requests.size());
        JournaledGeneration.Answers answers = generation.answer(
                requests, run.store().journal(iteration), run.listener()::stageProgressed, ahead(iteration));
        if (answers.rejected() > 0) {
            run.listener()
                    .notice(stage + ": " + answers.rejected() + " of " + requests.size()
                            + " samples could not be made (" + answers.reasonsInWords() + ")");
        }
        return plan.complete(answers.payloads());
    }

    /** The last population is published without a vote. With lookahead, its variations may be all that is embedded. */
    private Consumer<Payload> ahead(int iteration) {
        RunSpec.Evolution evolution = run.spec().evolution();
        boolean own = evolution.lookahead() == 0 || evolution.lookaheadSelf() || evolution.estimates();
        return own && iteration < evolution.votes() ? run.ahead() : payload -> {};
    }
}
