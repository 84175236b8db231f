package org.privateevolution.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.PointSearch;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.SampleEstimate;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;

/**
 * The loop of Private Evolution for texts and images in which every vote and every sample counts until the end.
 * Parents, and the published samples, are drawn out of all samples so far from an estimate that explains all votes so
 * far. No samples are made after the last vote, unless they cost nothing. A resumed run computes the estimate again
 * from the same populations and votes, and arrives at the same result.
 */
public final class SampleEstimateLoop {

    /**
     * Fewest samples that the published ones are drawn from, if they are drawn once more, and the most that the run
     * leaves for later draws.
     */
    private static final int LAST_POOL = 20_000;

    private final OpenRun run;
    private final RunSpec spec;
    private final IterationStore store;
    private final PopulationSteps populations;
    private final VoteSteps votes;
    private final CandidateEmbedding candidateEmbedding;
    private final SampleEstimate estimate;
    private final Supplier<double[]> labelShares;
    private final List<MetricValue> known;
    private final Optional<TableEstimate> redrawn;

    /** @param search finds the nearest candidates of samples */
    public SampleEstimateLoop(OpenRun run, JournaledGeneration generation, PointSearch search) {
        this(run, generation, search, Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * @param shares label shares, if an earlier release determined them
     * @param known metrics of the last vote that follow from earlier releases
     * @param redrawn estimate of one row of each sample, if samples cost nothing and may equal each other: new ones are
     *     then drawn after the last vote, as many as it takes
     */
    SampleEstimateLoop(
            OpenRun run,
            JournaledGeneration generation,
            PointSearch search,
            Optional<double[]> shares,
            List<MetricValue> known,
            Optional<TableEstimate> redrawn) {
        this.run = run;
        this.spec = run.spec();
        this.store = run.store();
        this.populations = new PopulationSteps(run, generation);
        this.votes = new VoteSteps(run);
        this.labelShares = shares.<Supplier<double[]>>map(told -> () -> told).orElse(populations::labelShares);
        this.known = known;
        this.redrawn = redrawn;
        this.candidateEmbedding = populations.candidateEmbedding();
        this.estimate = new SampleEstimate(
                run.labels(),
                spec.countedUnit(),
                search,
                spec.vote().neighbors(),
                SampleEstimate.POWERS,
                new Seed(spec.seed()));
    }

    /** Runs or resumes; returns the outcome to publish. It has an estimate if the published samples are drawn anew. */
    public Outcome run() {
        double[] shares = labelShares.get();
        int committed = store.lastCommitted();
        int last = spec.evolution().votes();
        Population candidates = committed >= 0 ? store.population(0) : committed(populations.initial(shares));
        List<List<Sample>> parents = fold(candidates, 1, shares);
        for (int vote = 2; vote <= last; vote++) {
            int before = vote - 1;
            candidates = committed >= before
                    ? store.population(before)
                    : committed(populations.following(
                            before,
                            spec.evolution().rules().get(before - 1),
                            parents,
                            populations.counts(before, shares)));
            parents = fold(candidates, vote, shares);
        }
        if (redrawn.isPresent()) {
            Population drawn =
                    populations.drawn(Math.max(LAST_POOL, 2 * spec.output().rows()), shares);
            estimate.refill(drawn, run.embedder().embed(drawn.payloads()), redrawn.get());
        }
        int[] wanted = LabelAllocation.allocate(spec.output().rows(), shares);
        WeightedSamples published = estimate.publish(wanted);
        int size = published.samples().size();
        if (size < spec.output().rows()) {
            run.listener()
                    .notice("there are " + size + " different samples, so no more are published, although "
                            + spec.output().rows() + " were requested");
        }
        return new Outcome(
                new Population(last, published.samples()),
                published.weights(),
                redrawn.map(rows -> estimate.publish(LabelAllocation.allocate(LAST_POOL, shares))));
    }

    private Population committed(Population made) {
        Population population = SampleEstimate.distinct(made);
        if (population.size() < made.size()) {
            run.listener()
                    .notice("population " + made.iteration() + ": " + (made.size() - population.size()) + " of "
                            + made.size() + " samples equal others of their label and are left out");
        }
        store.commit(population);
        return population;
    }

    /** Casts the votes on candidates, or takes them from storage; returns the parents of the next population. */
    private List<List<Sample>> fold(Population candidates, int vote, double... shares) {
        Embedder embedder = run.embedder();
        CandidateEmbedding.Variations variations = new CandidateEmbedding.Variations(
                SampleEstimate.variationsKept(spec.evolution(), embedder.dimension()));
        float[] standing = votes.isCast(vote)
                ? candidateEmbedding.past(candidates, vote, store.journal(vote), variations)
                : candidateEmbedding.vectors(candidates, vote, store.journal(vote), run.listener(), variations);
        VoteSteps.Cast cast = votes.cast(candidates, vote, () -> standing);
        float[] own = spec.evolution().lookahead() == 0 ? standing : embedder.embed(candidates.payloads());
        boolean last = vote == spec.evolution().votes();
        SampleEstimate.Ballot ballot = new SampleEstimate.Ballot(
                candidates, own, standing, variations.samples(), variations.vectors(embedder.dimension()));
        OptionalDouble score = estimate.fold(ballot, cast.histogram(), last);
        List<List<Sample>> parents = estimate.parents(vote, populations.counts(vote, shares));
        if (store.metrics(vote).isEmpty()) {
            List<MetricValue> metrics = new ArrayList<>();
            score.ifPresent(gain ->
                    metrics.add(new MetricValue(vote, MetricValue.ALL_LABELS, QualityVerdict.SCORE, gain, true)));
            metrics.addAll(votes.throughput(vote, cast.effort()));
            if (last) {
                metrics.addAll(known);
            }
            // Parents come from all populations and follow from the releases alone.
            votes.commitUnselected(candidates, vote, cast, label -> new HashSet<>(parents.get(label)).size(), metrics);
        }
        return parents;
    }
}
