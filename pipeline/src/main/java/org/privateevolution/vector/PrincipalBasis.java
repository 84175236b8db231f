package org.privateevolution.vector;

import java.util.Arrays;
import java.util.Random;

/**
 * Orthonormal directions along which candidates are longest, found by a randomised subspace iteration (Halko,
 * Martinsson and Tropp 2011, algorithm 4.4) over a sample of them. Any orthonormal directions would be correct; these
 * prune the most.
 */
final class PrincipalBasis {

    private static final int SAMPLE = 1024;
    private static final int ITERATIONS = 2;
    private static final int OVERSAMPLING = 16;
    private static final int SWEEPS = 3;

    private final TileScorer scorer;
    private final float[] scratch;

    PrincipalBasis(TileScorer scorer) {
        this.scorer = scorer;
        this.scratch = new float[scorer.lanes()];
    }

    /** The largest number of directions that can be found. */
    static int mostDirections(int dimension, int candidates) {
        return Math.min(dimension, Math.min(candidates, SAMPLE));
    }

    /** The approximate number of floating-point operations needed to find {@code count} directions. */
    static double operations(int dimension, double count) {
        return 2.0 * SAMPLE * dimension * count * (2 * ITERATIONS + 1)
                + 4.0 * (ITERATIONS + 1) * count * count * dimension
                + 6.0 * SWEEPS * count * count * SAMPLE;
    }

    /**
     * Finds directions, the longest first. If the sample spans fewer than {@code count}, returns as many as it spans.
     *
     * @return rows of floats, orthonormal up to rounding
     */
    float[][] directions(CandidateRows candidates, int count) {
        int dimension = candidates.dimension();
        int size = Math.min(candidates.distinctSize(), SAMPLE);
        float[][] sample = new float[size][];
        for (int i = 0; i < size; i++) {
            int row = candidates.firstRow((int) ((long) i * candidates.distinctSize() / size));
            int at = candidates.offsetOf(row);
            sample[i] = Arrays.copyOfRange(candidates.chunkOf(row), at, at + dimension);
        }
        Random random = new Random(dimension);
        float[][] directions = new float
                [Math.min(mostDirections(dimension, candidates.distinctSize()), count + OVERSAMPLING)][dimension];
        for (float[] direction : directions) {
            for (int j = 0; j < dimension; j++) {
                direction[j] = (float) random.nextGaussian();
            }
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            directions = orthonormal(timesSquares(directions, sample));
        }
        directions = orthonormal(longestFirst(directions, sample));
        return Arrays.copyOf(directions, Math.min(count, directions.length));
    }

    private float[][] timesSquares(float[][] directions, float[][] sample) {
        float[][] products = new float[directions.length][sample[0].length];
        for (int i = 0; i < directions.length; i++) {
            for (float[] row : sample) {
                add(dot(directions[i], row), row, products[i]);
            }
        }
        return products;
    }

    /** Rayleigh-Ritz: rotates the directions so that the sample's coordinates along them are uncorrelated. */
    private float[][] longestFirst(float[][] directions, float[][] sample) {
        int count = directions.length;
        float[][] along = new float[count][sample.length];
        for (int i = 0; i < count; i++) {
            for (int n = 0; n < sample.length; n++) {
                along[i][n] = dot(directions[i], sample[n]);
            }
        }
        // One-sided Jacobi: rotates pairs of rows until they are orthogonal, and the directions with them.
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < count; i++) {
                for (int j = i + 1; j < count; j++) {
                    rotate(along[i], along[j], directions[i], directions[j]);
                }
            }
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        double[] squares = new double[count];
        Arrays.setAll(squares, i -> dot(along[i], along[i]));
        Arrays.sort(order, (i, j) -> Double.compare(squares[j], squares[i]));
        float[][] ordered = new float[count][];
        Arrays.setAll(ordered, i -> directions[order[i]]);
        return ordered;
    }

    private void rotate(float[] a, float[] b, float[] directionA, float[] directionB) {
        double aa = dot(a, a);
        double bb = dot(b, b);
        double ab = dot(a, b);
        if (Math.abs(ab) <= 1e-3 * Math.sqrt(aa * bb)) {
            return;
        }
        double zeta = (bb - aa) / (2 * ab);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        float cosine = (float) (1 / Math.sqrt(1 + t * t));
        float sine = (float) (cosine * t);
        rotate(a, b, cosine, sine);
        rotate(directionA, directionB, cosine, sine);
    }

    private static void rotate(float[] a, float[] b, float cosine, float sine) {
        for (int j = 0; j < a.length; j++) {
            float x = a[j];
            float y = b[j];
            a[j] = cosine * x - sine * y;
            b[j] = sine * x + cosine * y;
        }
    }

    /** Modified Gram-Schmidt, applied twice; drops rows that depend on the rows before them. */
    private float[][] orthonormal(float[][] rows) {
        float[][] kept = new float[rows.length][];
        int count = 0;
        for (float[] row : rows) {
            float before = dot(row, row);
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < count; i++) {
                    add(-dot(kept[i], row), kept[i], row);
                }
            }
            float after = dot(row, row);
            if (after > 1e-10f * before) {
                float scale = (float) (1 / Math.sqrt(after));
                for (int j = 0; j < row.length; j++) {
                    row[j] *= scale;
                }
                kept[count++] = row;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static void add(float factor, float[] row, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * row[j];
        }
    }

    private float dot(float[] a, float[] b) {
        return scorer.dot(a, 0, b, 0, a.length, scratch);
    }
}
