package org.privateevolution.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spi.RunListener;

/** Against a stand-in for MLflow; {@link MlflowServerTest} asks a real one the same. */
class MlflowTest extends MlflowContract {

    private StandInForMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInForMlflow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    String uri() {
        return server.uri();
    }

    @Test
    void aServerThatBreaksInTheMiddleLosesNoRun() {
        server.breakAfter(6);

        RunResult result = run(spec("broken", uri()), "");

        assertThat(result.synthetic().count()).isEqualTo(17);
        assertThat(notices)
                .filteredOn(notice -> notice.contains("MLflow"))
                .hasSize(2)
                .allMatch(notice -> notice.contains("status 500"));
    }

    @Test
    void aTokenGoesIntoTheHeaderAndNowhereElse() {
        server.breakAfter(3);
        MlflowRun run = MlflowRun.of(
                        spec("secret", uri()),
                        "a-run",
                        Instant.EPOCH,
                        Map.of("MLFLOW_TRACKING_TOKEN", "t0p-secret")::get,
                        new RunListener() {
                            @Override
                            public void notice(String message) {
                                notices.add(message);
                            }
                        })
                .orElseThrow();

        run.started();
        run.stopped();

        assertThat(server.authorizations()).containsOnly("Bearer t0p-secret");
        assertThat(notices).hasSize(1).noneMatch(notice -> notice.contains("t0p-secret"));
        assertThat(server.bodies()).noneMatch(body -> body.contains("t0p-secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://mlflow.invalid:5000", "http://127.mlflow.invalid", "http://localhost.mlflow.invalid"})
    void credentialsGoToNobodyWhomOthersCanListenTo(String uri) {
        MlflowRun run = MlflowRun.of(
                        spec("secret", uri),
                        "a-run",
                        Instant.EPOCH,
                        Map.of("MLFLOW_TRACKING_USERNAME", "user", "MLFLOW_TRACKING_PASSWORD", "t0p-secret")::get,
                        new RunListener() {
                            @Override
                            public void notice(String message) {
                                notices.add(message);
                            }
                        })
                .orElseThrow();

        run.started();

        assertThat(notices)
                .singleElement()
                .asString()
                .contains("nothing was sent", "https://")
                .doesNotContain("t0p-secret");
    }
}
