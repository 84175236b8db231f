package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

class MauveTest {

    private static final NearestNeighborKernel KERNEL = Kernels.scalar();

    @Test
    void theFrontierEqualsTheFormulaInNumpy() {
        // By numpy 2.4.6: np.trapezoid over np.linspace(1e-6, 1 - 1e-6, 25) and the two ends.
        assertArea(new long[] {10, 3, 0, 7}, new long[] {2, 9, 4, 1}, 0.19477393080388744);
        assertArea(new long[] {5, 5}, new long[] {6, 4}, 0.998354448216931);
        assertArea(new long[] {0, 1, 1}, new long[] {1, 1, 0}, 0.09257236294828276);
        assertArea(new long[] {1, 0}, new long[] {0, 1}, 0.0040720962619612555);
        assertArea(new long[] {3, 4, 5}, new long[] {6, 8, 10}, 1);
        // Without shared clusters the area is the integral of 5 w^5 (1 - w)^4.
        assertThat(Mauve.frontierArea(new long[] {1, 0}, new long[] {0, 1})).isCloseTo(1 / 252.0, within(2e-4));
    }

    @Test
    void ordersPopulationsByHowMuchTheyShare() {
        float[] real = clouds(1, 0, 1, 2, 3);
        double same = Mauve.of(KERNEL, 5, real, clouds(2, 0, 1, 2, 3), 20, 3);
        double half = Mauve.of(KERNEL, 5, real, clouds(2, 0, 1, 6, 7), 20, 3);
        double other = Mauve.of(KERNEL, 5, real, clouds(2, 8, 9, 6, 7), 20, 3);

        // Samples of 200 of one distribution over 20 clusters; fixed seeds, so it cannot fail by chance.
        assertThat(same).isGreaterThan(0.8);
        assertThat(half).isBetween(0.05, 0.6);
        assertThat(other).isLessThan(0.005);
        assertThat(Mauve.of(KERNEL, 5, real, real, 20, 3)).isCloseTo(1, within(1e-9));
    }

    @Test
    void equalSeedsGiveEqualFigures() {
        float[] a = clouds(1, 0, 1, 2, 3);
        float[] b = clouds(2, 0, 1, 2, 6);
        assertThat(Mauve.of(KERNEL, 5, a, b, 37, 11)).isEqualTo(Mauve.of(KERNEL, 5, a, b, 37, 11));
    }

    @Test
    void clustersAreWhatLiesTogether() {
        float[] vectors = clouds(1, 0, 1, 2, 3);
        int[] assigned = KMeans.assign(KERNEL, 5, vectors, 4, 5);
        for (int cloud = 0; cloud < 4; cloud++) {
            int[] members = Arrays.copyOfRange(assigned, 50 * cloud, 50 * (cloud + 1));
            assertThat(members).containsOnly(members[0]);
        }
        assertThat(Arrays.stream(assigned).distinct().count()).isEqualTo(4);
    }

    @Test
    void moreClustersThanDifferentVectorsAreNoProblem() {
        float[] vectors = {1, 1, 2, 2, 2};
        assertThat(KMeans.assign(KERNEL, 1, vectors, 9, 5)).containsOnly(0, 1);
        assertThat(Mauve.of(KERNEL, 1, vectors, vectors, 9, 5)).isCloseTo(1, within(1e-9));
    }

    @Test
    void refusesNothingToCompare() {
        float[] vectors = {1, 2};
        assertThatThrownBy(() -> Mauve.of(KERNEL, 1, vectors, new float[0], 2, 5))
                .hasMessageContaining("no vectors on one side");
        assertThatThrownBy(() -> Mauve.of(KERNEL, 1, vectors, vectors, 0, 5)).hasMessageContaining("clusters is 0");
    }

    private static void assertArea(long[] p, long[] q, double expected) {
        assertThat(Mauve.frontierArea(p, q)).isCloseTo(expected, within(1e-12));
        assertThat(Mauve.frontierArea(q, p)).isCloseTo(expected, within(0.005));
    }

    /** Fifty vectors of five components around each of some places, far apart. */
    private static float[] clouds(long seed, int... places) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vectors = new float[places.length * 50 * 5];
        for (int i = 0; i < vectors.length; i++) {
            int place = places[i / 250];
            vectors[i] = 40 * (i % 5 == place % 5 ? 1 + place : 0) + (float) random.nextGaussian();
        }
        return vectors;
    }
}
