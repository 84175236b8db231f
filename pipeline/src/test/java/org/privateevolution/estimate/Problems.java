package org.privateevolution.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random problems, and the objective written out as slowly as it is defined. */
final class Problems {

    static final Tolerance EXACT = new Tolerance(1e-7, 20_000);

    private Problems() {}

    static Estimate explain(Points points, ReleasedCounts... releases) {
        return Estimator.explain(points, List.of(releases), Duals.none(), EXACT);
    }

    static double[] ones(int points) {
        double[] ones = new double[points];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[] uniform(RandomGenerator random, int points) {
        return random.doubles(points).toArray();
    }

    static int[] cells(RandomGenerator random, int points, int cells) {
        return random.ints(points, Partition.NO_CELL, cells).toArray();
    }

    /** Rows of the partition as a full matrix, {@code [cell][point]}, by predicting each point alone. */
    static double[][] matrix(Partition partition) {
        double[][] matrix = new double[partition.cells()][partition.points()];
        for (int i = 0; i < partition.points(); i++) {
            double[] alone = new double[partition.points()];
            alone[i] = 1;
            double[] column = partition.sums(alone);
            for (int cell = 0; cell < column.length; cell++) {
                matrix[cell][i] = column[cell];
            }
        }
        return matrix;
    }

    /** Equation (1) of the package, for totals that the weights need not meet. */
    static double objective(Points points, List<ReleasedCounts> releases, double[] scales, double[] weights) {
        double objective = 0;
        for (int r = 0; r < releases.size(); r++) {
            double[][] matrix = matrix(releases.get(r).partition());
            for (int cell = 0; cell < matrix.length; cell++) {
                double predicted = 0;
                for (int i = 0; i < weights.length; i++) {
                    predicted += scales[r] * matrix[cell][i] * weights[i];
                }
                objective += Math.pow(
                                (predicted - releases.get(r).count(cell))
                                        / releases.get(r).sigma(),
                                2)
                        / 2;
            }
        }
        for (int label = 0; label < points.labels(); label++) {
            double sum = 0;
            double mass = 0;
            for (int i = 0; i < weights.length; i++) {
                if (points.label(i) == label) {
                    sum += weights[i];
                    mass += points.prior(i);
                }
            }
            for (int i = 0; i < weights.length; i++) {
                if (points.label(i) == label && weights[i] > 0) {
                    objective += weights[i] * Math.log(weights[i] / sum / (points.prior(i) / mass));
                }
            }
            if (points.total(label) instanceof Total.Noisy noisy) {
                objective += Math.pow((sum - noisy.sum()) / noisy.sigma(), 2) / 2;
            }
        }
        return objective;
    }

    /**
     * The derivative of the objective in each weight, for points with weight, if totals are free. If they are known, a
     * constant that is the same for all points of a label has no effect.
     */
    static double[] gradient(Points points, List<ReleasedCounts> releases, double[] scales, double[] weights) {
        double[] gradient = new double[weights.length];
        double[] sums = points.sums(weights);
        double[] prior = new double[weights.length];
        Arrays.setAll(prior, points::prior);
        double[] masses = points.sums(prior);
        for (int i = 0; i < weights.length; i++) {
            int label = points.label(i);
            gradient[i] = Math.log(weights[i] / sums[label] / (prior[i] / masses[label]));
            if (points.total(label) instanceof Total.Noisy noisy) {
                gradient[i] += (sums[label] - noisy.sum()) / (noisy.sigma() * noisy.sigma());
            }
        }
        for (int r = 0; r < releases.size(); r++) {
            ReleasedCounts release = releases.get(r);
            double[][] matrix = matrix(release.partition());
            double[] predicted = release.partition().sums(weights);
            for (int cell = 0; cell < matrix.length; cell++) {
                double residual = (scales[r] * predicted[cell] - release.count(cell)) / Math.pow(release.sigma(), 2);
                for (int i = 0; i < weights.length; i++) {
                    gradient[i] += scales[r] * matrix[cell][i] * residual;
                }
            }
        }
        return gradient;
    }

    /** Releases of all kinds over the points: partitions, neighbours and shares; counts of any sign. */
    static List<ReleasedCounts> random(
            RandomGenerator random, int points, int releases, double size, boolean freeScales) {
        List<ReleasedCounts> made = new ArrayList<>();
        for (int r = 0; r < releases; r++) {
            int cells = 2 + random.nextInt(5);
            Partition partition =
                    switch (r % 3) {
                        case 0 -> Partition.of(cells, cells(random, points, cells));
                        case 1 -> Partition.ofNeighbors(cells, 3, cells(random, 3 * points, cells));
                        default ->
                            Partition.ofShares(cells, 2, cells(random, 2 * points, cells), uniform(random, 2 * points));
                    };
            double sigma = size * Math.exp(random.nextGaussian() - 2);
            double[] counts = random.doubles(cells, -size / 4, size).toArray();
            made.add(
                    freeScales
                            ? ReleasedCounts.ofFreeScale(partition, counts, sigma)
                            : ReleasedCounts.of(partition, counts, sigma));
        }
        return made;
    }
}
