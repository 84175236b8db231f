package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrechetDistanceTest {

    /** The last column by mpmath 1.4.1 with 60 digits: mpmath.svd_r of the product of both centred matrices. */
    @ParameterizedTest
    @CsvSource({
        "41, 53, 7, 0.63126674610148472",
        "97, 101, 13, 6.6293160721099898",
        "5, 7, 11, 20.395841755056673",
        "3, 40, 5, 6.6826383797112013",
    })
    void equalsSixtyDigitsWithFullAndDeficientRank(int rows, int otherRows, int dimension, double expected) {
        float[] a = madeUp(rows, dimension, 5, 11, 3);
        float[] b = madeUp(otherRows, dimension, 7, 3, 5);
        assertThat(distance(dimension, a, b)).isCloseTo(expected, within(1e-12));
        assertThat(distance(dimension, b, a)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void isZeroBetweenEqualSetsOfAnyRank() {
        for (int rows : new int[] {2, 5, 37, 401}) {
            float[] vectors = madeUp(rows, 37, 5, 11, 3);
            double size = trace(moments(37, vectors));
            assertThat(distance(37, vectors, vectors)).isCloseTo(0, within(1e-12 * size));
        }
        // The twin: one changed vector must show.
        float[] changed = madeUp(401, 37, 5, 11, 3);
        changed[17] += 3;
        assertThat(distance(37, madeUp(401, 37, 5, 11, 3), changed)).isGreaterThan(1e-5);
    }

    @Test
    void isKnownForGaussiansThatDifferByScaleAndPlace() {
        // For C and 4 C the traces leave tr(C); the means are 3 + m apart.
        int dimension = 11;
        float[] a = madeUp(211, dimension, 5, 11, 3);
        float[] b = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            b[i] = 2 * a[i] + 3;
        }
        GaussianMoments moments = moments(dimension, a);
        double expected = trace(moments);
        for (int j = 0; j < dimension; j++) {
            expected += Math.pow(moments.mean(j) + 3, 2);
        }
        assertThat(distance(dimension, a, b)).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void isKnownForIndependentComponents() {
        // The root mean squares of the deviations differ by component: sum of (s1 - s2)^2.
        float[] a = {-1, 0, 1, 0, 0, -2, 0, 2};
        float[] b = {-3, 0, 3, 0, 0, -1, 0, 1};
        double variance = 2 / 3.0;
        double expected = variance * (Math.pow(1 - 3, 2) + Math.pow(2 - 1, 2));
        assertThat(distance(2, a, b)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void doesNotChangeUnderRotationAndTranslation() {
        int dimension = 5;
        float[] a = madeUp(61, dimension, 5, 11, 3);
        float[] b = madeUp(67, dimension, 7, 3, 5);
        assertThat(distance(dimension, moved(a, dimension), moved(b, dimension)))
                .isCloseTo(distance(dimension, a, b), within(1e-9));
    }

    @Test
    void isTheSameHoweverThePartsWereMerged() {
        int dimension = 13;
        float[] vectors = madeUp(307, dimension, 5, 11, 3);
        for (int i = 0; i < vectors.length; i++) {
            // Far from zero, where naive sums of squares would cancel.
            vectors[i] += 1000;
        }
        GaussianMoments whole = moments(dimension, vectors);
        GaussianMoments parts = new GaussianMoments(dimension);
        int from = 0;
        for (int size : new int[] {0, 1, 2, 63, 64, 65, 112}) {
            GaussianMoments part = new GaussianMoments(dimension);
            part.add(vectors, from, size);
            parts.merge(part);
            from += size;
        }
        assertThat(from).isEqualTo(307);
        assertThat(parts.count()).isEqualTo(307);
        for (int i = 0; i < dimension; i++) {
            assertThat(parts.mean(i)).isCloseTo(whole.mean(i), within(1e-10));
            for (int j = 0; j < dimension; j++) {
                assertThat(parts.covariance(i, j)).isCloseTo(whole.covariance(i, j), within(1e-10));
                assertThat(whole.covariance(i, j)).isCloseTo(naiveCovariance(vectors, dimension, i, j), within(1e-9));
            }
        }
    }

    @Test
    void partsTravelBetweenMachines() throws Exception {
        GaussianMoments part = moments(3, madeUp(17, 3, 5, 11, 3));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(part);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            GaussianMoments copy = (GaussianMoments) in.readObject();
            assertThat(copy.count()).isEqualTo(17);
            assertThat(copy.covariance(1, 2)).isEqualTo(part.covariance(1, 2));
        }
    }

    @Test
    void handlesTheDimensionOfSentenceEmbeddings() {
        int dimension = 384;
        float[] a = random(1001, dimension, 1);
        float[] b = random(907, dimension, 2);
        for (int i = 0; i < b.length; i++) {
            b[i] = 0.5f * b[i] + 0.01f;
        }
        // C and C / 4 would leave tr(C) / 4 and 384 times 1e-4; the two samples' own noise adds to it.
        double distance = distance(dimension, a, b);
        assertThat(distance).isBetween(0.25 * dimension, 0.6 * dimension);
        assertThat(distance(dimension, a, a)).isCloseTo(0, within(1e-9));
    }

    @Test
    void refusesWhatHasNoCovariance() {
        GaussianMoments one = moments(2, new float[] {1, 2});
        GaussianMoments two = moments(2, new float[] {1, 2, 3, 4});
        assertThatThrownBy(() -> FrechetDistance.between(one, two)).hasMessageContaining("fewer than two");
        assertThatThrownBy(() -> FrechetDistance.between(two, moments(1, new float[] {1, 2})))
                .hasMessageContaining("dimensions differ");
        assertThatThrownBy(() -> FrechetDistance.between(two, moments(2, new float[] {1, 2, 3, Float.NaN})))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> two.merge(new GaussianMoments(3))).hasMessageContaining("dimensions differ");
        assertThatThrownBy(() -> two.add(new float[4], 1, 2)).hasMessageContaining("rows 1 to 3");
        assertThatThrownBy(() -> new GaussianMoments(0)).hasMessageContaining("dimension is 0");
    }

    @Test
    void singularValuesOfKnownMatrices() {
        assertThat(SingularValues.sum(new double[][] {{3, 0}, {0, -4}, {0, 0}})).isCloseTo(7, within(1e-14));
        assertThat(SingularValues.sum(new double[][] {{3, 4}, {6, 8}})).isCloseTo(Math.sqrt(125), within(1e-13));
        assertThat(SingularValues.sum(new double[][] {{-2}, {1}, {2}})).isCloseTo(3, within(1e-14));
        assertThat(SingularValues.sum(new double[][] {{0, 0}, {0, 0}})).isEqualTo(0);
        assertThat(SingularValues.sum(new double[0][])).isEqualTo(0);
        double[] eigenvalues = TridiagonalEigenvalues.of(new double[] {2, 2, 2}, new double[] {-1, -1});
        Arrays.sort(eigenvalues);
        assertThat(eigenvalues).containsExactly(new double[] {2 - Math.sqrt(2), 2, 2 + Math.sqrt(2)}, within(1e-14));
    }

    private static double distance(int dimension, float[] a, float[] b) {
        return FrechetDistance.between(moments(dimension, a), moments(dimension, b));
    }

    private static GaussianMoments moments(int dimension, float[] vectors) {
        GaussianMoments moments = new GaussianMoments(dimension);
        moments.add(vectors, 0, vectors.length / dimension);
        return moments;
    }

    private static double trace(GaussianMoments moments) {
        double trace = 0;
        for (int i = 0; i < moments.dimension(); i++) {
            trace += moments.covariance(i, i);
        }
        return trace;
    }

    private static double naiveCovariance(float[] vectors, int dimension, int i, int j) {
        int rows = vectors.length / dimension;
        double meanI = 0;
        double meanJ = 0;
        for (int row = 0; row < rows; row++) {
            meanI += vectors[row * dimension + i] / (double) rows;
            meanJ += vectors[row * dimension + j] / (double) rows;
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += (vectors[row * dimension + i] - meanI) * (vectors[row * dimension + j] - meanJ);
        }
        return sum / (rows - 1);
    }

    /** Turns neighbouring components by right angles, which is exact, and moves all. */
    private static float[] moved(float[] vectors, int dimension) {
        float[] moved = vectors.clone();
        for (int at = 0; at < moved.length; at += dimension) {
            for (int j = 0; j + 1 < dimension; j++) {
                float x = moved[at + j];
                float y = moved[at + j + 1];
                moved[at + j] = -y;
                moved[at + j + 1] = x;
            }
            for (int j = 0; j < dimension; j++) {
                moved[at + j] += 4;
            }
        }
        return moved;
    }

    /** Multiples of 1/8 by a formula that a reference can repeat. */
    private static float[] madeUp(int rows, int dimension, int byRow, int byColumn, int byBoth) {
        float[] vectors = new float[rows * dimension];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < dimension; j++) {
                vectors[i * dimension + j] = (i * byRow + j * byColumn + i * j * byBoth) % 29 / 8f - 1.5f;
            }
        }
        return vectors;
    }

    private static float[] random(int rows, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vectors = new float[rows * dimension];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        return vectors;
    }
}
