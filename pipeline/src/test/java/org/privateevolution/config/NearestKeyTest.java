package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestKeyTest {

    @Test
    void theDistanceCountsInsertionsDeletionsAndSubstitutions() {
        assertThat(NearestKey.distance("", "")).isZero();
        assertThat(NearestKey.distance("abc", "")).isEqualTo(3);
        assertThat(NearestKey.distance("", "ab")).isEqualTo(2);
        assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestKey.distance("epsilom", "epsilon")).isEqualTo(1);
        assertThat(NearestKey.distance("flaw", "lawn")).isEqualTo(2);
    }

    @Test
    void theNearestWinsAndTheFirstInTheAlphabetAmongEquals() {
        assertThat(NearestKey.of("vote", List.of("votes", "note", "delta"))).isEqualTo("note");
        assertThat(NearestKey.of("delt", List.of("votes", "note", "delta"))).isEqualTo("delta");
    }
}
