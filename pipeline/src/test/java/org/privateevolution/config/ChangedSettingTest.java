package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedSettingTest {

    @Test
    void settingsAreComparedByPathAndListsOfValuesAsWholes() {
        assertThat(changes(
                        "{\"a\":{\"b\":1,\"c\":[1,2]},\"d\":[{\"e\":\"x\"},{\"e\":\"y\"}],\"f\":{}}",
                        "{\"a\":{\"b\":2,\"c\":[1,3]},\"d\":[{\"e\":\"x\"},{\"e\":null}],\"g\":[]}"))
                .containsExactly(
                        "a.b was 1 and is 2",
                        "a.c was [1,2] and is [1,3]",
                        "d[1].e was \"y\" and is not set",
                        "f was {} and is not set",
                        "g was not set and is []");
        assertThat(changes("{\"a\":[{\"b\":1}]}", "{\"a\":[{\"b\":1}]}")).isEmpty();
    }

    @Test
    void longValuesAreCut() {
        String longValue = "v".repeat(3_000);

        assertThat(changes("{}", "{\"a\":\"" + longValue + "\"}"))
                .singleElement()
                .asString()
                .startsWith("a was not set and is \"vvvv")
                .endsWith("v…")
                .hasSizeLessThan(120);
    }

    private static List<String> changes(String before, String now) {
        return ChangedSetting.between(before, now).stream()
                .map(ChangedSetting::toString)
                .toList();
    }
}
