package org.privateevolution.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privateevolution.evolution.Selector;
import org.privateevolution.evolution.VoteMetrics;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Published;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.IterationStore;

/**
 * The loop of Private Evolution (Lin et al. 2023, Algorithm 1). Each step goes through the store, and a step that is
 * stored already is taken from there, so the loop may be stopped anywhere and started again.
 */
public final class EvolutionLoop {

    private final OpenRun run;
    private final RunSpec spec;
    private final IterationStore store;
    private final PopulationSteps populations;
    private final VoteSteps votes;
    private final CandidateEmbedding candidateEmbedding;
    private final Seed selectionSeed;

    public EvolutionLoop(OpenRun run, JournaledGeneration generation) {
        this.run = run;
        this.spec = run.spec();
        this.store = run.store();
        this.populations = new PopulationSteps(run, generation);
        this.votes = new VoteSteps(run);
        this.candidateEmbedding = populations.candidateEmbedding();
        this.selectionSeed = new Seed(spec.seed()).derive("selection");
    }

    /** Runs or resumes; returns the population to publish. */
    public Population run() {
        double[] shares = populations.labelShares();
        int last = spec.evolution().votes();
        boolean publishesSelected = spec.output().published() == Published.SELECTED;
        // The population after the last vote also holds samples that the vote did not select, so it cannot be published
        // then.
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

    private Population committedInitial(double[] shares) {
        Population population = populations.initial(shares);
        store.commit(population);
        return population;
    }

    private Population next(Population candidates, int iteration, PopulationRule rule, double[] shares) {
        VoteSteps.Cast cast = votes.cast(
                candidates,
                iteration,
                () -> candidateEmbedding.vectors(candidates, iteration, store.journal(iteration), run.listener()));
        int[] counts = populations.counts(iteration, shares);
        List<SelectionRecord> selection = select(candidates, cast.histogram(), iteration, rule, counts);
        List<MetricValue> metrics = metrics(candidates, cast.histogram(), iteration, selection);
        metrics.addAll(votes.throughput(iteration, cast.effort()));
        store.commitSelection(iteration, selection, metrics, cast.effort().kernels());
        List<List<Sample>> selected = new ArrayList<>();
        for (SelectionRecord record : selection) {
            selected.add(
                    record.indices().stream().map(candidates.samples()::get).toList());
        }
        return populations.following(iteration, rule, selected, counts);
    }

    private List<SelectionRecord> select(
            Population candidates, NoisyHistogram histogram, int iteration, PopulationRule rule, int[] counts) {
        int[] offsets = candidates.labelOffsets(run.labels());
        List<SelectionRecord> selection = new ArrayList<>();
        List<String> uniform = new ArrayList<>();
        for (int label = 0; label < run.labels(); label++) {
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
            run.listener()
                    .notice("vote " + iteration + ": no candidate passed the threshold for "
                            + String.join(", ", uniform) + "; the selection is uniform there");
        }
        return selection;
    }

    private List<MetricValue> metrics(
            Population candidates, NoisyHistogram histogram, int iteration, List<SelectionRecord> selection) {
        int[] offsets = candidates.labelOffsets(run.labels());
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < run.labels(); label++) {
            double[] labelVotes = histogram.votes(offsets[label], offsets[label + 1]);
            metrics.addAll(
                    VoteMetrics.of(iteration, spec.labels().names().get(label), labelVotes, selection.get(label)));
        }
        return metrics;
    }
}
