package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassifierTest {

    private static final int DIMENSION = 7;
    private static final int ROWS = 401;

    /** Rows whose class is the quadrant of their first two components, which no line tells apart. */
    private static float[] vectors(long seed, int[] labels) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vectors = new float[ROWS * DIMENSION];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < DIMENSION; j++) {
                vectors[row * DIMENSION + j] = 5 + (float) random.nextGaussian() / (j < 2 ? 1 : 10);
            }
            boolean right = vectors[row * DIMENSION] > 5;
            boolean up = vectors[row * DIMENSION + 1] > 5;
            labels[row] = right == up ? 0 : right ? 1 : 2;
        }
        return vectors;
    }

    /** Deterministic by its seed. */
    @Test
    void itLearnsWhatNoLineTellsApart() {
        int[] labels = new int[ROWS];
        float[] vectors = vectors(1, labels);
        int[] otherLabels = new int[ROWS];
        float[] others = vectors(2, otherLabels);

        Classifier classifier = Classifier.train(DIMENSION, 3, vectors, labels, 7);

        assertThat(classifier.accuracy(others, otherLabels)).isGreaterThan(0.93);
        assertThat(Classifier.train(DIMENSION, 3, vectors, labels, 7).accuracy(others, otherLabels))
                .isEqualTo(classifier.accuracy(others, otherLabels));
    }

    /** The twin: labels that have nothing to do with the vectors are not learnt. */
    @Test
    void itCannotLearnWhatIsNotThere() {
        int[] labels = new int[ROWS];
        float[] vectors = vectors(1, labels);
        int[] otherLabels = new int[ROWS];
        float[] others = vectors(2, otherLabels);
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(3);
        }

        assertThat(Classifier.train(DIMENSION, 3, vectors, labels, 7).accuracy(others, otherLabels))
                .isLessThan(0.6);
    }

    @Test
    void equalVectorsAreNoFailure() {
        int[] labels = {0, 1, 0};

        assertThat(Classifier.train(2, 2, new float[6], labels, 1).accuracy(new float[6], labels))
                .isBetween(0.3, 0.7);
    }

    @Test
    void vectorsAndLabelsMustFit() {
        assertThatThrownBy(() -> Classifier.train(3, 2, new float[7], new int[2], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Classifier.train(3, 2, new float[0], new int[0], 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
