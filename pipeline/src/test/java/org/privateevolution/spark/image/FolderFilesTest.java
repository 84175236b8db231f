package org.privateevolution.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spark.source.PrivateDataException;

class FolderFilesTest {

    @TempDir
    private Path folder;

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }

    @Test
    void aFolderIsMeantLiterallyBeforeItIsTakenForAPattern() throws IOException {
        write("shots [2024]/cats/a.png");
        write("shots 2/cats/b.png");

        assertThat(FolderFiles.list(folder + "/shots [2024]"))
                .extracting(row -> row.getString(1))
                .containsExactly("cats/a.png");
        assertThat(FolderFiles.list(folder + "/shots [2]"))
                .extracting(row -> row.getString(1))
                .containsExactly("cats/b.png");
    }

    @Test
    void anImageThatIsGivenByNameIsNotLeftOutWithoutAWord() throws IOException {
        write(".a.png");
        write("_b.png");

        assertThatThrownBy(() -> FolderFiles.list(folder + "/.a.png"))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("images whose names begin with . are left out");
        assertThat(FolderFiles.list(folder + "/_b.png")).hasSize(1);
    }

    @Test
    void aColonInANameIsRefusedWithoutTheName() throws IOException {
        write("cats/shot 12:30.png");

        assertThatThrownBy(() -> FolderFiles.list(folder.toString()))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("the name of an image in " + folder + " holds a colon")
                .hasMessageNotContaining("12:30");
    }
}
