package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.generation.endpoint.GenerationProgress;
import org.privateevolution.generation.text.ChatServer.Act;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.Retry;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.spi.contract.GeneratorContract;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.RunFiles;

class TextGeneratorTest {

    private static final RejectionRule RULE = new RejectionRule(4, 0.01);

    /** The journal of the first iteration of a run on disk; the lease is let go at the end. */
    private static final class DiskJournal implements AutoCloseable {
        private final DriverLease lease;
        private final GenerationJournal journal;

        DiskJournal(Path folder) {
            RunFiles files = RunFiles.at(folder.toString(), new Configuration());
            lease = DriverLease.acquire(files, Clock.systemUTC());
            journal = new FileIterationStore(files, lease, "run").journal(0);
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    private static JournaledGeneration generation(HttpChatModel model) {
        return new JournaledGeneration(TextGenerators.generator(model), RULE);
    }

    private static HttpChatModel model(ChatServer server, int concurrency, EndpointBudget budget) {
        return TextGenerators.model(List.of(server.url()), concurrency, TextGenerators.RETRY, budget);
    }

    private static void faultyRunCompletes(
            Path folder, int samples, int concurrency, ChatServer.Plan plan, String pause) throws Exception {
        try (ChatServer server = new ChatServer(plan, -20, 4_000, pause);
                HttpChatModel model = model(server, concurrency, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            List<GenerationRequest> requests = TextGenerators.requests(samples);
            var answers = generation(model).answer(requests, disk.journal, done -> {});

            assertThat(answers.payloads()).hasSize(samples);
            assertThat(answers.rejected()).isZero();
            assertThat(server.answers().values())
                    .allSatisfy(count -> assertThat(count).hasValue(1));
            Usage usage = model.usage();
            assertThat(usage.requests()).isEqualTo(server.seen().size());
            assertThat(usage.promptTokens()).isEqualTo(server.promptTokens());
            assertThat(usage.completionTokens()).isEqualTo(server.completionTokens());
            assertThat(usage.money())
                    .isEqualTo(0.15 * server.promptTokens() / 1e6 + 0.6 * server.completionTokens() / 1e6);
            assertThat(usage.unaccounted()).isEqualTo(server.seen(ChatServer.COST_UNKNOWN));
            assertThat(server.mostUnderWay()).isLessThanOrEqualTo(concurrency + (int) server.seen(List.of(Act.SLOW)));
            for (Act fault : ChatServer.FAULTS) {
                assertThat(server.seen(List.of(fault))).as(fault.name()).isPositive();
            }
        }
    }

    @Test
    void itKeepsTheContractOfAGenerator() throws IOException {
        try (ChatServer server = new ChatServer(ChatServer.faulty(0))) {
            GeneratorContract.verify(
                    context -> TextGenerators.generator(model(server, 4, EndpointBudget.UNLIMITED)),
                    new GenerationContext.Texts(List.of("trains", "boats")));
        }
    }

    @Test
    void aRunOverAFaultyEndpointPaysEveryPromptOnceAndCountsLikeTheServer(@TempDir Path folder) throws Exception {
        faultyRunCompletes(folder, 211, 32, ChatServer.faulty(0.2), "0");
    }

    @Test
    @Tag("faults")
    void aLongRunOverAFaultyEndpointPaysEveryPromptOnceAndCountsLikeTheServer(@TempDir Path folder) throws Exception {
        ChatServer.Plan faulty = ChatServer.faulty(0.2);
        faultyRunCompletes(
                folder,
                2000,
                64,
                (n, prompt) -> faulty.act(n, prompt) == Act.ANSWER && n % 40 == 39 ? Act.FILTER : faulty.act(n, prompt),
                "1");
    }

    @Test
    void refusedEmptyAndTruncatedAnswersAreJournalledAndReplaced(@TempDir Path folder) throws Exception {
        ChatServer.Plan plan = (n, prompt) -> switch (n) {
            case 0 -> Act.FILTER;
            case 1 -> Act.FILTER_AS_ERROR;
            case 2 -> Act.EMPTY;
            case 3 -> Act.TRUNCATE;
            default -> Act.ANSWER;
        };
        try (ChatServer server = new ChatServer(plan);
                HttpChatModel model = model(server, 1, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            var answers = generation(model).answer(TextGenerators.requests(11), disk.journal, done -> {});

            assertThat(answers.payloads()).hasSize(11);
            assertThat(answers.reasons()).isEqualTo(Map.of("content filter", 2, "empty", 1, "truncated", 1));
            assertThat(disk.journal.entries()).hasSize(15);
            assertThat(disk.journal.entries().get("v3").reason()).isEqualTo("truncated");
            assertThat(server.seen()).hasSize(15);
            // Another seed is another prompt: of three voices, four replacements do not all keep theirs.
            assertThat(prompts(server).subList(0, 4))
                    .isNotEqualTo(prompts(server).subList(11, 15));
        }
    }

    private static List<String> prompts(ChatServer server) {
        return server.seen().stream().map(ChatServer.Seen::prompt).toList();
    }

    @Test
    void aRunWhoseStorageFailsStopsAndResumesWithoutAskingAgain(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer(ChatServer.faulty(0.1), -10, 4_000, "0")) {
            try (HttpChatModel model = model(server, 8, EndpointBudget.UNLIMITED);
                    DiskJournal disk = new DiskJournal(folder)) {
                GenerationJournal failing = new GenerationJournal() {
                    @Override
                    public Map<String, Entry> entries() {
                        return disk.journal.entries();
                    }

                    @Override
                    public void append(List<Entry> entries) {
                        // With 16 threads no write holds more than 16 answers, so 40 to 55 are stored.
                        if (disk.journal.entries().size() >= 40) {
                            throw new StoreException("the disk is full");
                        }
                        disk.journal.append(entries);
                    }
                };
                assertThatThrownBy(() -> generation(model).answer(TextGenerators.requests(101), failing, done -> {}))
                        .isInstanceOf(StoreException.class);
            }

            resumesWithoutAskingAgain(folder, server, 101);
        }
    }

    private static void resumesWithoutAskingAgain(Path folder, ChatServer server, int samples) throws Exception {
        List<GenerationRequest> requests = TextGenerators.requests(samples);
        try (HttpChatModel model = model(server, 8, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            Set<String> journalled = new HashSet<>();
            for (String id : disk.journal.entries().keySet()) {
                journalled.add(promptOf(requests, id));
            }
            assertThat(journalled).hasSizeBetween(10, samples - 10);
            int before = server.seen().size();

            assertThat(generation(model)
                            .answer(requests, disk.journal, done -> {})
                            .payloads())
                    .hasSize(samples);

            assertThat(prompts(server).subList(before, server.seen().size())).doesNotContainAnyElementsOf(journalled);
        }
    }

    private static String promptOf(List<GenerationRequest> requests, String id) {
        GenerationRequest request = requests.get(Integer.parseInt(id.substring(1)));
        StringBuilder prompt = new StringBuilder();
        TextGenerators.prompts().request(request).messages().forEach(message -> prompt.append(message.content())
                .append('\n'));
        return prompt.toString();
    }

    @Test
    @Tag("faults")
    void aProcessThatIsKilledResumesWithoutAskingAgain(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER, -60, 4_000, "0")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            server.url(),
                            folder.toString())
                    .inheritIO()
                    .start();
            while (server.seen().size() < 200 && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroyForcibly().waitFor();

            resumesWithoutAskingAgain(folder, server, Killed.SAMPLES);
        }
    }

    /** The process that is killed. */
    static final class Killed {
        static final int SAMPLES = 1009;

        private Killed() {}

        public static void main(String[] arguments) {
            try (HttpChatModel model = TextGenerators.model(
                            List.of(arguments[0]), 8, TextGenerators.RETRY, EndpointBudget.UNLIMITED);
                    DiskJournal disk = new DiskJournal(Path.of(arguments[1]))) {
                generation(model).answer(TextGenerators.requests(SAMPLES), disk.journal, done -> {});
            }
        }
    }

    @Test
    void aSpentBudgetStopsTheRunAfterAllThatIsPaidForIsJournalled(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER, -10, 0, "0");
                DiskJournal disk = new DiskJournal(folder)) {
            EndpointBudget budget = new EndpointBudget(
                    OptionalLong.of(37), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
            try (HttpChatModel model = model(server, 8, budget)) {
                assertThatThrownBy(
                                () -> generation(model).answer(TextGenerators.requests(101), disk.journal, done -> {}))
                        .isInstanceOf(GenerationException.class)
                        .hasMessageContaining("37 requests of 37");
            }

            assertThat(server.seen()).hasSize(37);
            assertThat(disk.journal.entries()).hasSize(37);
        }
    }

    @Test
    void aWrongKeyStopsTheRunAtOnce(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> n < 20 ? Act.ANSWER : Act.UNAUTHORIZED, 5, 0, "0");
                HttpChatModel model = model(server, 4, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            assertThatThrownBy(() -> generation(model).answer(TextGenerators.requests(101), disk.journal, done -> {}))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("HTTP 401");

            assertThat(server.seen()).hasSizeBetween(21, 28);
            assertThat(disk.journal.entries()).hasSize(20);
        }
    }

    @Test
    void anOutageStopsTheRunAndLeavesNothingInTheJournal(@TempDir Path folder) throws Exception {
        Retry impatient = new Retry(2, 0.001, 1, 5);
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ERROR);
                HttpChatModel model =
                        TextGenerators.model(List.of(server.url()), 4, impatient, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            assertThatThrownBy(() -> generation(model).answer(TextGenerators.requests(101), disk.journal, done -> {}))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("in a row")
                    .hasMessageContaining("HTTP 500");

            assertThat(disk.journal.entries()).isEmpty();
        }
    }

    @Test
    void anInterruptStopsTheRunAndKeepsWhatIsPaidFor(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER, 30, 0, "0");
                HttpChatModel model = model(server, 4, EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            List<Throwable> thrown = new ArrayList<>();
            Thread driver = new Thread(() -> {
                try {
                    generation(model).answer(TextGenerators.requests(5003), disk.journal, done -> {});
                } catch (GenerationException e) {
                    thrown.add(e);
                }
            });
            driver.start();
            while (server.seen().size() < 20) {
                TimeUnit.MILLISECONDS.sleep(1);
            }

            driver.interrupt();
            driver.join(20_000);

            assertThat(thrown).hasSize(1);
            assertThat(disk.journal.entries()).hasSize(server.seen().size());
        }
    }

    @Test
    void progressTellsPaceAndCost() throws Exception {
        List<String> notices = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void notice(String message) {
                notices.add(message);
            }
        };
        long[] now = {0};
        Usage[] usage = {Usage.NONE};
        GenerationProgress progress =
                new GenerationProgress(1200, () -> usage[0], listener, Duration.ofSeconds(60), () -> now[0]);
        for (int i = 0; i < 1200; i++) {
            now[0] += 200_000_000L;
            usage[0] = new Usage(i + 1, i + 1, 0, 0, (i + 1) * 0.01, 0, 0, 0, 0);
            progress.answered();
        }

        assertThat(notices)
                .containsExactly(
                        "300 of 1,200 prompts answered, 5.0 per second, about 3 min left; cost so far 3.00, about"
                                + " 9.00 to come",
                        "600 of 1,200 prompts answered, 5.0 per second, about 2 min left; cost so far 6.00, about"
                                + " 6.00 to come",
                        "900 of 1,200 prompts answered, 5.0 per second, about 1 min left; cost so far 9.00, about"
                                + " 3.00 to come");
    }

    /** Ideal: 2,000 requests in 32 rounds of 64, one second each. */
    @Test
    @Tag("scale")
    void sixtyFourRequestsUnderWayKeepWithinATenthOfTheIdealTime(@TempDir Path folder) throws Exception {
        try (ChatServer server = new ChatServer((n, prompt) -> Act.ANSWER, 1000, 0, "0");
                HttpChatModel model = TextGenerators.model(
                        List.of(server.url()), 64, new Retry(3, 1, 60, 30), EndpointBudget.UNLIMITED);
                DiskJournal disk = new DiskJournal(folder)) {
            long start = System.nanoTime();
            var answers = generation(model).answer(TextGenerators.requests(2000), disk.journal, done -> {});
            double seconds = (System.nanoTime() - start) / 1e9;

            System.out.printf("2,000 answers of 1 s, 64 at a time: %.1f s, ideal 32.0 s%n", seconds);
            assertThat(answers.payloads()).hasSize(2000);
            assertThat(server.mostUnderWay()).isEqualTo(64);
            assertThat(seconds).isLessThan(32 * 1.1);
        }
    }
}
