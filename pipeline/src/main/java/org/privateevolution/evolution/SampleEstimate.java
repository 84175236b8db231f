package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.estimate.PredictiveScore;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyUnit;

/**
 * The estimate of texts or images in the course of a run: weights of all samples made so far that explain all votes so
 * far. A vote partitions the samples as it does the private records: by their nearest candidates in that vote. Parents
 * and published samples are drawn by the weights. So every sample that was paid for can be used, including those made
 * for lookahead, and none counts twice. Reads released numbers only: it is a pure function of them, the seed, and the
 * populations with their vectors.
 */
public final class SampleEstimate {

    /** The tolerated distance from the optimal weights during the run, far below the noise. */
    private static final Tolerance ROUGH = new Tolerance(0.02, 60);

    private static final Tolerance FINE = new Tolerance(0.005, 300);

    /**
     * Powers of the weights among which a run chooses when it draws samples. Weights lie between the votes and an
     * uninformative prior, the closer to the prior the greater the noise; and a poor sample gets part of the weight of
     * better ones near it. The run uses the power that has predicted the votes best so far.
     */
    public static final List<Double> POWERS = List.of(1.0, 1.5, 2.0);

    /** 1 GiB of vectors. */
    private static final long MOST_FLOATS = 1L << 28;

    private final PointSearch search;
    private final int neighbors;
    private final List<Double> powers;
    /** Log likelihood of the votes so far under each power. */
    private final double[] foretold;

    private final Seed seed;
    private final List<LabelPool> pools = new ArrayList<>();

    /**
     * @param search finds the nearest candidates of samples by the run's metric
     * @param neighbors number of nearest candidates that share a vote
     * @param powers of the weights that samples may be drawn by; the first is the one to start with
     */
    public SampleEstimate(
            int labels, PrivacyUnit unit, PointSearch search, int neighbors, List<Double> powers, Seed seed) {
        this.search = search;
        this.neighbors = neighbors;
        this.powers = List.copyOf(powers);
        this.foretold = new double[powers.size()];
        this.seed = seed.derive("estimate");
        for (int label = 0; label < labels; label++) {
            pools.add(new LabelPool(search.dimension(), unit));
        }
    }

    /**
     * Returns the population without samples that equal an earlier one of the same label: these would get noise, but no
     * votes.
     */
    public static Population distinct(Population population) {
        Set<List<Object>> seen = new HashSet<>();
        return new Population(
                population.iteration(),
                population.samples().stream()
                        .filter(sample -> seen.add(
                                List.of(sample.label(), sample.payload().identity())))
                        .toList());
    }

    /**
     * The candidates of a vote.
     *
     * @param own row-major embeddings of the candidates
     * @param stood row-major vectors that represented the candidates in the vote
     * @param variations of candidates, made for lookahead
     * @param ofVariations row-major embeddings of the variations
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Ballot(
            Population candidates, float[] own, float[] stood, List<Sample> variations, float[] ofVariations) {

        /** Candidates that were represented by their own embeddings. */
        public static Ballot of(Population candidates, float[] vectors) {
            return new Ballot(candidates, vectors, vectors, List.of(), new float[0]);
        }
    }

    /**
     * The number of variations of each candidate that join the samples: all of them, unless the vectors of a run's
     * samples would then exceed {@link #MOST_FLOATS}.
     */
    public static int variationsKept(RunSpec.Evolution evolution, int dimension) {
        long candidates = evolution.schedule().get(0) * (1L + evolution.initialVariationFold());
        for (int vote = 1; vote < evolution.votes(); vote++) {
            RunSpec.PopulationRule rule = evolution.rules().get(vote - 1);
            candidates +=
                    evolution.schedule().get(vote) * ((long) rule.variationFold() + (rule.keepSelected() ? 1 : 0));
        }
        return (int) Math.max(0, Math.min(evolution.lookahead(), MOST_FLOATS / dimension / candidates - 1));
    }

    /**
     * Scores the estimate by a vote that it has not seen, then adds the vote, its candidates and their variations and
     * fits the weights again.
     *
     * @param last whether this is the last vote, after which the weights are published
     * @return how much better than equal weights the estimate predicted the votes, in nats per candidate; empty for the
     *     first vote
     */
    public OptionalDouble fold(Ballot ballot, NoisyHistogram votes, boolean last) {
        Population candidates = ballot.candidates;
        int[] offsets = candidates.labelOffsets(pools.size());
        int drawnBy = best();
        double nats = 0;
        int cells = 0;
        for (int label = 0; label < pools.size(); label++) {
            LabelPool pool = pools.get(label);
            int from = offsets[label];
            int to = offsets[label + 1];
            if (from == to) {
                continue;
            }
            float[] stood = Arrays.copyOfRange(ballot.stood, from * search.dimension(), to * search.dimension());
            LabelPool.Vote vote =
                    new LabelPool.Vote(search.among(stood), neighbors, votes.votes(from, to), votes.noiseMultiplier());
            List<PredictiveScore> scores = pool.scores(vote, powers);
            if (!scores.isEmpty()) {
                nats += scores.get(drawnBy).estimate() - scores.get(drawnBy).prior();
                cells += scores.get(drawnBy).cells();
                Arrays.setAll(foretold, i -> foretold[i] + scores.get(i).estimate());
            }
            for (int i = from; i < to; i++) {
                pool.add(candidates.samples().get(i), ballot.own, i);
            }
            for (int i = 0; i < ballot.variations.size(); i++) {
                if (ballot.variations.get(i).label() == label) {
                    pool.add(ballot.variations.get(i), ballot.ofVariations, i);
                }
            }
            pool.cast(vote);
            pool.explain(last ? FINE : ROUGH);
        }
        return cells == 0 ? OptionalDouble.empty() : OptionalDouble.of(nats / cells);
    }

    /** Index of the power that has predicted the votes so far best. */
    private int best() {
        int best = 0;
        for (int i = 1; i < foretold.length; i++) {
            best = foretold[i] > foretold[best] ? i : best;
        }
        return best;
    }

    /**
     * Draws the parents of the population that follows a vote, by the weights.
     *
     * @param vote number of the vote, from 1
     * @param counts number of parents of each label; a label without samples gets none
     * @return one list per label
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
                    pools.get(label).drawn(powers.get(best())),
                    counts[label],
                    seed.derive("parents").derive(vote).derive(label).generator());
            parents.add(Arrays.stream(drawn).mapToObj(samples::get).toList());
        }
        return parents;
    }

    /**
     * Replaces all samples by others, whose weights explain the same votes, and the marginals of an estimate of one row
     * of each.
     *
     * @param vectors their row-major embeddings
     */
    public void refill(Population population, float[] vectors, TableEstimate rows) {
        int[] offsets = population.labelOffsets(pools.size());
        for (int label = 0; label < pools.size(); label++) {
            int from = offsets[label];
            int to = offsets[label + 1];
            List<Sample> samples = population.samples().subList(from, to);
            LabelPool pool = pools.get(label)
                    .refilled(
                            samples,
                            Arrays.copyOfRange(vectors, from * search.dimension(), to * search.dimension()),
                            rows.marginals(samples));
            pool.explain(FINE);
            pools.set(label, pool);
        }
    }

    /**
     * Draws the samples to publish, none twice.
     *
     * @param counts number of samples of each label; if fewer exist, all of them are taken
     * @return in the order of labels; the weights average 1 within a label
     */
    public WeightedSamples publish(int[] counts) {
        List<Sample> samples = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int label = 0; label < pools.size(); label++) {
            LabelPool pool = pools.get(label);
            if (pool.samples().isEmpty()) {
                continue;
            }
            double[] all = pool.drawn(powers.get(best()));
            int count = Math.min(counts[label], all.length);
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
        return new WeightedSamples(samples, weights);
    }
}
