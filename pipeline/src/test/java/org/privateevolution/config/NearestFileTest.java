package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearestFileTest {

    @TempDir
    Path folder;

    @Test
    void theNearestNameOfTheFolderIsFound() throws IOException {
        Files.createFile(folder.resolve("customers.yaml"));
        Files.createFile(folder.resolve("orders.yaml"));

        assertThat(NearestFile.of(folder.resolve("custmers.yaml"))).contains(folder.resolve("customers.yaml"));
        assertThat(NearestFile.of(folder.resolve("xylophone"))).isEmpty();
    }

    @Test
    void aLedgerIsNotMistakenForItsData() throws IOException {
        Files.createDirectory(folder.resolve("customers.csv.ledger"));
        assertThat(NearestFile.of(folder.resolve("customers.csv"))).isEmpty();

        Files.createFile(folder.resolve("customers2.csv"));
        assertThat(NearestFile.of(folder.resolve("customers.csv"))).contains(folder.resolve("customers2.csv"));
    }

    @Test
    void nothingIsNearWhereThereIsNoFolder() {
        assertThat(NearestFile.of(folder.resolve("none").resolve("customers.yaml")))
                .isEmpty();
        assertThat(NearestFile.of(Path.of("/"))).isEmpty();
    }
}
