package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md}, {@code conf/schema.json} and the declared settings say the same. With
 * {@code -Dreference.write=true} the two files are written first.
 */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Path SCHEMA = Path.of("..", "conf", "schema.json");
    private static final boolean WRITE = Boolean.getBoolean("reference.write");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `.*$");
    private static final Pattern ROWS = Pattern.compile("(?m)(?:^\\| `.*\\R)+");

    private static String row(Setting<?> setting) {
        return "| `" + setting.path() + "` | " + setting.type() + " | " + setting.fallback() + " | " + setting.meaning()
                + " |";
    }

    private static String section(String path) {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    /** The page with the rows of each table anew: those of the section that its first row is of. */
    private static String written(String page) {
        return ROWS.matcher(page).replaceAll(table -> {
            String section = section(table.group().substring(3, table.group().indexOf('`', 3)));
            return Settings.all().stream()
                    .filter(setting -> section(setting.path()).equals(section))
                    .map(setting -> Matcher.quoteReplacement(row(setting) + "\n"))
                    .collect(Collectors.joining());
        });
    }

    @Test
    void theReferenceHasExactlyTheRowOfEveryKeyInOrder() throws IOException {
        if (WRITE) {
            Files.writeString(REFERENCE, written(Files.readString(REFERENCE)));
        }
        List<String> rows = ROW.matcher(Files.readString(REFERENCE))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Settings.all().stream()
                        .map(ConfigurationReferenceTest::row)
                        .toList());
    }

    @Test
    void theSchemaIsTheOneOfTheSettings() throws IOException {
        if (WRITE) {
            Files.writeString(SCHEMA, Settings.schema());
        }

        assertThat(SCHEMA).hasContent(Settings.schema());
    }

    @Test
    void keysAreDistinctAndNoKeyIsAlsoAGroup() {
        List<String> paths = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            paths.add(setting.path());
        }

        assertThat(paths).doesNotHaveDuplicates();
        for (String path : paths) {
            boolean group = paths.stream().anyMatch(other -> other.startsWith(path + "."));
            assertThat(group).as(path).isEqualTo(path.equals(RunSettings.ROOT.labels.fractions.path()));
        }
    }
}
