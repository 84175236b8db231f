package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NGramDistanceTest {

    @Test
    void distancesAreThoseOfTheDefinition() {
        List<String> some = List.of("a b c", "a b");

        // Runs of two words: a b 2/3, b c 1/3 against a b 1/2, b d 1/2.
        assertThat(NGramDistance.of(some, List.of("a b d"), 2)).isCloseTo(0.5, within(1e-12));
        assertThat(NGramDistance.of(some, List.of("a  b", "a b c"), 2)).isZero();
        assertThat(NGramDistance.of(some, List.of("x y z"), 2)).isOne();
        assertThat(NGramDistance.of(some, List.of("a"), 2)).isOne();
        assertThat(NGramDistance.of(List.of(), List.of("a"), 2)).isZero();
    }
}
