package org.privateevolution.evaluation.outside;

import java.io.Serializable;

/**
 * Mean and covariance of vectors. They are the same, up to rounding, however the vectors are split into parts that are
 * merged (Chan, Golub and LeVeque 1983, "Algorithms for Computing the Sample Variance").
 */
public final class GaussianMoments implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int BLOCK_ROWS = 64;

    private final int dimension;
    private long count;
    private final double[] mean;
    /** Sums of products of deviations from the mean: row i from its i-th component on, one row after another. */
    private final double[] products;

    /**
     * @param dimension number of floats per vector, at least 1; takes 4 bytes times its square
     */
    public GaussianMoments(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + ", must be 1 or greater");
        }
        this.dimension = dimension;
        this.mean = new double[dimension];
        this.products = new double[Math.toIntExact((long) dimension * (dimension + 1) / 2)];
    }

    /**
     * The moments of vectors.
     *
     * @param vectors row-major
     */
    public static GaussianMoments of(int dimension, float[] vectors) {
        GaussianMoments moments = new GaussianMoments(dimension);
        moments.add(vectors, 0, vectors.length / dimension);
        return moments;
    }

    public int dimension() {
        return dimension;
    }

    public long count() {
        return count;
    }

    /**
     * Adds vectors.
     *
     * @param vectors row-major
     * @param firstRow first row to add
     * @param rows number of rows to add
     */
    public void add(float[] vectors, int firstRow, int rows) {
        if (firstRow < 0 || rows < 0 || ((long) firstRow + rows) * dimension > vectors.length) {
            throw new IllegalArgumentException("rows " + firstRow + " to " + ((long) firstRow + rows)
                    + " do not lie within " + vectors.length + " floats of dimension " + dimension);
        }
        // Four rows per pass; rows of zeros fill up the last pass.
        double[][] block = new double[BLOCK_ROWS][dimension];
        for (int done = 0; done < rows; done += BLOCK_ROWS) {
            int size = Math.min(BLOCK_ROWS, rows - done);
            addBlock(vectors, (firstRow + done) * dimension, size, block);
        }
    }

    /** Adds all vectors of another part. */
    public void merge(GaussianMoments other) {
        if (other.dimension != dimension) {
            throw new IllegalArgumentException(
                    "dimensions differ: " + dimension + " and " + other.dimension + " of the part to merge");
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        shift(other.mean.clone(), other.count);
    }

    double mean(int i) {
        return mean[i];
    }

    /** The unbiased covariance: products of deviations divided by the count minus one. */
    double covariance(int i, int j) {
        int row = Math.min(i, j);
        return products[rowAt(row) + Math.max(i, j) - row] / (count - 1);
    }

    private void addBlock(float[] vectors, int from, int size, double[][] block) {
        double[] blockMean = new double[dimension];
        for (int row = 0; row < size; row++) {
            for (int j = 0; j < dimension; j++) {
                blockMean[j] += vectors[from + row * dimension + j];
            }
        }
        for (int j = 0; j < dimension; j++) {
            blockMean[j] /= size;
        }
        for (int row = 0; row < BLOCK_ROWS; row++) {
            for (int j = 0; j < dimension; j++) {
                block[row][j] = row < size ? vectors[from + row * dimension + j] - blockMean[j] : 0;
            }
        }
        for (int i = 0; i < dimension; i++) {
            for (int row = 0; row < size; row += 4) {
                addProducts(i, block[row], block[row + 1], block[row + 2], block[row + 3]);
            }
        }
        shift(blockMean, size);
    }

    private void addProducts(int i, double[] a, double[] b, double[] c, double[] d) {
        int at = rowAt(i) - i;
        double ai = a[i];
        double bi = b[i];
        double ci = c[i];
        double di = d[i];
        for (int j = i; j < dimension; j++) {
            products[at + j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
        }
    }

    /** Accounts for a part whose products have been added already; changes {@code partMean}. */
    private void shift(double[] partMean, long partCount) {
        if (partCount == 0) {
            return;
        }
        double total = (double) count + partCount;
        double weight = count * (partCount / total);
        for (int j = 0; j < dimension; j++) {
            partMean[j] -= mean[j];
        }
        for (int i = 0; i < dimension; i++) {
            int at = rowAt(i) - i;
            double scaled = weight * partMean[i];
            for (int j = i; j < dimension; j++) {
                products[at + j] += scaled * partMean[j];
            }
        }
        for (int j = 0; j < dimension; j++) {
            mean[j] += partMean[j] * (partCount / total);
        }
        count += partCount;
    }

    private int rowAt(int i) {
        return (int) ((long) i * dimension - (long) i * (i - 1) / 2);
    }
}
