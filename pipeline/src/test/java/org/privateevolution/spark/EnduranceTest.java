package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.Footprint;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/**
 * Long work leaves nothing behind: neither memory nor threads nor open files. Full length with {@code -Pendurance}. A
 * disk that fills up is tested in {@link FullDiskTest}, a wrong clock in {@link ClockJumpTest}.
 */
class EnduranceTest {

    private static final long SPARE_MIB = 48;
    /** Those of an HTTP client live on for a minute. */
    private static final int SPARE_THREADS = 16;

    private static final long SPARE_FILES = 16;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    @Test
    void someRunsInOneProcessLeaveNothingBehind() throws Exception {
        runs(3, 6);
    }

    @Test
    @Tag("endurance")
    void twoHundredRunsInOneProcessLeaveNothingBehind() throws Exception {
        runs(50, 200);
    }

    private void runs(int warm, int runs) throws Exception {
        Path data = folder.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        Footprint before = null;
        for (int run = 1; run <= runs; run++) {
            PrivateEvolution.on(spark).run(Customers.spec(data, folder.resolve("out-" + run)));
            before = run == warm ? Footprint.now() : before;
        }
        requireFlat(runs + " runs", before, Footprint.now());
    }

    @Test
    @Tag("endurance")
    void fiveHundredVotesOfAnEstimateLeaveNothingBehind() throws Exception {
        votes("estimate", "evolution={samples: 200, votes: 500, selection: estimate}");
    }

    @Test
    @Tag("endurance")
    void fiveHundredVotesOfTheAlgorithmAsPublishedLeaveNothingBehind() throws Exception {
        votes("rank", "evolution={samples: 200, votes: 500, selection: rank}");
    }

    private void votes(String name, String evolution) throws Exception {
        Path data = folder.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        List<Footprint> footprints = new ArrayList<>();
        List<Long> seconds = new ArrayList<>();
        long start = System.nanoTime();
        RunListener listener = new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                if (stage.matches("vote \\d+00 of 500")) {
                    footprints.add(footprint());
                    seconds.add((System.nanoTime() - start) / 1_000_000_000);
                }
            }
        };
        RunSpec spec = Customers.spec(
                data,
                folder.resolve("out"),
                evolution,
                "privacy={epsilon: 4, delta: 1e-5, ledger: " + folder.resolve("ledger") + "}");

        RunResult result = PrivateEvolution.on(spark).listener(listener).run(spec);

        assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(4);
        say("500 votes, " + name + ": every hundredth at second " + seconds + ", " + footprints);
        requireFlat("votes 200 to 500, " + name, footprints.get(1), footprints.get(4));
    }

    private static Footprint footprint() {
        try {
            return Footprint.now();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLongLedgerIsReadOnceByAProcess() throws Exception {
        ledger(500);
    }

    @Test
    @Tag("endurance")
    void aLedgerOfTenThousandEntriesIsReadOnceByAProcess() throws Exception {
        ledger(10_000);
    }

    private void ledger(int entries) throws Exception {
        Path path = folder.resolve("ledger");
        Ledger filled = open(path);
        for (int i = 0; i < entries; i++) {
            filled.charge(release(i));
        }
        long start = System.nanoTime();
        Ledger ledger = open(path);
        Duration opened = Duration.ofNanos(System.nanoTime() - start);
        // An entry is written once and read once; one that is gone is noticed all the same.
        Path first = path.resolve("entry-000001.json");
        Files.writeString(first, "unreadable");
        ledger.charge(release(entries));
        Duration charged = Duration.ofNanos(System.nanoTime() - start).minus(opened);

        assertThat(ledger.entries()).hasSize(entries + 1);
        say(entries + " entries: opened in " + opened.toMillis() + " ms, charged in " + charged.toMillis() + " ms");
        Files.delete(first);
        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> ledger.charge(release(entries + 1)))
                .withMessageContaining("the ledger is damaged");
    }

    private static Ledger open(Path path) {
        return new Ledger(new FileLedgerStorage(RunFiles.at(path.toString(), new Configuration())));
    }

    private static Release release(int number) {
        return new Release(
                "vote-" + number % 500,
                "run-" + number / 500,
                "fingerprint",
                Release.Kind.VOTES,
                200,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.from(LocalDate.of(2026, 1, 17).atStartOfDay(ZoneOffset.UTC)));
    }

    @Test
    void anEndpointThatFailsForAWhileAndComesBackLeavesNothingBehind() throws Exception {
        outage(Duration.ofSeconds(3));
    }

    @Test
    @Tag("endurance")
    void anEndpointThatFailsForAnHourAndComesBackLeavesNothingBehind() throws Exception {
        outage(Duration.ofHours(1));
    }

    private void outage(Duration length) throws Exception {
        chatRun("before", (number, prompt) -> ChatServer.Act.ANSWER);
        Footprint before = Footprint.now();
        long[] down = {0};
        long[] failed = {0};
        chatRun("outage", (number, prompt) -> {
            if (number < 9) {
                return ChatServer.Act.ANSWER;
            }
            synchronized (down) {
                down[0] = down[0] == 0 ? System.nanoTime() : down[0];
                boolean back = System.nanoTime() - down[0] > length.toNanos();
                failed[0] += back ? 0 : 1;
                return back ? ChatServer.Act.ANSWER : ChatServer.Act.UNAVAILABLE;
            }
        });

        say("an endpoint down for " + length.toSeconds() + " s: " + failed[0] + " requests failed");
        assertThat(failed[0]).isBetween(1L, 60 + 8 * length.toSeconds());
        requireFlat("an outage of " + length.toSeconds() + " s", before, Footprint.now());
    }

    private void chatRun(String name, ChatServer.Plan plan) throws IOException {
        try (ChatServer server = new ChatServer(plan, 0, 10_000, "0")) {
            RunSpec spec = Mails.chatRun(
                    Mails.write(folder),
                    server.url(),
                    folder.resolve(name),
                    "text.chat.retry={attempts: 10000, first_delay: 0.5, longest_delay: 5}");
            PrivateEvolution.on(spark).run(spec);
        }
    }

    private static void requireFlat(String what, Footprint before, Footprint after) {
        say(what + ": " + before + " to " + after);
        assertThat(after.heapMib()).as(what).isLessThanOrEqualTo(before.heapMib() + SPARE_MIB);
        assertThat(after.threads()).as(what).isLessThanOrEqualTo(before.threads() + SPARE_THREADS);
        assertThat(after.files()).as(what).isLessThanOrEqualTo(before.files() + SPARE_FILES);
    }

    @SuppressWarnings("SystemOut") // the figures are what a person runs it for
    private static void say(String figures) {
        System.out.println("endurance: " + figures);
    }
}
