package org.privateevolution.tracking;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server of MLflow on loopback: the command that {@code PE_MLFLOW} names, or {@code mlflow}. */
@Tag("mlflow")
class MlflowServerTest extends MlflowContract {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    static Path home;

    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                Optional.ofNullable(System.getenv("PE_MLFLOW")).orElse("mlflow"),
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + home.resolve("mlflow.db"),
                "--artifacts-destination",
                home.resolve("artifacts").toString());
        server = builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        HttpClient client = HttpClient.newHttpClient();
        for (int second = 0; second < PATIENCE_SECONDS && server.isAlive(); second++) {
            try {
                int status = client.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode();
                if (status == 200) {
                    return;
                }
            } catch (IOException e) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
        throw new IllegalStateException("no server of MLflow: see " + home.resolve("server.log"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        // Its workers are processes of their own.
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    String uri() {
        return "http://127.0.0.1:" + port;
    }
}
