package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.Sampling;
import org.privateevolution.spi.GenerationException;

class LlamaChatModelTest {

    private static LlamaChatModel model(Path file) {
        return new LlamaChatModel(
                new LlamaSettings(new PublicFile(file.toString(), Optional.empty()), 512, 1, OptionalInt.of(1), 1),
                Sampling.OF_THE_MODEL);
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> model(folder.resolve("none.gguf")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.gguf");
    }

    @Test
    void aFileThatIsNoModelIsRefusedByTheNativeLibrary(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("text.gguf"), "not a model");

        assertThatThrownBy(() -> model(file))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("text.gguf")
                .hasMessageContaining("GGUF");
    }
}
