package org.privateevolution.generation.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.generation.endpoint.Workers;
import org.privateevolution.generation.text.ChatAnswer.Finish;
import org.privateevolution.generation.text.ChatServer.Act;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.spi.GenerationException;

class HttpChatModelTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final ChatRequest REQUEST =
            new ChatRequest(List.of(new ChatMessage("user", "one two \u00e9\ud83d\ude00")), 40, 77);

    private static HttpChatModel model(ChatServer server, Retry retry) {
        return TextGenerators.model(List.of(server.url()), 4, retry, EndpointBudget.UNLIMITED);
    }

    private static HttpChatModel model(ChatServer server) {
        return model(server, TextGenerators.RETRY);
    }

    private static Retry retry(int attempts, long longestSeconds, long timeoutMillis) {
        return new Retry(attempts, 0.005, longestSeconds, timeoutMillis / 1e3);
    }

    @Test
    void anAnswerComesWithItsExactCost() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER);
                HttpChatModel model = model(server)) {
            ChatAnswer answer = model.complete(REQUEST);

            assertThat(answer.finish()).isEqualTo(Finish.COMPLETE);
            assertThat(answer.text()).startsWith("An answer to: one two \u00e9\ud83d\ude00");
            assertThat(model.usage().promptTokens())
                    .isEqualTo(server.promptTokens())
                    .isEqualTo(3);
            assertThat(model.usage().completionTokens()).isEqualTo(server.completionTokens());
            assertThat(model.usage().money()).isEqualTo(0.15 * 3 / 1e6 + 0.6 * server.completionTokens() / 1e6);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"TOO_MANY", "ERROR", "UNAVAILABLE", "DROP", "SLOW", "MALFORMED", "NO_CHOICES", "WRONG_TYPE"})
    void whatMayPassIsTriedAgain(Act fault) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> n < 2 ? fault : Act.ANSWER);
                HttpChatModel model = model(server, retry(3, 5, 400))) {
            assertThat(model.complete(REQUEST).finish()).isEqualTo(Finish.COMPLETE);

            assertThat(server.seen()).hasSize(3);
            assertThat(model.usage().requests()).isEqualTo(3);
            assertThat(model.usage().promptTokens()).isEqualTo(server.promptTokens());
            assertThat(model.usage().completionTokens()).isEqualTo(server.completionTokens());
            assertThat(model.usage().unaccounted()).isEqualTo(server.seen(ChatServer.COST_UNKNOWN));
        }
    }

    @Test
    void whatDoesNotPassIsGivenUpWithItsLastReason() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ERROR);
                HttpChatModel model = model(server, retry(4, 5, 1000))) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("HTTP 500: told to fail")
                    .hasMessageContaining("attempt 4 of 4")
                    .hasMessageContaining("/v1/chat/completions");
            assertThat(server.seen()).hasSize(4);
        }
    }

    @Test
    void aPauseThatTheEndpointAsksForIsKept() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> n == 0 ? Act.TOO_MANY : Act.ANSWER, 0, 0, "1");
                HttpChatModel model = model(server)) {
            model.complete(REQUEST);

            long waited = server.seen().get(1).nanos() - server.seen().get(0).nanos();
            assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        }
    }

    @Test
    void aPauseBeyondTheLongestDelayEndsTheRun() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.TOO_MANY, 0, 0, "3600");
                HttpChatModel model = model(server)) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("3600 s");
        }
    }

    @Test
    void aPausedEndpointLeavesTheWorkToTheOthers() throws Exception {
        try (ChatServer busy = new ChatServer((n, prompt) -> Act.TOO_MANY, 0, 0, "5");
                ChatServer free = new ChatServer((n, prompt) -> Act.ANSWER);
                HttpChatModel model = TextGenerators.model(
                        List.of(busy.url(), free.url()), 1, TextGenerators.RETRY, EndpointBudget.UNLIMITED)) {
            for (int i = 0; i < 20; i++) {
                model.complete(REQUEST);
            }
            assertThat(busy.seen()).hasSize(1);
            assertThat(free.seen()).hasSize(20);
        }
    }

    /** The same request many times, by several threads. */
    private static void complete(HttpChatModel model, int threads, int times) {
        Workers.run(
                "test", threads, IntStream.range(0, times).boxed().toList(), new Workers.Task<Integer, ChatAnswer>() {
                    @Override
                    public ChatAnswer make(Integer item) throws InterruptedException {
                        try {
                            return model.complete(REQUEST);
                        } catch (UnansweredException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    @Override
                    public void deliver(Integer item, ChatAnswer result) {}
                });
    }

    @Test
    void endpointsShareTheWorkThoughOneFailsOften() throws Exception {
        try (ChatServer shaky = new ChatServer((n, prompt) -> n % 3 == 0 ? Act.DROP : Act.ANSWER, 5, 0, "0");
                ChatServer sound = new ChatServer((n, prompt) -> Act.ANSWER, 5, 0, "0");
                HttpChatModel model = TextGenerators.model(
                        List.of(shaky.url(), sound.url()), 8, TextGenerators.RETRY, EndpointBudget.UNLIMITED)) {
            complete(model, 8, 200);

            // Were failed requests left on the load, the shaky endpoint would soon get none.
            assertThat(shaky.seen()).hasSizeGreaterThan(60);
            assertThat(sound.seen()).hasSizeGreaterThan(60);
            assertThat(model.usage().requests())
                    .isEqualTo(shaky.seen().size() + sound.seen().size());
        }
    }

    @Test
    void anAnswerWithoutEndIsCutAndEndsTheRun() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ENDLESS);
                HttpChatModel model = model(server)) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("HTTP 200 with an answer of more than 8,388,608 bytes, which is the limit")
                    .hasMessageContaining("/v1/chat/completions");
            assertThat(server.seen()).hasSize(1);
            assertThat(server.endless().wasCut()).isTrue();
            assertThat(model.usage().unaccounted()).isEqualTo(1);
        }
    }

    @Test
    void aWrongKeyEndsTheRunWithoutShowingTheKey(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        try (ChatServer server = new ChatServer((n, prompt) -> Act.UNAUTHORIZED)) {
            ChatEndpoint endpoint = new ChatEndpoint(
                    new ChatEndpoint.OpenAiCompatible(server.url() + "/v1/", "m"),
                    new KeySource.SecretFile(file.toString()),
                    ChatEndpoint.AnswerLimit.MAX_TOKENS,
                    Map.of());
            try (HttpChatModel model = model(endpoint, Sampling.OF_THE_MODEL)) {
                assertThatThrownBy(() -> model.complete(REQUEST))
                        .isInstanceOf(GenerationException.class)
                        .hasMessageContaining("HTTP 401")
                        .hasMessageContaining("check the key")
                        .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY));
            }
            assertThat(endpoint.toString()).doesNotContain(KEY);
            assertThat(server.seen()).hasSize(1);
            assertThat(server.seen().get(0).headers().getFirst("Authorization")).isEqualTo("Bearer " + KEY);
            assertThat(server.seen().get(0).body().toString()).doesNotContain(KEY);
        }
    }

    private static HttpChatModel model(ChatEndpoint endpoint, Sampling sampling) {
        return new HttpChatModel(
                List.of(endpoint),
                sampling,
                new CallPolicy(
                        Limits.ofConcurrency(1),
                        TextGenerators.RETRY,
                        EndpointBudget.UNLIMITED,
                        TextGenerators.PRICES));
    }

    @Test
    void anOpenAiRequestHoldsWhatIsConfiguredAndNoMore() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER)) {
            ChatEndpoint endpoint = new ChatEndpoint(
                    new ChatEndpoint.OpenAiCompatible(server.url() + "/serving-endpoints", "llama"),
                    new KeySource.None(),
                    ChatEndpoint.AnswerLimit.MAX_COMPLETION_TOKENS,
                    Map.of("top_k", "50", "chat_template_kwargs", "{\"enable_thinking\": false}"));
            try (HttpChatModel model = model(
                    endpoint,
                    new Sampling(OptionalDouble.of(1.4), OptionalDouble.of(0.9), true, OptionalInt.empty()))) {
                model.complete(REQUEST);
            }

            ChatServer.Seen seen = server.seen().get(0);
            assertThat(seen.path()).isEqualTo("/serving-endpoints/chat/completions");
            assertThat(seen.headers()).doesNotContainKey("Authorization");
            assertThat(seen.headers()).doesNotContainKey("Upgrade");
            Map<String, Object> body = Map.of(
                    "model",
                    "llama",
                    "messages",
                    List.of(Map.of("role", "user", "content", "one two \u00e9\ud83d\ude00")),
                    "max_completion_tokens",
                    40,
                    "temperature",
                    1.4,
                    "top_p",
                    0.9,
                    "seed",
                    77,
                    "top_k",
                    50,
                    "chat_template_kwargs",
                    Map.of("enable_thinking", false));
            assertThat(seen.body()).isEqualTo(new ObjectMapper().valueToTree(body));
        }
    }

    @Test
    void anAzureRequestNamesItsDeploymentInTheAddress(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER)) {
            ChatEndpoint endpoint = new ChatEndpoint(
                    new ChatEndpoint.AzureOpenAi(server.url(), "gpt-4o", "2024-10-21"),
                    new KeySource.SecretFile(file.toString()),
                    ChatEndpoint.AnswerLimit.MAX_TOKENS,
                    Map.of());
            try (HttpChatModel model = model(endpoint, Sampling.OF_THE_MODEL)) {
                model.complete(REQUEST);
            }

            ChatServer.Seen seen = server.seen().get(0);
            assertThat(seen.path()).isEqualTo("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21");
            assertThat(seen.headers().getFirst("api-key")).isEqualTo(KEY);
            assertThat(seen.headers()).doesNotContainKey("Authorization");
            assertThat(seen.body().has("model")).isFalse();
        }
    }

    @Test
    void aParameterThatTheProgramSetsItselfIsRefused() {
        assertThatThrownBy(() -> new ChatEndpoint(
                        new ChatEndpoint.OpenAiCompatible("http://h", "m"),
                        new KeySource.None(),
                        ChatEndpoint.AnswerLimit.MAX_TOKENS,
                        Map.of("stream", "true")))
                .hasMessageContaining("stream");
    }

    @Test
    void refusalsAreAnswersAndNotTriedAgain() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> n == 0 ? Act.FILTER : Act.FILTER_AS_ERROR);
                HttpChatModel model = model(server)) {
            assertThat(model.complete(REQUEST).finish()).isEqualTo(Finish.FILTERED);
            assertThat(model.complete(REQUEST).finish()).isEqualTo(Finish.FILTERED);

            assertThat(server.seen()).hasSize(2);
            assertThat(model.usage().promptTokens()).isEqualTo(server.promptTokens());
        }
    }

    @Test
    void anAnswerWithoutUsageIsCountedAsOfUnknownCost() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.NO_USAGE);
                HttpChatModel model = model(server)) {
            assertThat(model.complete(REQUEST).finish()).isEqualTo(Finish.COMPLETE);

            assertThat(model.usage().unaccounted()).isEqualTo(1);
            assertThat(model.usage().unaccountedMoneyAtMost()).isPositive();
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aServerThatNeverWasThereIsGivenUpAfterThreeAttempts() throws Exception {
        String url = "http://127.0.0.1:" + closedPort();
        try (HttpChatModel model =
                TextGenerators.model(List.of(url), 1, retry(10, 5, 1000), EndpointBudget.UNLIMITED)) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining(
                            "no connection: refused: is the server running there, and is it on this driver's"
                                    + " own machine (or container)?")
                    .hasMessageContaining("attempt 3, and no request was ever answered");
            assertThat(model.usage().requests()).isZero();
            assertThat(model.usage().unaccounted()).isZero();
            assertThatThrownBy(model::requireReachable)
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("no connection: refused");
        }
    }

    /** As a server that speaks http alone does when it is greeted by TLS. */
    private static void answerInPlain(ServerSocket socket) {
        try {
            while (true) {
                try (Socket connection = socket.accept()) {
                    connection.getInputStream().read(new byte[16]);
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    connection.shutdownOutput();
                    // Closed with bytes unread, the connection would be reset, sometimes before the answer is read.
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void tlsThatFailsIsTold() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpChatModel model = TextGenerators.model(
                        List.of("https://127.0.0.1:" + plain.getLocalPort()),
                        1,
                        retry(10, 5, 5000),
                        EndpointBudget.UNLIMITED)) {
            Thread server = new Thread(() -> answerInPlain(plain));
            server.setDaemon(true);
            server.start();

            assertThatThrownBy(model::requireReachable)
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("speak https, or only http?");
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("attempt 3, and no request was ever answered");
            assertThat(model.usage().requests()).isZero();
        }
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        try (HttpChatModel model = TextGenerators.model(
                List.of("http://no-such-host.invalid"), 1, retry(10, 5, 1000), EndpointBudget.UNLIMITED)) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("this driver cannot find the host no-such-host.invalid");
        }
    }

    @Test
    void aServerThatWasThereOnceIsWaitedFor() throws Exception {
        ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER);
        try (HttpChatModel model = model(server, retry(4, 5, 1000))) {
            model.complete(REQUEST);
            server.close();

            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("no connection")
                    .hasMessageContaining("attempt 4 of 4");
        }
    }

    @Test
    void oneServerOfSeveralIsEnough() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER);
                HttpChatModel model = TextGenerators.model(
                        List.of("http://127.0.0.1:" + closedPort(), server.url()),
                        1,
                        retry(10, 5, 1000),
                        EndpointBudget.UNLIMITED)) {
            model.requireReachable();

            assertThat(server.seen()).isEmpty();
            assertThat(model.complete(REQUEST).finish()).isEqualTo(Finish.COMPLETE);
        }
    }

    @Test
    void aDeadServerAmongSeveralDoesNotEndTheRunWhileTheOthersAreBusy() throws Exception {
        try (ChatServer slow = new ChatServer((n, prompt) -> Act.ANSWER, 300, 0, "0");
                HttpChatModel model = TextGenerators.model(
                        List.of("http://127.0.0.1:" + closedPort(), slow.url()),
                        8,
                        new Retry(10, 0.02, 1, 20),
                        EndpointBudget.UNLIMITED)) {
            complete(model, 16, 40);

            assertThat(slow.seen()).hasSize(40);
        }
    }

    @Test
    void aWebPageIsAWrongAddressIfNothingElseEverCame() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.WRONG_TYPE);
                HttpChatModel model = model(server, retry(10, 5, 1000))) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("the answer is a web page: is the address right, with /v1");
            assertThat(server.seen()).hasSize(3);
        }
    }

    @Test
    void aPackedAnswerIsUnpackedOrItsPackingNamed() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> n == 0 ? Act.GZIP : Act.BROTLI);
                HttpChatModel model = model(server)) {
            assertThat(model.complete(REQUEST).text()).startsWith("An answer to: one two");
            assertThat(model.usage().promptTokens()).isEqualTo(3);
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("content encoding is not understood: br");
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void aServerThatOnlyStreamsIsNamedAtOnce() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.STREAM);
                HttpChatModel model = model(server)) {
            assertThatThrownBy(() -> model.complete(REQUEST))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("a stream of events, which was not requested");
            assertThat(server.seen()).hasSize(1);
        }
    }

    @Test
    void thoughtsBesideTheAnswerAreToldFromIt() throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.THOUGHTS_ONLY);
                HttpChatModel model = model(server)) {
            assertThat(model.complete(REQUEST)).isEqualTo(new ChatAnswer("", true, Finish.LENGTH));
        }
    }

    @Test
    void theRateLimitHoldsAtOneRequestOver() throws IOException, InterruptedException, UnansweredException {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER);
                HttpChatModel model = new HttpChatModel(
                        List.of(TextGenerators.endpoint(server.url())),
                        Sampling.OF_THE_MODEL,
                        new CallPolicy(
                                new Limits(4, OptionalLong.of(1200), OptionalLong.empty()),
                                TextGenerators.RETRY,
                                EndpointBudget.UNLIMITED,
                                TextGenerators.PRICES))) {
            long start = System.nanoTime();
            for (int i = 0; i < 21; i++) {
                model.complete(REQUEST);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }
}
