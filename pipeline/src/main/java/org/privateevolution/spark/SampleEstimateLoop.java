package org.privateevolution.spark;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PointSearch;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.evolution.SampleEstimate;
import org.privateevolution.evolution.VoteMetrics;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spark.store.RunRecord;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;

/**
 * Private Evolution of texts and images in which every vote and every sample counts until the end: parents are drawn from what
 * explains all votes so far, out of all samples so far, and so is what is published. Nothing is made after the last vote. A
 * resumed run computes the estimate again from the same populations and votes, and arrives at the same.
 */
final class SampleEstimateLoop {

    private final RunSpec spec;
    private final RunRecord run;
    private final IterationStore store;
    private final PrivateReleases releases;
    private final Embedder embedder;
    private final EvolutionLoop steps;
    private final RunListener listener;
    private final Clock clock;
    private final CandidateEmbedding candidateEmbedding;
    private final SampleEstimate estimate;
    private final int labels;

    /**
     * @param steps what this loop has in common with that of selections
     * @param search of samples among candidates
     */
    SampleEstimateLoop(
            RunSpec spec,
            RunRecord run,
            IterationStore store,
            PrivateReleases releases,
            JournaledGeneration generation,
            Embedder embedder,
            EvolutionLoop steps,
            PointSearch search,
            RunListener listener,
            Clock clock) {
        this.spec = spec;
        this.run = run;
        this.store = store;
        this.releases = releases;
        this.embedder = embedder;
        this.steps = steps;
        this.listener = listener;
        this.clock = clock;
        this.labels = spec.labels().names().size();
        Seed seed = new Seed(spec.seed());
        this.candidateEmbedding =
                new CandidateEmbedding(spec.evolution(), new PopulationPlanner(seed), generation, embedder);
        this.estimate = new SampleEstimate(
                labels, spec.privacy().unit(), search, spec.vote().neighbors(), SampleEstimate.POWERS, seed);
    }

    /** Runs or resumes; returns what to publish. */
    Outcome run() {
        double[] shares = steps.labelShares();
        int committed = store.lastCommitted();
        int last = spec.evolution().votes();
        Population candidates = committed >= 0 ? store.population(0) : committed(steps.initial(shares));
        List<List<Sample>> parents = fold(candidates, 1, shares);
        for (int vote = 2; vote <= last; vote++) {
            int before = vote - 1;
            candidates = committed >= before
                    ? store.population(before)
                    : committed(steps.following(
                            before, spec.evolution().rules().get(before - 1), parents, counts(before, shares)));
            parents = fold(candidates, vote, shares);
        }
        int[] wanted = LabelAllocation.allocate(spec.output().rows(), shares);
        WeightedSamples published = estimate.publish(wanted);
        int size = published.samples().size();
        if (size < spec.output().rows()) {
            listener.notice("there are " + size + " different samples, so no more are published, although "
                    + spec.output().rows() + " were asked for");
        }
        return new Outcome(new Population(last, published.samples()), published.weights(), Optional.empty());
    }

    private int[] counts(int vote, double... shares) {
        return LabelAllocation.allocate(spec.evolution().schedule().get(vote), shares);
    }

    private Population committed(Population made) {
        Population population = SampleEstimate.distinct(made);
        if (population.size() < made.size()) {
            listener.notice("population " + made.iteration() + ": " + (made.size() - population.size()) + " of "
                    + made.size() + " samples equal others of their label and are left out");
        }
        store.commit(population);
        return population;
    }

    /** Votes on candidates, or takes their votes from storage; returns the parents of the next population. */
    private List<List<Sample>> fold(Population candidates, int vote, double... shares) {
        boolean cast = releases.made(EvolutionLoop.vote(spec, run, vote, clock)).isPresent();
        CandidateEmbedding.Variations variations = new CandidateEmbedding.Variations(
                SampleEstimate.variationsKept(spec.evolution(), embedder.dimension()));
        float[] standing = cast
                ? candidateEmbedding.past(candidates, vote, store.journal(vote), variations)
                : candidateEmbedding.vectors(candidates, vote, store.journal(vote), listener, variations);
        AtomicReference<SearchEffort> effort = new AtomicReference<>(SearchEffort.NONE);
        NoisyHistogram histogram = steps.votes(candidates, vote, () -> standing, effort);
        float[] own = spec.evolution().lookahead() == 0 ? standing : embedder.embed(candidates.payloads());
        boolean last = vote == spec.evolution().votes();
        SampleEstimate.Ballot ballot = new SampleEstimate.Ballot(
                candidates, own, standing, variations.samples(), variations.vectors(embedder.dimension()));
        OptionalDouble score = estimate.fold(ballot, histogram, last);
        List<List<Sample>> parents = estimate.parents(vote, counts(vote, shares));
        if (store.metrics(vote).isEmpty()) {
            commit(candidates, vote, histogram, score, parents, effort.get());
        }
        return parents;
    }

    private void commit(
            Population candidates,
            int vote,
            NoisyHistogram histogram,
            OptionalDouble score,
            List<List<Sample>> parents,
            SearchEffort effort) {
        int[] offsets = candidates.labelOffsets(labels);
        List<SelectionRecord> selection = new ArrayList<>();
        List<MetricValue> metrics = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            double[] votes = histogram.votes(offsets[label], offsets[label + 1]);
            int survivors = (int) Arrays.stream(votes).filter(v -> v > 0).count();
            int distinct = new HashSet<>(parents.get(label)).size();
            // Parents come from all populations, and follow from the releases.
            selection.add(new SelectionRecord(label, List.of(), survivors));
            metrics.addAll(VoteMetrics.of(vote, spec.labels().names().get(label), votes, survivors, distinct));
        }
        score.ifPresent(
                gain -> metrics.add(new MetricValue(vote, MetricValue.ALL_LABELS, "predictive_score", gain, true)));
        metrics.addAll(steps.throughput(vote, effort));
        store.commitSelection(vote, selection, metrics, effort.kernels());
    }
}
