package org.privateevolution.evaluation.outside;

import java.util.Arrays;

/**
 * Vectors l whose outer products add up to a covariance: its Cholesky factor with complete pivoting (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd ed., section 10.3), which ends at the covariance's rank.
 */
final class CovarianceRoot {

    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private CovarianceRoot() {}

    /** The vectors, as many as the rank, each as long as the covariance's side. */
    static double[][] of(GaussianMoments moments) {
        int dimension = moments.dimension();
        double[] left = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            left[i] = moments.covariance(i, i);
        }
        double negligible =
                dimension * UNIT_ROUNDOFF * Arrays.stream(left).max().orElse(0);
        double[][] root = new double[dimension][];
        for (int rank = 0; rank < dimension; rank++) {
            int pivot = largest(left);
            if (!(left[pivot] > negligible)) {
                return Arrays.copyOf(root, rank);
            }
            root[rank] = column(moments, root, rank, pivot, Math.sqrt(left[pivot]));
            for (int i = 0; i < dimension; i++) {
                left[i] -= root[rank][i] * root[rank][i];
            }
            left[pivot] = 0;
        }
        return root;
    }

    private static double[] column(GaussianMoments moments, double[][] root, int rank, int pivot, double scale) {
        double[] column = new double[moments.dimension()];
        for (int i = 0; i < column.length; i++) {
            column[i] = moments.covariance(pivot, i);
        }
        for (int k = 0; k < rank; k++) {
            subtract(column, root[k][pivot], root[k]);
        }
        for (int i = 0; i < column.length; i++) {
            column[i] /= scale;
        }
        return column;
    }

    private static void subtract(double[] column, double factor, double[] vector) {
        for (int i = 0; i < column.length; i++) {
            column[i] -= factor * vector[i];
        }
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
