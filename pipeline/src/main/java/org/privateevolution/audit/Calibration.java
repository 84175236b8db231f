package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.privateevolution.privacy.GaussianAccounting;

/**
 * Compares releases with the Gaussian model that the accounting is based on: a release is the canaries' votes plus
 * independent noise of the planned standard deviation sigma_t. The auditor knows the coins and subtracts the canaries'
 * votes; the residual, in units of sigma_t, should be standard normal in every cell. A canary's score is its residual
 * along the direction d_it in which its coin moves release t, standardised:
 *
 * <pre>z_i = coin_i mu_i + sum_t (residual_t . d_it) / (sigma_t^2 mu_i),   mu_i^2 = sum_t |d_it|^2 / sigma_t^2.</pre>
 *
 * <p>By the model, z_i is N(0, 1) for a canary that is out and N(mu_i, 1) for one that is in: mu_i is what the
 * accounting composes, and no canary's mu_i can exceed the claim. Canaries that share cells of marginals share noise.
 * The covariance of scores i and j, {@code sum_t d_it . d_jt / (sigma_t^2 mu_i mu_j)}, is known and used for every
 * error stated here; scores are not assumed to be independent. The bound without a model demands more: its guesses must
 * follow from released numbers alone, not from coins of other canaries, which these scores use. It is therefore based
 * on the probes of votes ({@link AuditedRun#probeScores}).
 *
 * @param canaries number of canaries of all runs
 * @param residuals number of cells of all releases of all runs
 * @param noiseScale standard deviation of the residuals in units of sigma: 1 if the noise is as planned
 * @param noisePValue probability, if all is well, of a deviation at least as far from 1; exact (chi-square)
 * @param voteCorrelation mean correlation of the noise of two votes at one probe: 0 if each vote has its own noise; NaN
 *     if there is only one vote
 * @param votesPValue probability, if all is well, of a sum over the votes at least as far from its variance; exact
 *     (chi-square); NaN if there is only one vote
 * @param attainedMu mean of the mu_i of canaries that are in: what their positions can show of the claim
 * @param difference mean z of canaries that are in, minus that of those that are out: attainedMu, if all is well
 * @param differenceError its standard error
 * @param differencePValue probability, if all is well, of a difference at least as far from attainedMu; exact (normal)
 * @param scoreScale standard deviation of the scores within those that are in and those that are out, in units of the
 *     planned one
 * @param mu the difference in units of the scores' standard deviation; infinite if that is 0, as without noise
 * @param muError its standard error; 0 if mu is infinite
 */
public record Calibration(
        int canaries,
        long residuals,
        double noiseScale,
        double noisePValue,
        double voteCorrelation,
        double votesPValue,
        double attainedMu,
        double difference,
        double differenceError,
        double differencePValue,
        double scoreScale,
        double mu,
        double muError) {

    /** The calibration of all runs together. */
    public static Calibration of(List<AuditedRun> runs) {
        return new Sums(runs).calibration();
    }

    /** A lower bound on mu with the given confidence, by the Gaussian model. */
    public double muBound(double confidence) {
        return Math.max(0, mu - StandardNormal.quantile(confidence) * muError);
    }

    /** This bound as an epsilon, by the trade-off function of Gaussian mechanisms. */
    public double epsilonBound(double delta, double confidence) {
        return GaussianAccounting.epsilon(muBound(confidence), delta);
    }

    /** The epsilon that belongs to the estimate of mu itself. */
    public double epsilon(double delta) {
        return GaussianAccounting.epsilon(Math.max(0, mu), delta);
    }

    /**
     * The factor by which a canary's weight would have to exceed its proper one for the check of weights to fail in
     * half of all audits like this one: more than 1.
     */
    public double detectableFactor() {
        return 1 + StandardNormal.quantile(1 - Check.LEAST / 2) * differenceError / attainedMu;
    }

    /** Adds up runs, each on its own canaries and with independent noise. */
    private static final class Sums {

        /**
         * Number of sign vectors for estimating the trace of a squared covariance; the error of the estimate hardly
         * matters.
         */
        private static final int SIGNS = 30;

        private final List<AuditedRun> runs;
        private final List<double[]> mus = new ArrayList<>();
        private final List<double[]> noises = new ArrayList<>();
        private int canaries;
        private int in;
        private long cells;
        private double squares;
        private long probes;
        private double voteSquares;
        private double products;
        private long pairs;

        Sums(List<AuditedRun> runs) {
            this.runs = List.copyOf(runs);
            this.runs.forEach(this::add);
            if (in == 0 || in == canaries) {
                throw new IllegalArgumentException("all " + canaries + " canaries are on one side: use more of them");
            }
        }

        private void add(AuditedRun run) {
            int m = run.canaries();
            double[] mu = new double[m];
            double[] noise = new double[m];
            List<double[]> votes = new ArrayList<>();
            for (SeenRelease release : run.releases()) {
                double[] residuals = release.residuals(run.coins());
                for (double residual : residuals) {
                    squares += residual * residual / release.variance();
                }
                cells += residuals.length;
                for (int i = 0; i < m; i++) {
                    Votes direction = release.imprint().direction(i);
                    mu[i] += direction.squaredNorm() / release.variance();
                    noise[i] += direction.dot(residuals) / release.variance();
                }
                if (release.ofProbes()) {
                    for (int cell = 0; cell < residuals.length; cell++) {
                        residuals[cell] /= Math.sqrt(release.variance());
                    }
                    votes.add(residuals);
                }
            }
            for (int i = 0; i < m; i++) {
                mu[i] = Math.sqrt(mu[i]);
                noise[i] /= mu[i];
                in += run.isIn(i) ? 1 : 0;
            }
            canaries += m;
            mus.add(mu);
            noises.add(noise);
            addVotes(votes);
        }

        private void addVotes(List<double[]> votes) {
            int t = votes.size();
            if (t < 2) {
                return;
            }
            for (int probe = 0; probe < votes.get(0).length; probe++) {
                double sum = 0;
                double own = 0;
                for (double[] vote : votes) {
                    sum += vote[probe];
                    own += vote[probe] * vote[probe];
                }
                voteSquares += sum * sum / t;
                products += (sum * sum - own) / 2;
            }
            probes += votes.get(0).length;
            pairs += (long) votes.get(0).length * t * (t - 1) / 2;
        }

        Calibration calibration() {
            double attained = mean(true, (run, i) -> mus.get(run)[i]);
            double noiseIn = mean(true, (run, i) -> noises.get(run)[i]);
            double noiseOut = mean(false, (run, i) -> noises.get(run)[i]);
            double difference = attained + noiseIn - noiseOut;
            double error = Math.sqrt(variance((run, i) -> runs.get(run).isIn(i) ? 1.0 / in : -1.0 / (canaries - in)));
            double within = sum((run, i) -> {
                double centred = noises.get(run)[i] - (runs.get(run).isIn(i) ? noiseIn : noiseOut);
                return centred * centred;
            });
            double expected = canaries
                    - variance((run, i) -> runs.get(run).isIn(i) ? 1 : 0) / in
                    - variance((run, i) -> runs.get(run).isIn(i) ? 0 : 1) / (canaries - in);
            double scale = Math.sqrt(within / expected);
            // Scores without any spread reveal every coin: no epsilon holds.
            boolean spread = scale > 0;
            double mu = spread ? difference / scale : Double.POSITIVE_INFINITY;
            // The relative error of the scale is 1 / sqrt(2 n) for n independent scores; otherwise n = m^2 / tr(R^2).
            double relative = squaredTrace() / (2.0 * canaries * canaries);
            double muError = spread ? Math.sqrt(error * error + mu * mu * relative) : 0;
            return new Calibration(
                    canaries,
                    cells,
                    Math.sqrt(squares / cells),
                    ChiSquare.twoSided(squares, cells),
                    pairs == 0 ? Double.NaN : products / pairs,
                    pairs == 0 ? Double.NaN : ChiSquare.twoSided(voteSquares, probes),
                    attained,
                    difference,
                    error,
                    StandardNormal.twoSided((difference - attained) / error),
                    scale,
                    mu,
                    muError);
        }

        /** A number for each canary. */
        private interface OfCanary {
            double of(int run, int canary);
        }

        private double sum(OfCanary number) {
            double sum = 0;
            for (int run = 0; run < runs.size(); run++) {
                for (int i = 0; i < runs.get(run).canaries(); i++) {
                    sum += number.of(run, i);
                }
            }
            return sum;
        }

        private double mean(boolean side, OfCanary number) {
            return sum((run, i) -> runs.get(run).isIn(i) == side ? number.of(run, i) : 0) / (side ? in : canaries - in);
        }

        /** Variance of the weighted sum of all scores, by the model. */
        private double variance(OfCanary weight) {
            double variance = 0;
            for (int run = 0; run < runs.size(); run++) {
                double[] times = weights(run, weight);
                for (SeenRelease release : runs.get(run).releases()) {
                    variance += release.imprint().squaredNorm(times) / release.variance();
                }
            }
            return variance;
        }

        private double[] weights(int run, OfCanary weight) {
            double[] times = new double[runs.get(run).canaries()];
            for (int i = 0; i < times.length; i++) {
                times[i] = weight.of(run, i) / mus.get(run)[i];
            }
            return times;
        }

        /**
         * The trace of the square of the scores' covariance R, estimated as the mean of |R x|^2 over random signs x
         * (Hutchinson 1990).
         */
        private double squaredTrace() {
            SplittableRandom random = new SplittableRandom(canaries);
            double sum = 0;
            for (int s = 0; s < SIGNS; s++) {
                for (int run = 0; run < runs.size(); run++) {
                    double[] times = weights(run, (any, i) -> random.nextBoolean() ? 1 : -1);
                    double[] image = new double[times.length];
                    for (SeenRelease release : runs.get(run).releases()) {
                        double[] spread = release.imprint().spread(times);
                        for (int i = 0; i < image.length; i++) {
                            image[i] += release.imprint().direction(i).dot(spread) / release.variance();
                        }
                    }
                    for (int i = 0; i < image.length; i++) {
                        double covered = image[i] / mus.get(run)[i];
                        sum += covered * covered;
                    }
                }
            }
            return sum / SIGNS;
        }
    }
}
