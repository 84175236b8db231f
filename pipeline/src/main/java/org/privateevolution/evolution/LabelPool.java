package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.privateevolution.estimate.Duals;
import org.privateevolution.estimate.Estimate;
import org.privateevolution.estimate.Estimator;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.PredictiveScore;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;
import org.privateevolution.model.Sample;
import org.privateevolution.privacy.PrivacyUnit;

/**
 * The samples of one label and the votes on them. Labels share no cells, so each is estimated separately. The nearest
 * candidates of each sample in each vote are searched only once.
 */
final class LabelPool {

    /** Small but above 0, so that any sample can be drawn even if nearly all of them are. */
    private static final double LEAST_SHARE = 1e-200;

    private final int dimension;
    private final PrivacyUnit unit;
    private final Set<Object> known = new HashSet<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Vote> votes = new ArrayList<>();
    private final List<ReleasedCounts> released = new ArrayList<>();
    /** Row-major, with spare room at the end. */
    private float[] vectors = {};

    private Optional<Estimate> estimate = Optional.empty();

    LabelPool(int dimension, PrivacyUnit unit) {
        this.dimension = dimension;
        this.unit = unit;
    }

    /** One vote on this label's candidates, with the cells of the samples in it. */
    static final class Vote {
        private final PointSearch.Candidates candidates;
        private final int k;
        private final double[] counts;
        private final double sigma;
        private int[] nearest = {};
        private int searched;

        /**
         * @param neighbors number of candidates that share a record's vote, if the label has as many
         * @param counts noisy votes of each candidate
         */
        Vote(PointSearch.Candidates candidates, int neighbors, double[] counts, double sigma) {
            this.candidates = candidates;
            this.k = Math.min(neighbors, counts.length);
            this.counts = counts.clone();
            this.sigma = sigma;
        }

        /** The same vote, before any sample was searched. */
        private Vote(Vote other) {
            this.candidates = other.candidates;
            this.k = other.k;
            this.counts = other.counts;
            this.sigma = other.sigma;
        }

        private Partition partition(float[] vectors, int points) {
            if (searched < points) {
                int[] found = candidates.nearest(vectors, searched, points - searched, k);
                nearest = Arrays.copyOf(nearest, points * k);
                System.arraycopy(found, 0, nearest, searched * k, found.length);
                searched = points;
            }
            return Partition.ofNeighbors(counts.length, k, nearest);
        }

        /** The sum of all votes, in whole votes of records. */
        private double total() {
            return Arrays.stream(counts).sum() / Math.sqrt(k);
        }
    }

    List<Sample> samples() {
        return samples;
    }

    /**
     * Adds a sample unless the pool has an equal one.
     *
     * @param from row-major vectors
     * @param row the row of {@code from} that holds the sample's embedding
     */
    void add(Sample sample, float[] from, int row) {
        if (known.add(sample.payload().identity())) {
            int size = samples.size();
            if (vectors.length < Math.multiplyExact(size + 1, dimension)) {
                vectors = Arrays.copyOf(vectors, Math.multiplyExact(Math.max(16, size + size / 2 + 1), dimension));
            }
            System.arraycopy(from, row * dimension, vectors, size * dimension, dimension);
            samples.add(sample);
        }
    }

    /**
     * A pool of other samples, which may equal each other, with the same votes.
     *
     * @param others their row-major vectors
     * @param released further releases over these samples
     */
    LabelPool refilled(List<Sample> with, float[] others, List<ReleasedCounts> released) {
        LabelPool pool = new LabelPool(dimension, unit);
        pool.samples.addAll(with);
        pool.vectors = others;
        pool.released.addAll(released);
        votes.forEach(vote -> pool.votes.add(new Vote(vote)));
        return pool;
    }

    /**
     * Log likelihoods of another vote under powers of the weights that all votes so far give; empty before the first
     * vote.
     */
    List<PredictiveScore> scores(Vote next, List<Double> powers) {
        if (estimate.isEmpty()) {
            return List.of();
        }
        double total = Arrays.stream(estimate.get().weights()).sum();
        double[] even = scaled(drawn(0), total);
        ReleasedCounts release = counts(next);
        return powers.stream()
                .map(power -> PredictiveScore.of(scaled(drawn(power), total), even, release))
                .toList();
    }

    private static double[] scaled(double[] weights, double total) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum * total).toArray();
    }

    void cast(Vote vote) {
        votes.add(vote);
    }

    /** Fits the weights of all samples to all releases. */
    void explain(Tolerance tolerance) {
        if (votes.isEmpty() || samples.isEmpty()) {
            return;
        }
        double[] prior = new double[samples.size()];
        Arrays.fill(prior, 1);
        estimate = Optional.of(Estimator.explain(
                Points.of(prior, total()),
                Stream.concat(released.stream(), votes.stream().map(this::counts))
                        .toList(),
                estimate.map(Estimate::duals).orElse(Duals.none()),
                tolerance));
    }

    /**
     * Votes of records add up to the number of records, so the total is found together with the weights. Votes of
     * clients have their own scale in each release; the prior is then weighed against as many records as the average
     * sum of votes.
     */
    private Total total() {
        return unit == PrivacyUnit.RECORD
                ? new Total.Free()
                : new Total.Known(Math.max(
                        1, votes.stream().mapToDouble(Vote::total).average().orElse(0)));
    }

    private ReleasedCounts counts(Vote vote) {
        Partition partition = vote.partition(vectors, samples.size());
        return unit == PrivacyUnit.RECORD
                ? ReleasedCounts.of(partition, vote.counts, vote.sigma)
                : ReleasedCounts.ofFreeScale(partition, vote.counts, vote.sigma);
    }

    /**
     * The weights to draw samples by: powers of their shares of the greatest weight, all above 0; equal ones if there
     * is no estimate.
     */
    double[] drawn(double power) {
        double[] weights = estimate.map(Estimate::weights).orElseGet(() -> new double[samples.size()]);
        double greatest = Arrays.stream(weights).max().orElse(0);
        Arrays.setAll(weights, i -> greatest > 0 ? Math.max(LEAST_SHARE, Math.pow(weights[i] / greatest, power)) : 1);
        return weights;
    }
}
