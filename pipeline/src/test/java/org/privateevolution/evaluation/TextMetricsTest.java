package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.MetricValue;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.NearestNeighborKernel;

class TextMetricsTest {

    private static final NearestNeighborKernel KERNEL = Kernels.scalar();

    @Test
    void aNearDuplicateIsAnotherVectorOfAlmostTheSameDirection() {
        // the second is four times the first, the third at 45 degrees, the fourth opposite
        float[] vectors = {1, 0, 4, 0, 1, 1, -1, 0};
        assertThat(NearDuplicates.share(KERNEL, 2, vectors, 0.99)).isEqualTo(0.5);
        assertThat(NearDuplicates.share(KERNEL, 2, vectors, 0.7)).isEqualTo(0.75);
        assertThat(NearDuplicates.share(KERNEL, 2, vectors, -1)).isEqualTo(1);
    }

    @Test
    void manyEqualVectorsAreAllNearDuplicates() {
        float[] vectors = new float[3 * 101];
        Arrays.fill(vectors, 0.5f);
        assertThat(NearDuplicates.share(KERNEL, 3, vectors, 1 - 1e-12)).isEqualTo(1);
    }

    @Test
    void oneVectorHasNoDuplicate() {
        assertThat(NearDuplicates.share(KERNEL, 2, new float[] {1, 0}, -1)).isEqualTo(0);
        assertThat(NearDuplicates.share(KERNEL, 2, new float[0], -1)).isEqualTo(0);
        assertThatThrownBy(() -> NearDuplicates.share(KERNEL, 2, new float[0], 1.5))
                .hasMessageContaining("1.5");
    }

    @Test
    void allAreInsideTheGuarantee() {
        List<MetricValue> metrics =
                TextMetrics.of(3, "mail", List.of("a b", "a c", "d"), KERNEL, 2, new float[] {1, 0, 1, 0, 0, 1});

        assertThat(metrics).allMatch(MetricValue::insideGuarantee).allMatch(m -> m.iteration() == 3);
        assertThat(metrics).extracting(MetricValue::label).containsOnly("mail");
        assertThat(metrics)
                .extracting(MetricValue::metric)
                .containsExactly("distinct_1", "distinct_2", "distinct_3", "near_duplicates");
        assertThat(metrics).extracting(MetricValue::value).containsExactly(0.8, 1.0, 0.0, 2 / 3.0);
        assertThatThrownBy(() -> TextMetrics.of(3, "", List.of("a"), KERNEL, 2, new float[3]))
                .hasMessageContaining("1 texts need 2 floats");
    }
}
