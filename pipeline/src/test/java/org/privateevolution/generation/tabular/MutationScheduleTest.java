package org.privateevolution.generation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.privateevolution.model.RunSpec.Mutation;

class MutationScheduleTest {

    @Test
    void startsAtTheInitialRateAndStaysAtTheLast() {
        MutationSchedule schedule = new MutationSchedule(new Mutation(0.5, 0.01, 0.2, 15));
        assertThat(schedule.rate(0)).isEqualTo(0.5);
        assertThat(schedule.rate(-1)).isEqualTo(0.5);
        assertThat(schedule.rate(15)).isEqualTo(0.01);
        assertThat(schedule.rate(16)).isEqualTo(0.01);
    }

    @Test
    void fallsPolynomially() {
        MutationSchedule schedule = new MutationSchedule(new Mutation(0.5, 0.01, 0.2, 15));
        // .5 - .49 * (1/15)^.2 and .5 - .49 * (7/15)^.2
        assertThat(schedule.rate(1)).isCloseTo(0.2149, within(5e-5));
        assertThat(schedule.rate(7)).isCloseTo(0.0793, within(5e-5));
        for (int votes = 1; votes <= 15; votes++) {
            assertThat(schedule.rate(votes)).isLessThan(schedule.rate(votes - 1));
        }
    }

    @Test
    void fallsEvenlyWithGammaOne() {
        MutationSchedule schedule = new MutationSchedule(new Mutation(0.9, 0.2, 1, 7));
        for (int votes = 0; votes <= 7; votes++) {
            assertThat(schedule.rate(votes)).isCloseTo(0.9 - votes * 0.1, within(1e-12));
        }
    }

    @Test
    void refusesRatesThatAreNone() {
        assertThatThrownBy(() -> new MutationSchedule(new Mutation(1.5, 0, 1, 1)))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new MutationSchedule(new Mutation(0, Double.NaN, 1, 1)))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new MutationSchedule(new Mutation(0, 0, 0, 1))).hasMessageContaining("gamma");
        assertThatThrownBy(() -> new MutationSchedule(new Mutation(0, 0, 1, 0))).hasMessageContaining("iterations");
    }
}
