package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    @Test
    void calibrationNamesTheFasterKernelAndBothSpeeds() {
        Calibration calibration = Kernels.calibration();

        assertThat(calibration.vectorGflops()).isPositive();
        assertThat(calibration.scalarGflops()).isPositive();
        assertThat(calibration.kernel())
                .isEqualTo(calibration.vectorGflops() > calibration.scalarGflops() ? "vector" : "scalar")
                .isEqualTo(Kernels.calibrated().name());
        assertThat(calibration.reason()).startsWith(calibration.kernel() + " kernel: ");
        assertThat(calibration.seconds()).isPositive();
    }

    @Test
    void calibrationHappensOnce() {
        assertThat(Kernels.calibrated()).isSameAs(Kernels.calibrated());
        assertThat(Kernels.named("auto")).isSameAs(Kernels.calibrated());
    }

    @Test
    void namesForceKernels() {
        assertThat(Kernels.named("scalar").name()).isEqualTo("scalar");
        assertThat(Kernels.named("vector").name()).isEqualTo("vector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.named("gpu"))
                .withMessage("kernel is gpu, must be one of [auto, vector, scalar]");
    }

    @Test
    void withoutTheModuleTheScalarKernelIsChosenAndTheReasonGiven() throws Exception {
        assertThat(output(List.of()))
                .contains(
                        "scalar",
                        "scalar kernel: module jdk.incubator.vector is absent; start the JVM with"
                                + " --add-modules=jdk.incubator.vector",
                        "kernel is vector, but module jdk.incubator.vector is absent; start the JVM with"
                                + " --add-modules=jdk.incubator.vector; or let kernel be auto");
    }

    @Test
    void withTheModuleTheVectorKernelCanBeHad() throws Exception {
        assertThat(output(List.of("--add-modules=jdk.incubator.vector"))).contains("vector there");
    }

    @Test
    void tilesAreMadeForTheWidthOfTheVectors() throws Exception {
        assertThat(output(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=32")))
                .anyMatch(line -> line.matches(".*256 bits, tiles of [46] x 16\\).*"));
        assertThat(output(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=16")))
                .anyMatch(line -> line.contains("128 bits, tiles of 4 x 8)"));
    }

    @Test
    void vectorsThatAreTooShortAreNotUsed() throws Exception {
        assertThat(output(List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=8")))
                .contains(
                        "scalar kernel: vectors of 64 bits are not supported",
                        "kernel is vector, but vectors of 64 bits are not supported; or let kernel be auto");
    }

    private static List<String> output(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PrintsChoice.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
        return lines;
    }

    /** What a JVM of its own runs. */
    static final class PrintsChoice {

        private PrintsChoice() {}

        public static void main(String[] args) {
            System.out.println(Kernels.calibrated().name());
            System.out.println(Kernels.calibration().reason());
            try {
                System.out.println(Kernels.named("vector").name() + " there");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
