package org.privateevolution.evaluation.outside;

/**
 * The squared Fréchet distance between Gaussians fitted to embeddings, as in FID (Heusel et al. 2017):
 * {@code |m1 - m2|^2 + tr(C1) + tr(C2) - 2 tr((C1 C2)^(1/2))} (Dowson and Landau 1982).
 *
 * <p>With C1 = L1 L1' and C2 = L2 L2' the last trace is the sum of the singular values of L1' L2, which needs no matrix
 * root and stays exact if covariances are singular.
 */
public final class FrechetDistance {

    private FrechetDistance() {}

    /**
     * The squared distance; at least 0 up to rounding.
     *
     * @throws IllegalArgumentException if dimensions differ, either side has fewer than two vectors, or an entry is not
     *     finite
     */
    public static double between(GaussianMoments a, GaussianMoments b) {
        int dimension = a.dimension();
        if (b.dimension() != dimension) {
            throw new IllegalArgumentException("dimensions differ: " + dimension + " and " + b.dimension());
        }
        if (a.count() < 2 || b.count() < 2) {
            throw new IllegalArgumentException("fewer than two vectors on one side have no covariance: add some");
        }
        double apart = 0;
        double traces = 0;
        for (int i = 0; i < dimension; i++) {
            double difference = a.mean(i) - b.mean(i);
            apart += difference * difference;
            traces += a.covariance(i, i) + b.covariance(i, i);
        }
        if (!Double.isFinite(apart + traces)) {
            throw new IllegalArgumentException("a vector holds NaN or infinity: it has no distance");
        }
        double[][] rootA = CovarianceRoot.of(a);
        double[][] rootB = CovarianceRoot.of(b);
        double[][] product = rootA.length >= rootB.length ? product(rootA, rootB) : product(rootB, rootA);
        return apart + traces - 2 * SingularValues.sum(product);
    }

    /** The inner products of all rows of {@code a} with all rows of {@code b}. */
    private static double[][] product(double[][] a, double[][] b) {
        double[][] transposed = transposed(b);
        double[][] product = new double[a.length][b.length];
        int row = 0;
        for (; row <= a.length - 4; row += 4) {
            for (int i = 0; i < transposed.length; i++) {
                addToFour(product, row, a[row][i], a[row + 1][i], a[row + 2][i], a[row + 3][i], transposed[i]);
            }
        }
        for (; row < a.length; row++) {
            for (int i = 0; i < transposed.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    product[row][j] += a[row][i] * transposed[i][j];
                }
            }
        }
        return product;
    }

    private static void addToFour(
            double[][] product, int row, double a0, double a1, double a2, double a3, double[] column) {
        double[] p0 = product[row];
        double[] p1 = product[row + 1];
        double[] p2 = product[row + 2];
        double[] p3 = product[row + 3];
        for (int j = 0; j < column.length; j++) {
            double b = column[j];
            p0[j] += a0 * b;
            p1[j] += a1 * b;
            p2[j] += a2 * b;
            p3[j] += a3 * b;
        }
    }

    private static double[][] transposed(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[][] transposed = new double[columns][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j][i] = rows[i][j];
            }
        }
        return transposed;
    }
}
