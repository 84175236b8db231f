package org.privateevolution.spark.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

class ImageRoomTest {

    @TempDir
    private Path folder;

    @Test
    void imagesOfOtherFontsAreNotRendered() throws IOException {
        Path fonts = Files.createDirectories(folder.resolve("fonts"));
        Files.writeString(fonts.resolve("new.ttf"), "another font");
        RunSpec run = Portraits.run(
                folder,
                folder.resolve("out"),
                "images={draw_text: {fonts: " + fonts + ", fonts_sha256: " + "0".repeat(64) + "}}");
        RunFiles store = RunFiles.at(folder.resolve("out/store").toString(), SessionFiles.configuration());

        assertThatThrownBy(() -> ImageRoom.renderer(run, (ImageSpec) run.modality(), store))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("images.draw_text.fonts: " + fonts + " has the checksum ");
    }
}
