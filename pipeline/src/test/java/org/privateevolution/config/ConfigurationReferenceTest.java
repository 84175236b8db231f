package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} and {@link Key} say the same. */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `.*$");

    @Test
    void theReferenceHasExactlyTheRowOfEveryKeyInOrder() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Key key : Key.values()) {
            expected.add(
                    "| `" + key.path() + "` | " + key.type() + " | " + key.fallback() + " | " + key.meaning() + " |");
        }

        List<String> rows = ROW.matcher(Files.readString(REFERENCE))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    @Test
    void keysAreDistinctAndNoKeyIsAlsoAGroup() {
        List<String> paths = new ArrayList<>();
        for (Key key : Key.values()) {
            paths.add(key.path());
        }

        assertThat(paths).doesNotHaveDuplicates();
        for (String path : paths) {
            boolean group = paths.stream().anyMatch(other -> other.startsWith(path + "."));
            assertThat(group).as(path).isEqualTo(path.equals(Key.LABELS_FRACTIONS.path()));
        }
    }
}
