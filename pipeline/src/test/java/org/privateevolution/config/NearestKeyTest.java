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
        assertThat(NearestKey.distance("dleta", "delta")).isEqualTo(1);
    }

    @Test
    void theNearestWinsAndTheFirstInTheAlphabetAmongEquals() {
        assertThat(NearestKey.of("vat", List.of("vet", "cat", "delta"))).isEqualTo("cat");
        assertThat(NearestKey.of("delt", List.of("votes", "note", "delta"))).isEqualTo("delta");
    }

    @Test
    void aNameThatHoldsAllOfItIsNearerThanOneThatIsShort() {
        assertThat(NearestKey.of("damage", List.of("Cost Other", "Effect Amount of damage", "dam")))
                .isEqualTo("Effect Amount of damage");
    }

    @Test
    void whatIsFarIsNotClose() {
        assertThat(NearestKey.close("rn", List.of("run", "plan"))).contains("run");
        assertThat(NearestKey.close("xylophone", List.of("run", "plan"))).isEmpty();
        assertThat(NearestKey.close("xylophone", List.of())).isEmpty();
    }
}
