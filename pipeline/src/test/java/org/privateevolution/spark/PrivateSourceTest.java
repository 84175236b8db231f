package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;

class PrivateSourceTest {

    @TempDir
    Path directory;

    private RunSpec spec(String format, Path path) {
        return RunConfiguration.parse(
                """
                private_data: {format: %s, path: %s}
                privacy: {epsilon: 1, delta: 1e-5}
                evolution: {samples: 2, votes: 1}
                output: {path: unused}
                tabular:
                  columns:
                    - {name: title, type: string, categories: [any]}
                    - {name: note, type: string, categories: [any]}
                """
                        .formatted(format, path),
                "source.yaml",
                List.of());
    }

    @Test
    void quotesInCsvFieldsAreReadAsRfc4180WritesThem() throws IOException {
        Path file = directory.resolve("quoted.csv");
        Files.writeString(file, "title,note\n\"a \"\"b\"\", c\",plain\n\"\"\"\",x\n");

        List<Row> rows =
                new PrivateSource(TestSession.spark()).open(spec("csv", file)).collectAsList();

        assertThat(rows.stream().map(row -> row.getString(0))).containsExactly("a \"b\", c", "\"");
        assertThat(rows.stream().map(row -> row.getString(1))).containsExactly("plain", "x");
    }

    @Test
    void aFormatWhoseJarIsMissingIsNamed() {
        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> new PrivateSource(TestSession.spark()).open(spec("delta", directory)))
                .withMessageContaining("the format's jar is not on the class path");
    }
}
