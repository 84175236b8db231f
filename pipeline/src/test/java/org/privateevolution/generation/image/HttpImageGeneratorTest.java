package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.generation.image.ImageServer.Act;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Images;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.endpoint.Authorization;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.contract.GeneratorContract;

class HttpImageGeneratorTest {

    private static final Retry RETRY = retry(5);
    private static final ImagePrompts PROMPTS = prompts(Schedule.of(0.9, 0.7));
    private static final byte[] PARENT = Png.encode(Images.noise(ImageServer.WIDTH, ImageServer.HEIGHT, -1));

    private static final ImageProtocol WEB_UI = new ImageProtocol.WebUi(Map.of("sampler_name", "DDIM"));
    private static final ImageProtocol EDITS = openAi(ImageProtocol.OpenAi.Variation.EDIT, false);
    private static final ImageProtocol VARIATIONS = openAi(ImageProtocol.OpenAi.Variation.VARIATION, true);
    private static final ImageProtocol OWN = new ImageProtocol.Own();

    private final Stored files = new Stored();

    private static Retry retry(double timeoutSeconds) {
        return new Retry(12, 0.005, 5, timeoutSeconds);
    }

    private static ImageProtocol openAi(ImageProtocol.OpenAi.Variation variation, boolean asksForBase64) {
        return new ImageProtocol.OpenAi("test-image", variation, asksForBase64, Map.of("quality", "low"));
    }

    private static ImagePrompts prompts(Schedule degree) {
        return new ImagePrompts(
                List.of("a cat", "a dog"),
                List.of("the cat", "the dog \u00e9"),
                ImageServer.WIDTH,
                ImageServer.HEIGHT,
                degree,
                Schedule.of(7.5, 2),
                Schedule.of(50, 10));
    }

    /** Images in memory; the parent is there from the start. */
    private static final class Stored implements ImageFiles {
        private final Map<String, byte[]> images = new ConcurrentHashMap<>(Map.of("parent", PARENT));

        @Override
        public StoredImage save(String sampleId, byte[] encoded) {
            assertThat(images.put(sampleId, encoded))
                    .as("%s is bought once", sampleId)
                    .isNull();
            return new StoredImage(sampleId, "");
        }

        @Override
        public byte[] load(StoredImage image) {
            return images.get(image.location());
        }
    }

    /** Notes what becomes of requests, and that an image is stored before it counts. */
    private final class Noted implements GenerationSink {
        private final Map<String, String> outcomes = new ConcurrentHashMap<>();

        @Override
        public void accept(GenerationRequest request, Payload payload) {
            assertThat(files.images).containsKey(((StoredImage) payload).location());
            outcomes.put(request.id(), "made");
        }

        @Override
        public void reject(GenerationRequest request, String reason) {
            outcomes.put(request.id(), reason);
        }

        @Override
        public void fail(GenerationRequest request, String reason) {
            outcomes.put(request.id(), "failed: " + reason);
        }
    }

    private HttpImageGenerator generator(
            ImageProtocol protocol, ImageServer server, int concurrency, EndpointBudget budget) {
        return generator(protocol, server, concurrency, RETRY, budget);
    }

    private HttpImageGenerator generator(
            ImageProtocol protocol, ImageServer server, int concurrency, Retry retry, EndpointBudget budget) {
        ImageEndpoint endpoint = new ImageEndpoint(server.url() + "/v1", new KeySource.None(), Authorization.BEARER);
        return generator(
                protocol,
                endpoint,
                new CallPolicy(Limits.ofConcurrency(concurrency), retry, budget, new Prices(0, 0, 0.02)),
                PROMPTS);
    }

    private HttpImageGenerator generator(
            ImageProtocol protocol, ImageEndpoint endpoint, CallPolicy calls, ImagePrompts prompts) {
        return new HttpImageGenerator(
                new ImageSpec.Served(protocol, List.of(endpoint), prompts, calls, new RejectionRule(1, 0)),
                files,
                new RunListener() {},
                Duration.ofDays(1));
    }

    private static GenerationRequest random(String id) {
        return new GenerationRequest.Random(id, 0, new Seed(77));
    }

    private static GenerationRequest variation(String id, int iteration) {
        Sample parent = new Sample("p", 1, new StoredImage("parent", ""), "");
        return new GenerationRequest.Variation(id, parent, iteration, new Seed(77));
    }

    private String outcome(ImageProtocol protocol, ImageServer server, GenerationRequest request) {
        Noted noted = new Noted();
        try (HttpImageGenerator generator = generator(protocol, server, 2, EndpointBudget.UNLIMITED)) {
            generator.generate(List.of(request), noted);
        }
        return noted.outcomes.get(request.id());
    }

    static Stream<Arguments> protocols() {
        return Stream.of(WEB_UI, EDITS, VARIATIONS, OWN).map(Arguments::of);
    }

    static Stream<Arguments> faults() {
        return protocols()
                .flatMap(protocol -> ImageServer.PASSING.stream().map(act -> Arguments.of(protocol.get()[0], act)));
    }

    @Test
    void itKeepsTheContractOfAGenerator() throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            GeneratorContract.verify(
                    context -> generator(WEB_UI, server, 4, EndpointBudget.UNLIMITED),
                    new GenerationContext.Images(List.of("cats", "dogs"), files));
        }
    }

    @Test
    void theWebUiIsAskedInItsOwnWords() throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            assertThat(outcome(WEB_UI, server, random("r"))).isEqualTo("made");
            assertThat(outcome(WEB_UI, server, variation("v", 5))).isEqualTo("made");

            JsonNode fresh = server.seen().get(0).body();
            assertThat(server.seen().get(0).path()).isEqualTo("/v1/sdapi/v1/txt2img");
            assertThat(fresh.toString())
                    .contains("\"prompt\":\"a cat\"", "\"steps\":50", "\"cfg_scale\":7.5")
                    .contains("\"width\":24", "\"height\":16", "\"sampler_name\":\"DDIM\"", "\"batch_size\":1")
                    .doesNotContain("init_images", "denoising");
            assertThat(fresh.path("seed").intValue()).isNotNegative();
            JsonNode varied = server.seen().get(1).body();
            assertThat(server.seen().get(1).path()).isEqualTo("/v1/sdapi/v1/img2img");
            assertThat(varied.toString())
                    .contains("\"prompt\":\"the dog \u00e9\"", "\"steps\":10", "\"cfg_scale\":2.0")
                    .contains("\"denoising_strength\":0.7");
            assertThat(Base64.getDecoder()
                            .decode(varied.path("init_images").path(0).textValue()))
                    .isEqualTo(PARENT);
            assertThat(varied.path("seed")).isEqualTo(fresh.path("seed"));
        }
    }

    @Test
    void openAiIsAskedInItsOwnWords() throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            outcome(EDITS, server, random("r1"));
            outcome(VARIATIONS, server, random("r2"));
            outcome(EDITS, server, variation("v1", 0));
            outcome(VARIATIONS, server, variation("v2", 0));

            assertThat(server.seen().stream().map(ImageServer.Seen::path))
                    .containsExactly(
                            "/v1/images/generations",
                            "/v1/images/generations",
                            "/v1/images/edits",
                            "/v1/images/variations");
            assertThat(server.seen().get(0).body().toString())
                    .contains("\"model\":\"test-image\"", "\"prompt\":\"a cat\"", "\"size\":\"24x16\"", "\"n\":1")
                    .contains("\"quality\":\"low\"")
                    .doesNotContain("response_format");
            assertThat(server.seen().get(1).body().toString()).contains("\"response_format\":\"b64_json\"");
            byte[] edit = server.seen().get(2).raw();
            assertThat(new String(edit, StandardCharsets.UTF_8))
                    .contains("name=\"prompt\"\r\n\r\nthe dog \u00e9\r\n", "name=\"n\"\r\n\r\n1\r\n")
                    .contains("filename=\"image.png\"\r\nContent-Type: image/png");
            assertThat(ImageServer.holds(edit, PARENT)).isTrue();
            byte[] variation = server.seen().get(3).raw();
            assertThat(new String(variation, StandardCharsets.UTF_8))
                    .doesNotContain("name=\"prompt\"")
                    .contains("name=\"response_format\"\r\n\r\nb64_json");
            assertThat(ImageServer.holds(variation, PARENT)).isTrue();
        }
    }

    @Test
    void theOwnContractIsAskedInItsOwnWords() throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            outcome(OWN, server, random("r"));
            outcome(OWN, server, variation("v", 0));

            assertThat(server.seen().get(0).path()).isEqualTo("/v1/random");
            assertThat(server.seen().get(0).body().toString())
                    .contains("\"prompt\":\"a cat\"", "\"label\":0", "\"guidance\":7.5", "\"steps\":50")
                    .doesNotContain("degree", "image");
            assertThat(server.seen().get(1).path()).isEqualTo("/v1/variations");
            JsonNode varied = server.seen().get(1).body();
            assertThat(varied.toString()).contains("\"label\":1", "\"degree\":0.9", "\"guidance\":7.5", "\"steps\":50");
            assertThat(Base64.getDecoder().decode(varied.path("image").textValue()))
                    .isEqualTo(PARENT);
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void imagesAreKeptAsTheyCame(ImageProtocol protocol) throws Exception {
        boolean two = !(protocol instanceof ImageProtocol.OpenAi);
        try (ImageServer server = new ImageServer(n -> two && n == 1 ? Act.ANSWER_OTHERWISE : Act.ANSWER)) {
            assertThat(outcome(protocol, server, random("first"))).isEqualTo("made");
            assertThat(outcome(protocol, server, random("second"))).isEqualTo("made");
        }
        assertThat(files.images.get("first")).isEqualTo(Png.encode(Images.noise(24, 16, 0)));
        assertThat(new ImageDecoder(1000).decode(files.images.get("second")).rgb())
                .isEqualTo(Images.noise(24, 16, 1).rgb());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatMayPassIsTriedAgain(ImageProtocol protocol, Act fault) throws IOException {
        Retry retry = fault == Act.SLOW ? retry(0.7) : RETRY;
        Noted noted = new Noted();
        try (ImageServer server = new ImageServer(n -> n == 0 ? fault : Act.ANSWER);
                HttpImageGenerator generator = generator(protocol, server, 1, retry, EndpointBudget.UNLIMITED)) {
            generator.generate(List.of(variation("v", 0)), noted);

            assertThat(noted.outcomes).containsEntry("v", "made");
            assertThat(server.seen()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void answersThatAreNoSamplesAreRejectedWithTheReason(ImageProtocol protocol) throws IOException {
        Act[] acts = {Act.NOT_AN_IMAGE, Act.WRONG_SIZE, Act.REFUSE};
        boolean refuses = !(protocol instanceof ImageProtocol.WebUi);
        try (ImageServer server = new ImageServer(n -> acts[n])) {
            assertThat(outcome(protocol, server, random("a")))
                    .isEqualTo("the image is not a PNG, JPEG, GIF or BMP, which cannot be read: convert it to PNG or"
                            + " JPEG");
            assertThat(outcome(protocol, server, random("b"))).isEqualTo("an image of 24 x 9, not of 24 x 16");
            if (refuses) {
                assertThat(outcome(protocol, server, random("c"))).isEqualTo("held back by the content filter");
            }
            assertThat(server.seen()).hasSize(refuses ? 3 : 2);
        }
        assertThat(files.images.keySet()).containsExactly("parent");
    }

    @Test
    void whatNoRetryHealsEndsTheRun(@TempDir Path folder) throws IOException {
        Act[] acts = {Act.ADDRESS, Act.QUOTA};
        try (ImageServer server = new ImageServer(n -> acts[n])) {
            assertThatThrownBy(() -> outcome(EDITS, server, random("a")))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("ask it for base64");
            assertThatThrownBy(() -> outcome(EDITS, server, random("b"))).hasMessageContaining("quota is spent: pay");
        }
        Path key = Files.writeString(folder.resolve("key"), "sk-very-secret-0123456789");
        try (ImageServer server = new ImageServer(n -> Act.UNAUTHORIZED)) {
            ImageEndpoint endpoint = new ImageEndpoint(
                    server.url() + "/api?version=3", new KeySource.SecretFile(key.toString()), Authorization.BASIC);
            CallPolicy calls = new CallPolicy(Limits.ofConcurrency(1), RETRY, EndpointBudget.UNLIMITED, Prices.FREE);
            HttpImageGenerator generator = generator(OWN, endpoint, calls, PROMPTS);

            assertThatThrownBy(() -> generator.generate(List.of(random("a")), new Noted()))
                    .hasMessageContaining("check the key")
                    .hasMessageNotContaining("very-secret");
            assertThat(server.seen().get(0).path()).isEqualTo("/api/random?version=3");
            assertThat(server.seen().get(0).headers().getFirst("Authorization"))
                    .isEqualTo("Basic sk-very-secret-0123456789");
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void anAnswerWithoutEndIsCutAndEndsTheRun(ImageProtocol protocol) throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ENDLESS)) {
            assertThatThrownBy(() -> outcome(protocol, server, random("a")))
                    .isInstanceOf(GenerationException.class)
                    // 2^24 + 24 x 16 x 8 x 4 / 3
                    .hasMessageContaining("HTTP 200 with an answer of more than 16,781,312 bytes, which is the limit");
            assertThat(server.seen()).hasSize(1);
            assertThat(server.endless().wasCut()).isTrue();
        }
    }

    @Test
    void settingsThatCannotServeAreRefused() throws IOException {
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            ImageEndpoint endpoint = new ImageEndpoint(server.url(), new KeySource.None(), Authorization.BEARER);
            CallPolicy calls = new CallPolicy(Limits.ofConcurrency(1), RETRY, EndpointBudget.UNLIMITED, Prices.FREE);
            assertThatThrownBy(() -> generator(WEB_UI, endpoint, calls, prompts(Schedule.of(0.5, 1.5))))
                    .hasMessageContaining("denoising strengths, must each be 0.0 to 1.0, but are [0.5, 1.5]");
        }
        assertThatThrownBy(() -> new ImageProtocol.WebUi(Map.of("seed", "1", "sampler_name", "x")))
                .hasMessageContaining("must not hold [seed]");
        Schedule one = Schedule.of(1);
        assertThatThrownBy(() -> new ImagePrompts(List.of("a"), List.of(), 1, 1, one, one, one))
                .hasMessageContaining("1 and 0");
        assertThatThrownBy(() -> new ImagePrompts(List.of("a"), List.of("b"), 1, 1, one, Schedule.of(-1), one))
                .hasMessageContaining("guidance scales must each be at least 0.0, but are [-1.0]");
        assertThatThrownBy(() -> Schedule.of()).hasMessageContaining("one or more numbers");
    }

    @Test
    void moneyIsCountedByTheImageAndEndsTheRunInTime() throws IOException {
        EndpointBudget budget = new EndpointBudget(
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(0.11));
        List<GenerationRequest> requests =
                IntStream.range(0, 9).mapToObj(i -> random("r" + i)).toList();
        try (ImageServer server = new ImageServer(n -> Act.ANSWER);
                HttpImageGenerator generator = generator(OWN, server, 2, budget)) {
            Noted noted = new Noted();
            assertThatThrownBy(() -> generator.generate(requests, noted)).hasMessageContaining("the budget is spent");

            assertThat(server.seen()).hasSize(5);
            assertThat(noted.outcomes).hasSize(5);
            assertThat(generator.usage().money()).isEqualTo(0.02 * 5);
        }
    }

    /** Answers in memory. */
    private static final class MemoryJournal implements GenerationJournal {
        private final Map<String, Entry> entries = new ConcurrentHashMap<>();

        @Override
        public Map<String, Entry> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public void append(List<Entry> more) {
            more.forEach(
                    entry -> assertThat(entries.put(entry.requestId(), entry)).isNull());
        }
    }

    private static List<GenerationRequest> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0 ? random("r" + i) : variation("v" + i, i % 3))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void everyImageIsMadeAndBoughtOnceThoughAFifthOfTheRequestsFails(ImageProtocol protocol) throws IOException {
        MemoryJournal journal = new MemoryJournal();
        ImageServer.Plan plan = ImageServer.faulty(0.2);
        // The web UI knows no refusal: to it, one is an error that ends the run.
        boolean refuses = !(protocol instanceof ImageProtocol.WebUi);
        try (ImageServer server =
                        new ImageServer(n -> !refuses && plan.act(n) == Act.REFUSE ? Act.WRONG_SIZE : plan.act(n));
                HttpImageGenerator generator = generator(protocol, server, 8, EndpointBudget.UNLIMITED)) {
            var answers =
                    new JournaledGeneration(generator, new RejectionRule(8, 0)).answer(many(200), journal, done -> {});

            assertThat(answers.payloads()).hasSize(200);
            assertThat(files.images).hasSize(201);
            assertThat(server.seen(Act.ANSWER)).isEqualTo(200);
            long rejected = server.seen(Act.NOT_AN_IMAGE, Act.WRONG_SIZE, Act.REFUSE);
            assertThat(journal.entries).hasSize((int) (200 + rejected));
            assertThat(generator.usage().requests()).isEqualTo(server.seen().size());
            assertThat(generator.usage().answers()).isEqualTo(200 + rejected);
            assertThat(rejected).isGreaterThan(5);
        }
    }

    @Test
    void aResumedRunBuysOnlyWhatIsMissing() throws IOException {
        MemoryJournal journal = new MemoryJournal();
        List<GenerationRequest> requests = many(60);
        EndpointBudget some = new EndpointBudget(
                OptionalLong.of(23), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
        try (ImageServer server = new ImageServer(n -> Act.ANSWER)) {
            try (HttpImageGenerator first = generator(WEB_UI, server, 4, some)) {
                JournaledGeneration generation = new JournaledGeneration(first, new RejectionRule(2, 0));
                assertThatThrownBy(() -> generation.answer(requests, journal, done -> {}))
                        .isInstanceOf(GenerationException.class);
            }
            assertThat(journal.entries).hasSize(23);
            try (HttpImageGenerator second = generator(WEB_UI, server, 4, EndpointBudget.UNLIMITED)) {
                var answers =
                        new JournaledGeneration(second, new RejectionRule(2, 0)).answer(requests, journal, done -> {});

                assertThat(answers.payloads()).hasSize(60);
                assertThat(second.usage().requests()).isEqualTo(37);
            }
            assertThat(server.seen()).hasSize(60);
        }
    }
}
