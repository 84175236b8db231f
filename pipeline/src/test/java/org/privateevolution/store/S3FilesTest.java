package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.S3Server.Fate;

/** Files of a run on S3. */
class S3FilesTest implements RunFilesContract {

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

    @Override
    public RunFiles files() {
        return RunFiles.at(ROOT, server.hadoop());
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
