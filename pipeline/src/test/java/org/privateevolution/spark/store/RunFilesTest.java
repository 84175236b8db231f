package org.privateevolution.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spi.StoreException;

class RunFilesTest {

    @TempDir
    Path directory;

    private RunFiles files;

    @BeforeEach
    void open() {
        files = RunFiles.at(directory.resolve("run").toString(), new Configuration());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        files.write("a.json", "größer ≥ 日本 \uD83D\uDE80\n");

        assertThat(files.read("a.json")).contains("größer ≥ 日本 \uD83D\uDE80\n");
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
    void whatDoesNotExistIsEmpty() {
        assertThat(files.read("a.json")).isEmpty();
        assertThat(files.list()).isEmpty();
        files.removeTemporaries();
    }

    @Test
    void aSecondWriteReplacesTheFirst() {
        files.write("a.json", "first, and longer");
        files.write("a.json", "second");

        assertThat(files.read("a.json")).contains("second");
        assertThat(files.list()).containsExactly("a.json");
    }

    @Test
    void createLeavesAnExistingFileAlone() {
        assertThat(files.create("a.json", "first")).isTrue();
        assertThat(files.create("a.json", "second")).isFalse();

        assertThat(files.read("a.json")).contains("first");
    }

    @Test
    void oneOfSeveralRacingCreatorsWins() throws Exception {
        int threads = 7;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 31; round++) {
                String name = "entry-" + round;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Callable<Boolean>> creators = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    String content = "of thread " + thread;
                    creators.add(() -> {
                        start.await();
                        return files.create(name, content);
                    });
                }
                List<Integer> winners = new ArrayList<>();
                List<Future<Boolean>> outcomes = executor.invokeAll(creators);
                for (int thread = 0; thread < threads; thread++) {
                    if (outcomes.get(thread).get()) {
                        winners.add(thread);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(files.read(name)).contains("of thread " + winners.get(0));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void readersNeverSeeAHalfWrittenFile() throws Exception {
        String one = "1".repeat(1_000_003);
        String two = "2".repeat(700_001);
        files.write("a.json", one);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                files.write("a.json", i % 2 == 0 ? two : one);
            }
            done.set(true);
        });
        writer.start();
        while (!done.get()) {
            assertThat(files.read("a.json").orElseThrow().length()).isIn(one.length(), two.length());
            assertThat(files.list()).containsExactly("a.json");
        }
        writer.join();
    }

    @Test
    void whatAnInterruptedWriteLeftIsNeitherListedNorKept() throws IOException {
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
        files.write("a.json", "1");
        files.create("b.json", "2");
        files.create("b.json", "3");

        try (var left = Files.list(directory.resolve("run"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a.json", "b.json");
        }
    }

    @Test
    void listIsSorted() {
        List.of("c", "a", "b").forEach(name -> files.write(name, name));

        assertThat(files.list()).containsExactly("a", "b", "c");
        assertThat(files.in("a-directory").list()).isEmpty();
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
