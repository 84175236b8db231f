package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.StoreException;

/** Whole runs whose images an endpoint makes. */
class ImageApiRunTest {

    private static final int SIDE = 6;
    private static final String CANARY = "okapi7713";

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                exchange.close();
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (bodies) {
                bodies.add(exchange.getRequestURI().getPath() + " " + body);
            }
            JsonNode asked = new ObjectMapper().readTree(body);
            byte[] rgb = new byte[SIDE * SIDE * 3];
            // An image that tells its label and seed.
            Arrays.fill(rgb, (byte) (asked.get("label").asInt() * 100
                    + Math.floorMod(asked.get("seed").asInt(), 60)));
            byte[] answer = ("{\"image\": \""
                            + Base64.getEncoder().encodeToString(Png.encode(new Pixels(SIDE, SIDE, rgb))) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private RunSpec spec(String... overrides) throws IOException {
        Path images = Portraits.write(folder);
        Path canary = images.resolve("cats").resolve(CANARY + ".png");
        Files.write(canary, Png.encode(Portraits.portrait(99)));
        List<String> all = new ArrayList<>(List.of("images={embedding: {width: 4, height: 4}, api: {protocol: http, "
                + "endpoints: [{url: 'http://localhost:" + server.getAddress().getPort() + "'}], width: " + SIDE
                + ", height: " + SIDE + ", prompts: [a cat, a dog], variation_prompts: [another cat, another dog],"
                + " degrees: [30, 20], guidance: [7], steps: [5, 4]}}"));
        all.addAll(List.of(overrides));
        return Portraits.run(images, out(), all.toArray(String[]::new));
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    @Test
    void imagesAreAskedForByLabelAndKeptOnStorage() throws Exception {
        List<Row> rows = run(spec()).synthetic().collectAsList();

        assertThat(rows).hasSize(7);
        for (Row row : rows) {
            int shade = new ImageDecoder(100).decode(row.getAs(0)).rgb()[0] & 0xFF;
            assertThat(row.getString(1)).isEqualTo(shade < 100 ? "cats" : "dogs");
        }
        // 13 and 7 candidates with two variations for lookahead each, and 7 after each vote.
        assertThat(bodies).hasSize(13 + 2 * 13 + 7 + 2 * 7 + 7);
        assertThat(bodies.stream().filter(body -> body.startsWith("/random"))).hasSize(13);
        assertThat(bodies).anyMatch(body -> body.contains("\"degree\":30") && body.contains("another dog"));
        assertThat(bodies).anyMatch(body -> body.contains("\"degree\":20") && body.contains("\"steps\":4"));
        try (Stream<Path> files = Files.walk(out().resolve("store/images"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(bodies.size());
        }
    }

    @Test
    void nothingPrivateReachesTheEndpoint() throws Exception {
        run(spec());

        assertThat(bodies).noneMatch(body -> body.contains(CANARY));
        List<String> sent = new ArrayList<>();
        for (String body : bodies) {
            JsonNode image = new ObjectMapper()
                    .readTree(body.substring(body.indexOf(' ')))
                    .get("image");
            if (image != null) {
                sent.add(image.asText());
            }
        }
        assertThat(sent).isNotEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(sent).doesNotContain(Base64.getEncoder().encodeToString(Png.encode(Portraits.portrait(i))));
        }
    }

    @Test
    void aBudgetStopsTheRunAndALargerOneGoesOnWithoutPayingTwice() throws Exception {
        assertThatThrownBy(() -> run(spec("images.api.budget.requests=20"))).isInstanceOf(GenerationException.class);
        assertThat(bodies).hasSizeBetween(1, 20);

        run(spec("images.api.budget.requests=200"));
        assertThat(bodies).hasSize(13 + 2 * 13 + 7 + 2 * 7 + 7);
    }

    @Test
    void anImageThatWasChangedOnStorageIsFound() throws Exception {
        run(spec());
        try (Stream<Path> files = Files.walk(out().resolve("store/images"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, Png.encode(new Pixels(1, 1, new byte[3])));
            }
        }

        assertThatThrownBy(() -> PrivateEvolution.on(spark).extend(true).run(spec("evolution.schedule=[13, 7, 7, 7]")))
                .isInstanceOfAny(StoreException.class, org.apache.spark.SparkException.class)
                .hasStackTraceContaining("is damaged");
    }

    @Test
    void aMissingKeyIsFoundBeforeAnythingIsAsked() {
        assertThatThrownBy(() ->
                        PrivateEvolution.on(spark).check(spec("images.api.endpoints.0.key_env=NO_SUCH_KEY_" + CANARY)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NO_SUCH_KEY");
        assertThat(bodies).isEmpty();
    }

    @Test
    void whatARunLeavesNamesNoPrivateFile() throws Exception {
        String log;
        try (CapturedLog captured = new CapturedLog()) {
            run(spec("private_data.store.keep=true"));
            log = captured.text();
        }

        assertThat(log).contains("INFO org.apache.spark.scheduler.DAGScheduler").doesNotContain(CANARY);
        try (Stream<String> events = Files.lines(TestSession.eventLog())) {
            assertThat(events).noneMatch(event -> event.contains(CANARY));
        }
        assertThat(naming(out())).isEmpty();
        // This shows that the search finds it: corrupt images are listed by the name beside the vector.
        assertThat(naming(folder.resolve("out-private"))).isNotEmpty();
    }

    private static List<String> naming(Path directory) throws IOException {
        List<String> naming = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(CANARY)) {
                    naming.add(directory.relativize(file).toString());
                }
            }
        }
        return naming;
    }
}
