package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spi.StoreException;

/** Files of a run on a local disk. */
class RunFilesTest implements RunFilesContract {

    @TempDir
    Path directory;

    @Override
    public RunFiles files() {
        return RunFiles.at(directory.resolve("run").toString(), new Configuration());
    }

    @Override
    public int races() {
        return 31;
    }

    @Test
    void aFileSystemWithoutItsJarIsNamed() {
        Configuration configuration = new Configuration();
        configuration.set("fs.lake.impl", "org.example.Missing");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> RunFiles.at("lake://bucket/run", configuration))
                .withMessageContainingAll("lake://bucket/run", "org.example.Missing", "class path");
    }

    @Test
    void whatAnInterruptedWriteLeftIsNeitherListedNorKept() throws IOException {
        RunFiles files = files();
        files.write("a.json", "whole");
        Path left = directory.resolve("run/.b.json.tmp-0000");
        Files.writeString(left, "half");

        assertThat(files.list()).containsExactly("a.json");
        files.removeTemporaries();

        assertThat(left).doesNotExist();
        assertThat(files.read("a.json")).contains("whole");
    }

    @Test
    void writesLeaveNothingElseBehind() throws IOException {
        RunFiles files = files();
        files.write("a.json", "1");
        files.create("b.json", "2");
        files.create("b.json", "3");

        try (var left = Files.list(directory.resolve("run"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a.json", "b.json");
        }
    }

    @Test
    void aPathThatCannotBeWrittenIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        RunFiles below = RunFiles.at(file.resolve("run").toString(), new Configuration());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> below.write("a.json", ""))
                .withMessageContainingAll("cannot write", file + "/run/a.json")
                .matches(e -> !e.getMessage().contains("\n"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> below.create("a.json", ""))
                .withMessageContainingAll("cannot create", file + "/run/a.json");
    }

    @Test
    void aFileSystemThatDoesNotExistIsNamed() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> RunFiles.at("nowhere://bucket/run", new Configuration()))
                .withMessageContainingAll("cannot reach", "nowhere://bucket/run");
    }
}
