package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration in {@code conf} loads. */
class ReadyConfigurationsTest {

    private static final Path FOLDER = Path.of("..", "conf");

    static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void itLoadsAndItsCanonicalFormReadsBack(Path file) {
        var spec = RunConfiguration.load(file, List.of());

        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "canonical.yaml", List.of()))
                .isEqualTo(spec);
    }

    @Test
    void theExamplesShowEveryKey() throws IOException {
        String table = Files.readString(FOLDER.resolve("example-tabular.yaml"));
        String text = Files.readString(FOLDER.resolve("example-text.yaml"));
        String images = Files.readString(FOLDER.resolve("example-images.yaml"));

        for (Setting<?> key : Settings.all()) {
            String group = key.path().replaceAll("[.].*", "");
            String example = group.equals("images") ? images : group.equals("text") ? text : table;
            assertThat(example).as(key.path()).contains(key.name() + ":");
        }
    }
}
