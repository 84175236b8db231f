package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.StoredImage;
import org.privateevolution.spi.StoreException;

class StoredImagesTest {

    private static final byte[] BYTES = {0, -1, 77, 13, 10, -128};

    @TempDir
    private Path folder;

    private StoredImages images() {
        return new StoredImages(RunFiles.at(folder.toString(), new Configuration()));
    }

    @Test
    void anImageIsReadBackByteForByte() {
        StoredImage image = images().save("g1.l0.n3~1", BYTES);

        assertThat(image.location()).startsWith("images/").endsWith("/g1.l0.n3~1");
        assertThat(images().load(image)).isEqualTo(BYTES);
    }

    @Test
    void savingASampleAgainReplacesIt() {
        StoredImage first = images().save("a", new byte[] {1});
        StoredImage second = images().save("a", BYTES);

        assertThat(second.location()).isEqualTo(first.location());
        assertThat(images().load(second)).isEqualTo(BYTES);
        assertThatThrownBy(() -> images().load(first)).isInstanceOf(StoreException.class);
    }

    @Test
    void aDamagedOrMissingImageIsRefused() throws IOException {
        StoredImage image = images().save("a", BYTES);
        Path file = folder.resolve(image.location());

        Files.write(file, new byte[] {0, -1, 77});
        assertThatThrownBy(() -> images().load(image)).hasMessageContaining("is damaged");
        Files.delete(file);
        assertThatThrownBy(() -> images().load(image)).hasMessageContaining("was it removed?");
    }
}
