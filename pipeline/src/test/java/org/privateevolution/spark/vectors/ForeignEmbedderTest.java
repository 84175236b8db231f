package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ExtensionSpec;

class ForeignEmbedderTest {

    private static String fingerprint(Map<String, Object> options) {
        return ForeignEmbedder.fingerprint(new ExtensionSpec("letters", "1.0", options));
    }

    @Test
    void otherOptionsMakeAnotherEmbedderWhateverIsInThem() {
        assertThat(fingerprint(Map.of("a", "1, b=2"))).isNotEqualTo(fingerprint(Map.of("a", "1", "b", "2")));
        assertThat(fingerprint(Map.of("a", "[1, 2]"))).isNotEqualTo(fingerprint(Map.of("a", List.of("1", "2"))));
        assertThat(fingerprint(Map.of("b", "2", "a", "1"))).isEqualTo(fingerprint(Map.of("a", "1", "b", "2")));
    }
}
