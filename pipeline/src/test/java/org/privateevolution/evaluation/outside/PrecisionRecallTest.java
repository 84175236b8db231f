package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

class PrecisionRecallTest {

    private static final NearestNeighborKernel KERNEL = Kernels.scalar();

    @Test
    void ballsReachToTheKthNearestOtherPointRimIncluded() {
        // Radii 1, 1, 2 and 7 for k = 1: together from -1 to 17.
        KnnManifold manifold = KnnManifold.of(KERNEL, 1, new float[] {0, 1, 3, 10}, 1);
        assertThat(manifold.countInside(new float[] {-1, -0.5f, 5, 17})).isEqualTo(4);
        assertThat(manifold.countInside(new float[] {-1.001f, 17.001f})).isEqualTo(0);

        // Radii 3, 2, 3 and 9 for k = 2: together from -3 to 19.
        KnnManifold wider = KnnManifold.of(KERNEL, 1, new float[] {0, 1, 3, 10}, 2);
        assertThat(wider.countInside(new float[] {-3, 19})).isEqualTo(2);
        assertThat(wider.countInside(new float[] {-3.01f, 19.01f})).isEqualTo(0);
    }

    @Test
    void aPointAmongEqualOnesHasABallOfNoSize() {
        float[] equal = new float[2 * 41];
        Arrays.fill(equal, 0.1f);
        KnnManifold manifold = KnnManifold.of(KERNEL, 2, equal, 3);
        assertThat(manifold.countInside(new float[] {0.1f, 0.1f, 0.1f, 0.10001f}))
                .isEqualTo(1);
    }

    @Test
    void precisionSeesWhatIsWrongAndRecallWhatIsMissing() {
        float[] real = {0, 1, 2, 3, 100, 101, 102, 103};
        float[] half = {0.5f, 1.5f, 2.5f, 3.5f, 0.25f, 1.25f, 2.25f, 3.25f};
        PrecisionRecall collapsed = PrecisionRecall.of(KERNEL, 1, real, half, 2);
        assertThat(collapsed.precision()).isEqualTo(1);
        assertThat(collapsed.recall()).isEqualTo(0.5);

        float[] tooWide = {0, 1, 2, 3, 100, 101, 102, 103, 5000, 5001, 5002, 5003};
        PrecisionRecall invented = PrecisionRecall.of(KERNEL, 1, real, tooWide, 2);
        assertThat(invented.precision()).isEqualTo(8 / 12.0);
        assertThat(invented.recall()).isEqualTo(1);

        assertThat(PrecisionRecall.of(KERNEL, 1, real, real, 2)).isEqualTo(new PrecisionRecall(1, 1));
    }

    @Test
    void agreesWithBallsLookedAtOneByOne() {
        int dimension = 17;
        for (int k : new int[] {1, 3, 31}) {
            float[] points = random(211, dimension, 7);
            float[] queries = random(1031, dimension, 8);
            int inside = KnnManifold.of(KERNEL, dimension, points, k).countInside(queries);
            assertThat(inside).isEqualTo(countOneByOne(dimension, points, queries, k));
            // Neither none nor all, so that the comparison means something.
            assertThat(inside).isBetween(30, 1025);
        }
    }

    @Test
    void refusesNeighborsThatAreNotThere() {
        assertThatThrownBy(() -> KnnManifold.of(KERNEL, 1, new float[] {0, 1, 2}, 3))
                .hasMessageContaining("k is 3, must be 1 to 2 for 3 vectors");
        assertThatThrownBy(() -> KnnManifold.of(KERNEL, 1, new float[100], 32)).hasMessageContaining("1 to 31");
    }

    private static int countOneByOne(int dimension, float[] points, float[] queries, int k) {
        int count = points.length / dimension;
        double[] radii = new double[count];
        for (int i = 0; i < count; i++) {
            double[] distances = new double[count];
            for (int j = 0; j < count; j++) {
                distances[j] = squaredDistance(dimension, points, i, points, j);
            }
            Arrays.sort(distances);
            radii[i] = distances[k];
        }
        int inside = 0;
        for (int query = 0; query < queries.length / dimension; query++) {
            for (int i = 0; i < count; i++) {
                if (squaredDistance(dimension, queries, query, points, i) <= radii[i]) {
                    inside++;
                    break;
                }
            }
        }
        return inside;
    }

    private static double squaredDistance(int dimension, float[] a, int i, float[] b, int j) {
        return -Metric.L2.score(a, i * dimension, b, j * dimension, dimension);
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
