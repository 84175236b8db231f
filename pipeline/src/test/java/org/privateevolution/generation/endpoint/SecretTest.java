package org.privateevolution.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.endpoint.KeySource;

class SecretTest {

    private static final String KEY = "sk-1234567890abcdef";

    @Test
    void itShowsItselfNowhere() {
        Secret secret = new Secret(KEY, "a test");
        Endpoint endpoint =
                new Endpoint(URI.create("https://host/v1"), "Authorization", "Bearer ", Optional.of(secret));

        assertThat(secret.toString()).isEqualTo("***");
        assertThat(endpoint.toString()).contains("***").doesNotContain(KEY);
        assertThat(endpoint.redacted("wrong key " + KEY + "!")).isEqualTo("wrong key ***!");
        assertThatThrownBy(() -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(secret))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void aKeyThatCannotBeSentIsRefusedWithoutBeingShown() {
        for (String bad : new String[] {KEY + "\n" + KEY, KEY + " x", KEY + "\u00e9", ""}) {
            assertThatThrownBy(() -> new Secret(bad, "file /keys/llm"))
                    .hasMessageContaining("file /keys/llm")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("1234567890"));
        }
    }

    @Test
    void aKeyIsReadFromAFileWithoutItsLineEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, KEY + "\r\n");

        assertThat(Secret.from(new KeySource.SecretFile(file.toString()))
                        .orElseThrow()
                        .value())
                .isEqualTo(KEY);
    }

    @Test
    void aKeyIsReadFromTheEnvironment() {
        var variable = System.getenv().entrySet().stream()
                .filter(entry -> entry.getValue().matches("[!-~]+"))
                .findFirst()
                .orElseThrow();

        assertThat(Secret.from(new KeySource.Environment(variable.getKey()))
                        .orElseThrow()
                        .value())
                .isEqualTo(variable.getValue());
    }

    @Test
    void aMissingKeyIsNamedByItsPlace(@TempDir Path folder) {
        assertThatThrownBy(() -> Secret.from(new KeySource.Environment("PE_NO_SUCH_VARIABLE")))
                .hasMessageContaining("PE_NO_SUCH_VARIABLE");
        assertThatThrownBy(() -> Secret.from(
                        new KeySource.SecretFile(folder.resolve("none").toString())))
                .hasMessageContaining("none");
    }

    @Test
    void anAddressWithAPasswordIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new Endpoint(URI.create("https://me:hunter2@host/v1"), "a", "", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }
}
