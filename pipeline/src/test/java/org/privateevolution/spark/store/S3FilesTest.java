package org.privateevolution.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privateevolution.spark.store.S3Server.Fate;
import org.privateevolution.spi.StoreException;

/** Files of a run on S3. */
class S3FilesTest {

    private static final String ROOT = "s3a://lake/runs/one";

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start("lake");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RunFiles files() {
        return RunFiles.at(ROOT, server.hadoop());
    }

    @Test
    void filesAreWrittenReadListedAndReplaced() {
        RunFiles files = files();
        assertThat(files.list()).isEmpty();
        assertThat(files.read("a.json")).isEmpty();
        files.write("a.json", "one");
        files.write("a.json", "two");
        files.in("deep/er").write("b.json", "ünï");

        assertThat(files().read("a.json")).contains("two");
        assertThat(files().in("deep/er").read("b.json")).contains("ünï");
        assertThat(files().list()).containsExactly("a.json", "deep");
    }

    @Test
    void aFileIsCreatedOnce() {
        assertThat(files().create("a.json", "first")).isTrue();
        assertThat(files().create("a.json", "second")).isFalse();
        assertThat(files().read("a.json")).contains("first");
        assertThat(files().list()).containsExactly("a.json");
    }

    @Test
    void ofManyWhoCreateAFileOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try {
            for (int round = 0; round < 5; round++) {
                String name = "round-" + round + ".json";
                List<Callable<Boolean>> rivals = new ArrayList<>();
                for (int rival = 0; rival < 7; rival++) {
                    String content = "rival " + rival;
                    RunFiles files = files();
                    rivals.add(() -> files.create(name, content));
                }
                int winners = 0;
                for (Future<Boolean> created : threads.invokeAll(rivals)) {
                    winners += created.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLostAnswerToACreationIsNoRival() {
        RunFiles files = files();
        files.create("before.json", "");
        server.fail((method, number, path) -> method.equals("PUT") && number == 1 ? Fate.ANSWER_LOST : Fate.SERVED);

        assertThat(files.create("a.json", "ours")).isTrue();
        assertThat(server.requests("PUT")).isGreaterThan(1);
        assertThat(files.create("a.json", "theirs")).isFalse();
    }

    @Test
    void aStoreWithoutConditionalWritesIsRefused() throws Exception {
        try (S3Server old = S3Server.start("lake", false)) {
            RunFiles files = RunFiles.at(ROOT, old.hadoop());
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> files.create("a.json", "first"))
                    .withMessageContaining("conditional writes");
            assertThat(files.list()).isEmpty();
        }
    }

    @Test
    void passingFaultsAreRetried() {
        RunFiles files = files();
        for (Fate fate : List.of(Fate.ERROR_500, Fate.SLOW_DOWN, Fate.ANSWER_LOST)) {
            server.fail((method, number, path) -> number == 1 ? fate : Fate.SERVED);
            files.write("a.json", fate.name());
            assertThat(files.read("a.json")).contains(fate.name());
        }
    }

    @Test
    void aLastingFaultIsAStorageError() {
        RunFiles files = files();
        server.fail((method, number, path) -> method.equals("PUT") ? Fate.ERROR_500 : Fate.SERVED);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> files.write("a.json", "x"));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> files.create("b.json", "x"));
    }
}
