package org.privateevolution.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WrightOmegaTest {

    @Test
    void solvesItsEquationFromTheSmallestToTheLargestArguments() {
        for (double z = -700; z < 700; z += 0.173) {
            double w = WrightOmega.of(z);
            assertThat(w + Math.log(w)).as("z = %s", z).isCloseTo(z, within(4e-15 * Math.max(1, Math.abs(z))));
        }
        for (double z : new double[] {1e3, 1e9, 1e18, 1e300}) {
            assertThat(WrightOmega.of(z) + Math.log(z)).isCloseTo(z, within(1e-2 + 1e-15 * z));
        }
    }

    @Test
    void isOneAtOneAndLambertsConstantAtZero() {
        assertThat(WrightOmega.of(1)).isEqualTo(1);
        assertThat(WrightOmega.of(0)).isCloseTo(0.567143290409783872999968, within(3e-16));
        assertThat(WrightOmega.of(-1e6)).isZero();
    }

    @Test
    void neverDecreases() {
        double before = 0;
        for (double z = -45; z < 45; z += 1e-3) {
            double w = WrightOmega.of(z);
            assertThat(w).isGreaterThanOrEqualTo(before * (1 - 1e-15));
            before = w;
        }
    }

    @Test
    void theStepSolvesItsEquationWhereEitherTermIsLost() {
        for (double sum : new double[] {1e-12, 1, 1e9}) {
            for (double kappa : new double[] {1e-6, 1, 1e12}) {
                for (double rest : new double[] {-1e6, -1, 0, 1, 1e6}) {
                    double t = DualStep.of(sum, rest, kappa);
                    double size = sum * Math.exp(t) + kappa * Math.abs(t) + Math.abs(rest);
                    // A rounding of t, or of the two parts it is the difference of, is all that may be lost.
                    double lost = 1e-15 * (size + (sum * Math.exp(t) + kappa) * (40 + Math.abs(rest / kappa)));
                    assertThat(sum * Math.exp(t) + kappa * t)
                            .as("%s e^t + %s t = %s", sum, kappa, rest)
                            .isCloseTo(rest, within(lost));
                }
            }
        }
    }
}
