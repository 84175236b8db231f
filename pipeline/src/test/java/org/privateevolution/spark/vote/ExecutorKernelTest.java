package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.vector.Kernels;

class ExecutorKernelTest {

    private static final double SMALL = 1e6;

    @Test
    void theKernelIsMeasuredOnlyIfThatPays() {
        double before = ExecutorKernel.searches();
        try {
            ExecutorKernel.searched(-before);
            assertThat(ExecutorKernel.named("auto", SMALL).name()).isEqualTo("scalar");
            assertThat(ExecutorKernel.named("auto", Double.POSITIVE_INFINITY).name())
                    .isEqualTo(Kernels.calibrated().name());
            ExecutorKernel.searched(1e10);
            assertThat(ExecutorKernel.named("auto", SMALL).name())
                    .isEqualTo(Kernels.calibrated().name());
            ExecutorKernel.searched(-1e10);
        } finally {
            ExecutorKernel.searched(before);
        }
    }

    @Test
    void aKernelThatIsAskedForIsTaken() {
        for (String name : List.of("vector", "scalar")) {
            assertThat(ExecutorKernel.named(name, SMALL).name()).isEqualTo(name);
        }
    }
}
