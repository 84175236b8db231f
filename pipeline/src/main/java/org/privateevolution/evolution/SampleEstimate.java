package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.estimate.PredictiveScore;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * The estimate of texts or images as a run goes on: weights of all samples made so far that explain all votes so far. A vote is
 * a partition of the samples, as it is one of the private records: by the nearest candidates that stood in it. What is selected
 * and what is published is drawn from the weights, so no sample that was paid for is lost, and none counts twice. Reads
 * released numbers only; a pure function of them, the seed, and the populations and their vectors.
 */
public final class SampleEstimate {

    /** Tolerated distance between found and optimal weights while the run goes on: far below the noise. */
    private static final Tolerance ROUGH = new Tolerance(0.02, 60);

    private static final Tolerance FINE = new Tolerance(0.005, 300);

    private final Metric metric;
    private final int dimension;
    private final int neighbors;
    private final Seed seed;
    private final List<LabelPool> pools = new ArrayList<>();

    /**
     * @param dimension floats of an embedding
     * @param neighbors nearest candidates that share a vote
     */
    public SampleEstimate(int labels, PrivacyUnit unit, Metric metric, int dimension, int neighbors, Seed seed) {
        this.metric = metric;
        this.dimension = dimension;
        this.neighbors = neighbors;
        this.seed = seed.derive("estimate");
        for (int label = 0; label < labels; label++) {
            pools.add(new LabelPool(dimension, unit));
        }
    }

    /** The population without samples that equal one before them of the same label: they would get noise, but no votes. */
    public static Population distinct(Population population) {
        Set<List<Object>> seen = new HashSet<>();
        return new Population(
                population.iteration(),
                population.samples().stream()
                        .filter(sample -> seen.add(List.of(sample.label(), LabelPool.identity(sample.payload()))))
                        .toList());
    }

    /**
     * Scores the estimate by a vote that it has not seen, and then explains that one, too, with the candidates among the samples.
     *
     * @param own row-major embeddings of the candidates
     * @param stood row-major vectors that they stood in the vote with
     * @param last whether this is the last vote, so that the weights will be published
     * @return nats a candidate by which the estimate foretold the votes better than equal weights would have; nothing of the
     *     first vote
     */
    public OptionalDouble fold(Population candidates, float[] own, float[] stood, NoisyHistogram votes, boolean last) {
        int[] offsets = candidates.labelOffsets(pools.size());
        double nats = 0;
        int cells = 0;
        for (int label = 0; label < pools.size(); label++) {
            LabelPool pool = pools.get(label);
            int from = offsets[label];
            int to = offsets[label + 1];
            if (from == to) {
                continue;
            }
            CandidateIndex index = Kernels.calibrated()
                    .index(metric, dimension, List.of(Arrays.copyOfRange(stood, from * dimension, to * dimension)));
            double[] counts = new double[to - from];
            Arrays.setAll(counts, i -> votes.votes(from + i));
            LabelPool.Vote vote = new LabelPool.Vote(index, neighbors, counts, votes.noiseMultiplier());
            Optional<PredictiveScore> score = pool.score(vote);
            if (score.isPresent()) {
                nats += score.get().estimate() - score.get().prior();
                cells += score.get().cells();
            }
            for (int i = from; i < to; i++) {
                pool.add(candidates.samples().get(i), own, i);
            }
            pool.cast(vote);
            pool.explain(last ? FINE : ROUGH);
        }
        return cells == 0 ? OptionalDouble.empty() : OptionalDouble.of(nats / cells);
    }

    /**
     * Parents of the population that follows a vote, each as often as its weight says.
     *
     * @param vote number of the vote, from 1
     * @param counts parents of each label; a label without any sample has none
     * @return a list a label
     */
    public List<List<Sample>> parents(int vote, int[] counts) {
        List<List<Sample>> parents = new ArrayList<>();
        for (int label = 0; label < pools.size(); label++) {
            List<Sample> samples = pools.get(label).samples();
            if (samples.isEmpty()) {
                parents.add(List.of());
                continue;
            }
            int[] drawn = EvenDraw.of(
                    pools.get(label).weights(),
                    counts[label],
                    seed.derive("parents").derive(vote).derive(label).generator());
            parents.add(Arrays.stream(drawn).mapToObj(samples::get).toList());
        }
        return parents;
    }

    /**
     * Samples to publish.
     *
     * @param weights how much each counts among those of its label, 1 on average
     */
    public record Published(Population population, List<Double> weights) {
        public Published {
            weights = List.copyOf(weights);
        }

        /** Samples that count alike. */
        public static Published unweighted(Population population) {
            return new Published(population, Collections.nCopies(population.size(), 1.0));
        }
    }

    /**
     * Draws what is published, no sample twice.
     *
     * @param counts samples of each label; where fewer were made, all of them are taken
     */
    public Published publish(int iteration, int[] counts) {
        List<Sample> samples = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int label = 0; label < pools.size(); label++) {
            LabelPool pool = pools.get(label);
            if (pool.samples().isEmpty()) {
                continue;
            }
            double[] all = pool.weights();
            int most = (int) Arrays.stream(all).filter(weight -> weight > 0).count();
            int count = Math.min(counts[label], most);
            int[] drawn = EvenDraw.distinct(
                    all, count, seed.derive("publish").derive(label).generator());
            double[] expected = EvenDraw.expectedCopies(all, count);
            double mean = Arrays.stream(drawn)
                    .mapToDouble(i -> all[i] / expected[i])
                    .average()
                    .orElse(1);
            for (int i : drawn) {
                samples.add(pool.samples().get(i));
                weights.add(all[i] / expected[i] / mean);
            }
        }
        return new Published(new Population(iteration, samples), weights);
    }
}
