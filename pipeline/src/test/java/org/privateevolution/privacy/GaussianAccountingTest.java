package org.privateevolution.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GaussianAccountingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # sigma| sens.| epsilon          | delta              | rel. | in google/differential-privacy unless said
            10     | 1    | .1               | .008751768145810   | 1e-12| go/noise/gaussian_noise_test.go
            10     | 5    | 1.098612288668110| .004159742234000802| 1e-12| go/noise/gaussian_noise_test.go (ln 3)
            .5     | 1    | 0                | .6826894921370859  | 1e-12| go/noise/gaussian_noise_test.go
            1      | 1    | 1.098612288668110| .10985556344445052 | 1e-12| go/noise/gaussian_noise_test.go (ln 3)
            500    | 10   | .5               | 3.129776773e-141   | 1e-9 | go/noise/gaussian_noise_test.go
            1      | 1    | 1                | .12693674          | 1e-7 | privacy_loss_mechanism_test.py
            1      | 1    | 2                | .020923636         | 1e-7 | privacy_loss_mechanism_test.py
            1      | 2    | 0                | .68268949          | 1e-7 | privacy_loss_mechanism_test.py, replace-one
            1      | 2    | 1                | .50986166          | 1e-7 | privacy_loss_mechanism_test.py, replace-one
            1      | 2    | 2                | .331897999         | 1e-7 | privacy_loss_mechanism_test.py, replace-one
            10     | 30   | 1                | .78760074          | 1e-7 | pld/accountant_test.py (sens. 6, 25 queries)
            """)
    void deltaAgreesWithPublishedValues(
            double sigma, double sensitivity, double epsilon, double delta, double relative, String source) {
        assertThat(GaussianAccounting.delta(epsilon, sensitivity / sigma))
                .as(source)
                .isCloseTo(delta, withinPercentage(100 * relative));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # epsilon        | delta          | T | sigma         | rel. | source
            1                | 1e-5           | 1 | 3.730631634816| 2e-13| 40-digit arithmetic
            1                | 1e-5           | 20| 16.68389186892| 5e-13| 40-digit arithmetic
            1                | 1e-6           | 10| 13.3596076731 | 5e-12| 40-digit arithmetic
            .1               | 1e-6           | 1 | 36.3046904262 | 5e-12| 40-digit arithmetic
            10               | 1e-5           | 20| 2.235569869696| 2e-13| 40-digit arithmetic
            1                | 1e-10          | 1 | 5.867777749631| 2e-13| 40-digit arithmetic
            1                | 1.575422064e-5 | 14| 13.5728819875 | 1e-10| 40-digit arithmetic, n = 7152, 1/(n ln n)
            1                | 6.486452831e-47| 1 | 14.0          | 1e-9 | google: numerical-mechanisms_test.cc
            1.098612288668110| 1e-5           | 1 | 3.424662398   | 1e-9 | google: numerical-mechanisms_test.cc
            1.386294361119891| 2e-5           | 9 | 7.984911616   | 1e-9 | google/differential-privacy, sensitivity 3
            """)
    void muGivesPublishedSigmas(
            double epsilon, double delta, int releases, double sigma, double relative, String source) {
        assertThat(Math.sqrt(releases) / GaussianAccounting.mu(epsilon, delta))
                .as(source)
                .isCloseTo(sigma, withinPercentage(100 * relative));
    }

    @ParameterizedTest
    @CsvSource({
        "7.0710678118654755, 1e-5, 20, 2.5943834, 2e-8",
        "14.142135623730951, 1e-5, 7, .67446023, 1e-8",
        "2.1793, 3e-6, 11, 7.584988, 1e-7"
    })
    void epsilonAgreesWithPublishedValues(double sigma, double delta, int releases, double epsilon, double relative) {
        assertThat(GaussianAccounting.epsilon(Math.sqrt(releases) / sigma, delta))
                .isCloseTo(epsilon, withinPercentage(100 * relative));
    }

    static List<double[]> referenceValues() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                GaussianAccountingTest.class.getResourceAsStream("gaussian-log-delta.csv"), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("epsilon"))
                    .map(line -> {
                        String[] parts = line.split(",", -1);
                        return new double[] {
                            Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
                        };
                    })
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reference is never exceeded from below, and by no more than rounding and the condition number allow. */
    @ParameterizedTest
    @MethodSource("referenceValues")
    void deltaIsAnUpperBoundCloseToThatOfManyDigits(double[] reference) {
        double epsilon = reference[0];
        double mu = reference[1];
        double logDelta = reference[2];
        double a = Math.abs(epsilon / mu - mu / 2);
        double condition = (1 + a) * (epsilon / mu + mu / 2) + Math.abs(logDelta);
        double delta = GaussianAccounting.delta(epsilon, mu);
        if (logDelta > -700) {
            assertThat(Math.log(delta))
                    .isBetween(logDelta - 1e-15 * Math.abs(logDelta), logDelta + 3e-13 + 4e-15 * condition);
            assertThat(delta).isGreaterThanOrEqualTo(Math.exp(logDelta) * (1 - 1e-15));
        } else {
            assertThat(delta).isBetween(Double.MIN_VALUE, 1e-300);
        }
    }

    /** The twin: the textbook formula in doubles fails on the same reference. */
    @Test
    void theTextbookFormulaWouldNotPass() {
        NormalDistribution normal = new NormalDistribution();
        long wrong = referenceValues().stream()
                .filter(r -> r[2] > -700)
                .filter(r -> {
                    double delta = normal.cumulativeProbability(-r[0] / r[1] + r[1] / 2)
                            - Math.exp(r[0]) * normal.cumulativeProbability(-r[0] / r[1] - r[1] / 2);
                    return !(Math.abs(Math.log(delta) - r[2]) < 1e-9 * Math.abs(r[2]));
                })
                .count();
        assertThat(wrong).isGreaterThan(10);
    }

    @Test
    void survivesWhereOtherSolversFail() {
        assertThat(1 / GaussianAccounting.mu(1, 1e-3)).isCloseTo(2.57465701864, within(1e-9));
        assertThat(1 / GaussianAccounting.mu(.001, 1e-5)).isCloseTo(1724.25903358, within(1e-6));
        assertThat(1 / GaussianAccounting.mu(100, 1e-5)).isCloseTo(.0946699070147, within(1e-11));
        assertThat(GaussianAccounting.epsilon(100, 1e-5)).isCloseTo(5425.5098, within(1e-3));
        assertThat(GaussianAccounting.delta(709.78, 100)).isEqualTo(1.0);
        assertThat(GaussianAccounting.epsilon(1e8, 1e-12)).isCloseTo(5.0000007e15, withinPercentage(1e-4));
        assertThat(GaussianAccounting.epsilon(1e200, 1e-12)).isInfinite();
        assertThat(GaussianAccounting.epsilon(1, 1e-300)).isBetween(37.0, 38.0);
        assertThat(GaussianAccounting.epsilon(1e-8, 1e-12)).isBetween(3e-8, 4e-8);
        assertThat(GaussianAccounting.epsilon(1, .999)).isZero();
    }

    @Test
    void muAndDeltaRoundTripOverAdversarialRanges() {
        for (double epsilon : new double[] {0, 1e-6, 1e-3, .1, 1, 3.7, 20, 710, 1e4, 1e6}) {
            for (double delta : new double[] {1e-300, 1e-100, 1e-12, 1e-5, .01, .3, .7, .999}) {
                double mu = GaussianAccounting.mu(epsilon, delta);
                assertThat(GaussianAccounting.delta(epsilon, mu)).isLessThanOrEqualTo(delta);
                assertThat(GaussianAccounting.delta(epsilon, mu * (1 + 1e-9))).isGreaterThan(delta);
                double back = GaussianAccounting.epsilon(mu, delta);
                assertThat(back).isLessThanOrEqualTo(epsilon + 1e-14 * epsilon);
                assertThat(back).isGreaterThan(epsilon - 1e-9 * (epsilon + mu * mu + mu));
            }
        }
    }

    @Test
    void epsilonIsTheSmallestThatKeepsDelta() {
        for (double mu : new double[] {1e-6, 1e-3, .0719, .31, 1, 4.47, 29, 101, 1000}) {
            for (double delta : new double[] {1e-300, 1e-12, 1e-5, .01, .37}) {
                double epsilon = GaussianAccounting.epsilon(mu, delta);
                assertThat(GaussianAccounting.delta(epsilon, mu)).isLessThanOrEqualTo(delta);
                if (epsilon > 0) {
                    assertThat(GaussianAccounting.delta(epsilon - 1e-9 * (epsilon + mu), mu))
                            .isGreaterThan(delta);
                }
            }
        }
    }

    @Test
    void deltaFallsInEpsilonAndRisesInMu() {
        double[] mus = {1e-5, .01, .3, .9, 1.1, 2, 3, 17, 150};
        for (double mu : mus) {
            double previous = 1;
            for (double epsilon = -30; epsilon < 300; epsilon += 1.37) {
                double delta = GaussianAccounting.delta(epsilon, mu);
                assertThat(delta).isBetween(0.0, previous * (1 + 1e-12));
                assertThat(GaussianAccounting.delta(epsilon, mu * 1.01)).isGreaterThanOrEqualTo(delta * (1 - 1e-12));
                previous = delta;
            }
        }
    }

    @Test
    void noReleaseCostsNothingAndNoNoiseCostsEverything() {
        assertThat(GaussianAccounting.delta(0, 0)).isZero();
        assertThat(GaussianAccounting.epsilon(0, 1e-9)).isZero();
        assertThat(GaussianAccounting.epsilon(Double.POSITIVE_INFINITY, 1e-9)).isInfinite();
        assertThat(GaussianAccounting.delta(1, Double.POSITIVE_INFINITY)).isEqualTo(1.0);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertThatThrownBy(() -> GaussianAccounting.delta(Double.NaN, 1)).hasMessageContaining("epsilon");
        assertThatThrownBy(() -> GaussianAccounting.delta(1, Double.NaN)).hasMessageContaining("mu");
        assertThatThrownBy(() -> GaussianAccounting.delta(1, -1)).hasMessageContaining("-1.0");
        for (double delta : new double[] {0, 1, -1, 2, Double.NaN}) {
            assertThatThrownBy(() -> GaussianAccounting.epsilon(1, delta)).hasMessageContaining("delta");
            assertThatThrownBy(() -> GaussianAccounting.mu(1, delta)).hasMessageContaining("delta");
        }
        for (double epsilon : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> GaussianAccounting.mu(epsilon, .1)).hasMessageContaining("epsilon");
        }
    }
}
