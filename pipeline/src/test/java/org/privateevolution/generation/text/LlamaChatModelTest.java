package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spi.GenerationException;

class LlamaChatModelTest {

    private static LlamaChatModel model(Path file) {
        return new LlamaChatModel(new LlamaModelFile(file.toString(), 512, 1, 1, 1), Sampling.OF_THE_MODEL);
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
