package org.privateevolution.evaluation.outside;

import java.util.Arrays;

/**
 * Computes singular values without vectors. Householder reflections make the matrix bidiagonal (Golub and Van Loan,
 * Matrix Computations, 4th ed., algorithm 5.4.2). The singular values of a bidiagonal matrix are the positive
 * eigenvalues of the tridiagonal one that has zeros on its diagonal and the bidiagonal's entries beside it, in the
 * order d1 e1 d2 e2 ... (section 8.6.1). Nothing is squared, so the error of the smallest values is the rounding of the
 * largest.
 */
final class SingularValues {

    private SingularValues() {}

    /**
     * The sum of a matrix's singular values.
     *
     * @param rows overwritten; at least as many as columns, all of one length
     */
    static double sum(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            return 0;
        }
        double[] beside = bidiagonal(rows);
        double[] eigenvalues = TridiagonalEigenvalues.of(new double[beside.length + 1], beside);
        double sum = 0;
        for (double eigenvalue : eigenvalues) {
            sum += Math.abs(eigenvalue);
        }
        // Each singular value occurs twice, with either sign.
        return sum / 2;
    }

    /** Diagonal and superdiagonal entries alternately. */
    private static double[] bidiagonal(double[][] a) {
        int columns = a[0].length;
        double[] result = new double[2 * columns - 1];
        double[] left = new double[a.length];
        double[] products = new double[columns];
        double[] right = new double[columns];
        for (int k = 0; k < columns; k++) {
            for (int i = k; i < a.length; i++) {
                left[i] = a[i][k];
            }
            result[2 * k] = reflector(left, k, a.length);
            multiply(a, left, k, products);
            // Row k first, because the right reflection is computed from it; then both reflections in one pass.
            subtract(a[k], left[k], products, k + 1);
            if (k + 1 < columns) {
                System.arraycopy(a[k], k + 1, right, k + 1, columns - k - 1);
                result[2 * k + 1] = reflector(right, k + 1, columns);
            }
            for (int i = k + 1; i < a.length; i++) {
                subtract(a[i], left[i], products, k + 1);
                subtract(a[i], dot(a[i], right, k + 1), right, k + 1);
            }
        }
        return result;
    }

    /**
     * Replaces x by v, of squared length 2, such that I - v v' maps x to a multiple of the first unit vector; v is 0 if
     * there is nothing to reflect.
     *
     * @return the multiple
     */
    private static double reflector(double[] x, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        if (largest == 0) {
            return 0;
        }
        double squares = 0;
        for (int i = from; i < to; i++) {
            x[i] /= largest;
            squares += x[i] * x[i];
        }
        double norm = Math.copySign(Math.sqrt(squares), x[from]);
        // v = (x + norm e1) scaled: its squared length is 2 norm (norm + x1).
        double scale = Math.sqrt(norm * (norm + x[from]));
        x[from] += norm;
        for (int i = from; i < to; i++) {
            x[i] /= scale;
        }
        return -norm * largest;
    }

    /** products = v' a, for the columns after k and the rows from k. */
    private static void multiply(double[][] a, double[] v, int k, double[] products) {
        Arrays.fill(products, 0);
        int i = k;
        for (; i <= a.length - 4; i += 4) {
            addFour(products, k + 1, v[i], a[i], v[i + 1], a[i + 1], v[i + 2], a[i + 2], v[i + 3], a[i + 3]);
        }
        for (; i < a.length; i++) {
            subtract(products, -v[i], a[i], k + 1);
        }
    }

    private static void addFour(
            double[] sums,
            int from,
            double v0,
            double[] a0,
            double v1,
            double[] a1,
            double v2,
            double[] a2,
            double v3,
            double[] a3) {
        for (int j = from; j < sums.length; j++) {
            sums[j] += v0 * a0[j] + v1 * a1[j] + v2 * a2[j] + v3 * a3[j];
        }
    }

    private static void subtract(double[] row, double factor, double[] vector, int from) {
        for (int j = from; j < row.length; j++) {
            row[j] -= factor * vector[j];
        }
    }

    private static double dot(double[] a, double[] b, int from) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j <= a.length - 4; j += 4) {
            s0 += a[j] * b[j];
            s1 += a[j + 1] * b[j + 1];
            s2 += a[j + 2] * b[j + 2];
            s3 += a[j + 3] * b[j + 3];
        }
        for (; j < a.length; j++) {
            s0 += a[j] * b[j];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
