package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctNGramsTest {

    private static final List<String> TEXTS = List.of("the sea the sea", "  the\u00a0ship\n", "", "sea");

    @Test
    void wordsLieBetweenWhiteSpaceOfAnyKind() {
        assertThat(Words.of(" one\t two\u00a0three\u3000four\r\n")).containsExactly("one", "two", "three", "four");
        assertThat(Words.of(" \n")).isEmpty();
        assertThat(Words.of("")).isEmpty();
    }

    @Test
    void countsRunsOverAllTextsButNotAcrossThem() {
        // the sea the sea the ship sea: 3 of 7
        assertThat(DistinctNGrams.share(TEXTS, 1)).isCloseTo(3 / 7.0, within(1e-15));
        // the-sea sea-the the-sea the-ship: 3 of 4
        assertThat(DistinctNGrams.share(TEXTS, 2)).isEqualTo(0.75);
        assertThat(DistinctNGrams.share(TEXTS, 3)).isEqualTo(1);
        assertThat(DistinctNGrams.share(TEXTS, 5)).isEqualTo(0);
        assertThat(DistinctNGrams.share(List.of(), 1)).isEqualTo(0);
        assertThatThrownBy(() -> DistinctNGrams.share(TEXTS, 0)).hasMessageContaining("n is 0");
    }
}
