package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page shows the smallest configuration of its kind: it is one, and no line of it can be left out. */
class SmallestConfigurationsTest {

    private static final Path PAGES = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile(
            "<!-- the smallest configuration: SmallestConfigurationsTest -->\n```yaml\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"discovery", "mixed", "clients", "constraints", "columns", "identifiers"})
    void itIsOneAndNoLineCanBeLeftOut(String page) throws IOException {
        List<String> lines = block(page).lines().toList();

        RunConfiguration.parse(String.join("\n", lines), page + ".yaml", List.of());

        for (int left = 0; left < lines.size(); left++) {
            if (isChoice(lines.get(left))) {
                continue;
            }
            List<String> others = new ArrayList<>(lines);
            others.remove(left);
            assertThatThrownBy(
                            () -> RunConfiguration.parse(String.join("\n", others), page + ".yaml", List.of()),
                            "%s without its line %s",
                            page,
                            lines.get(left))
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    /** Entries of lists; what makes the kind of run, which is another without it; and a schedule. */
    private static boolean isChoice(String line) {
        return List.of("- ", "constraints:", "path:", "evolution:").stream().anyMatch(line.strip()::startsWith);
    }

    private static String block(String page) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(PAGES.resolve(page + ".md")));
        assertThat(block.find())
                .as("docs/%s.md marks its smallest configuration", page)
                .isTrue();
        return block.group(1);
    }
}
