package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privateevolution.evolution.LocalSearch;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.vector.Metric;

class SpreadSearchTest {

    private static final int DIMENSION = 64;
    /** Several blocks of them. */
    private static final int POINTS = 70_000;

    @Test
    void executorsFindWhatTheDriverFinds() {
        float[] candidates = vectors(50, 1);
        float[] points = vectors(POINTS, 2);
        LocalSearch local = new LocalSearch(Metric.COSINE, DIMENSION);
        SpreadSearch spread = new SpreadSearch(TestSession.spark(), "test", local, 1);

        int[] found = spread.among(candidates).nearest(points, 1_000, POINTS - 1_000, 3);

        assertThat(found).isEqualTo(local.among(candidates).nearest(points, 1_000, POINTS - 1_000, 3));
    }

    @Test
    void oneCoreFindsWhatAllDo() {
        float[] candidates = vectors(50, 1);
        float[] points = vectors(9_000, 2);
        LocalSearch local = new LocalSearch(Metric.L2, DIMENSION);

        int[] all = local.among(candidates).nearest(points, 0, 9_000, 2);

        for (int row : new int[] {0, 4_095, 4_096, 8_999}) {
            int[] one = local.among(candidates).nearest(points, row, 1, 2);
            assertThat(one).containsExactly(all[2 * row], all[2 * row + 1]);
        }
    }

    private static float[] vectors(int rows, long seed) {
        Random random = new Random(seed);
        float[] vectors = new float[rows * DIMENSION];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        return vectors;
    }
}
