package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration in {@code conf} loads, and is one by the schema that editors check it by. */
class ReadyConfigurationsTest {

    private static final Path FOLDER = Path.of("..", "conf");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

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

    @ParameterizedTest
    @MethodSource("configurations")
    void itNamesTheSchemaAndFitsIt(Path file) throws IOException {
        String yaml = Files.readString(file);

        assertThat(yaml).startsWith("# yaml-language-server: $schema=schema.json\n");
        assertThat(violations(yaml)).isEmpty();
        for (String change : List.of(
                "\nprivcy: {epsilon: 1}\n", "\nvote: {neighbors: 33}\n", "\nvote: {metric: l3}\n", "\nseed: x\n")) {
            String key = change.substring(1, change.indexOf(':') + 1);
            String others = yaml.replaceAll("(?m)^" + key + ".*\\R([ ].*\\R)*", "");
            assertThat(violations(others + change)).as(change).isNotEmpty();
        }
    }

    private static Set<ValidationMessage> violations(String yaml) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(FOLDER.resolve("schema.json")))
                .validate(YAML.readTree(yaml));
    }

    @Test
    void theExamplesShowEveryKey() throws IOException {
        String table = Files.readString(FOLDER.resolve("example-tabular.yaml"));
        String clients = Files.readString(FOLDER.resolve("example-clients.yaml"));
        String text = Files.readString(FOLDER.resolve("example-text.yaml"));
        String images = Files.readString(FOLDER.resolve("example-images.yaml"));

        for (Setting<?> key : Settings.all()) {
            String group = key.path().replaceAll("[.].*", "");
            String example = key.path().startsWith("tabular.children")
                    ? clients + table
                    : group.equals("images") ? images : group.equals("text") ? text : table;
            assertThat(example).as(key.path()).contains(key.name() + ":");
        }
    }
}
