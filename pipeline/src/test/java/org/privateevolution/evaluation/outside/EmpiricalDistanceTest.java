package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmpiricalDistanceTest {

    private static final double[] SOME = {1, 2, 2, 5};
    private static final double[] NONE = {};

    @Test
    void equalValuesAreNotApart() {
        assertThat(EmpiricalDistance.kolmogorovSmirnov(SOME, SOME)).isZero();
        assertThat(EmpiricalDistance.wasserstein(SOME, new double[] {1, 1, 2, 2, 2, 2, 5, 5}))
                .isZero();
        assertThat(EmpiricalDistance.rangeCoverage(SOME, SOME)).isOne();
    }

    @Test
    void distancesAreThoseOfTheDefinition() {
        double[] other = {2, 3};
        // Distribution functions: 1/4, 3/4, 3/4, 1 against 0, 1/2, 1, 1 at 1, 2, 3 and 5.
        assertThat(EmpiricalDistance.kolmogorovSmirnov(SOME, other)).isCloseTo(0.25, within(1e-15));
        assertThat(EmpiricalDistance.wasserstein(SOME, other)).isCloseTo(0.25 + 0.25 + 2 * 0.25, within(1e-15));
        assertThat(EmpiricalDistance.rangeCoverage(SOME, other)).isCloseTo(1 - 0.25 - 0.5, within(1e-15));
    }

    @Test
    void aShiftIsTheDistanceThatValuesMove() {
        double[] shifted = {4, 5, 5, 8};
        assertThat(EmpiricalDistance.wasserstein(SOME, shifted)).isCloseTo(3, within(1e-15));
        assertThat(EmpiricalDistance.kolmogorovSmirnov(new double[] {1, 2}, new double[] {3, 4}))
                .isOne();
    }

    @Test
    void nothingIsFarFromSomething() {
        assertThat(EmpiricalDistance.kolmogorovSmirnov(SOME, NONE)).isOne();
        assertThat(EmpiricalDistance.kolmogorovSmirnov(NONE, NONE)).isZero();
        assertThat(EmpiricalDistance.rangeCoverage(SOME, NONE)).isZero();
        assertThatThrownBy(() -> EmpiricalDistance.wasserstein(SOME, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no values");
    }

    @Test
    void theScaleIsNotStretchedByExtremes() {
        double[] values = new double[101];
        Arrays.setAll(values, i -> i);
        assertThat(EmpiricalDistance.scale(values)).isEqualTo(90);
        values[100] = 1e9;
        assertThat(EmpiricalDistance.scale(values)).isEqualTo(90);
        assertThat(EmpiricalDistance.scale(new double[] {7})).isOne();
        Arrays.fill(values, 0, 100, 3);
        values[100] = 5;
        assertThat(EmpiricalDistance.scale(values)).isEqualTo(2);
    }
}
