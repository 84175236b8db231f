package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;

/** Runs on two executor processes that the driver loses between votes, for good or for a while. */
@Tag("faults")
class LostExecutorTest {

    @TempDir
    Path directory;

    /** The vectors that it held are read and embedded again, by others. */
    @Test
    void anExecutorThatIsKilledWithItsCachedBlocksChangesNothing() throws Exception {
        compare("KILL", Cluster.PATIENT_SECONDS);
    }

    /** An executor that is stopped answers no packet, as behind a network that is down. The driver waits for it. */
    @Test
    void anExecutorThatIsOutOfReachForHalfAMinuteChangesNothing() throws Exception {
        compare("STOP", Cluster.PATIENT_SECONDS);
    }

    /** The same under a driver that gives it up before, and has others do its work. */
    @Test
    void anExecutorThatIsOutOfReachForTooLongChangesNothing() throws Exception {
        compare("STOP", Cluster.OUT_OF_REACH_SECONDS / 3);
    }

    /** No byte passes between the driver and any executor. The driver waits. */
    @Test
    void aNetworkThatIsDownForHalfAMinuteChangesNothing() throws Exception {
        compare("DROP", Cluster.PATIENT_SECONDS);
    }

    /** The same under a driver that gives its executors up before, and asks for others. */
    @Test
    void aNetworkThatIsDownForTooLongChangesNothing() throws Exception {
        compare("DROP", Cluster.OUT_OF_REACH_SECONDS / 3);
    }

    private void compare(String signal, int timeoutSeconds) throws Exception {
        Path data = directory.resolve("private");
        Customers.rows(TestSession.spark()).repartition(5).write().parquet(data.toString());
        RunResult expected = PrivateEvolution.on(TestSession.spark())
                .noise(TestNoise.seeded(11))
                .run(Customers.spec(data, directory.resolve("calm"), Cluster.OVERRIDES));
        Path home = Files.createDirectories(directory.resolve("home"));
        Map<String, String> environment = Map.of(
                "SPARK_TESTING", "1",
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1");

        try (ChildJvm cluster = ChildJvm.start(
                Cluster.class,
                directory,
                environment,
                data.toString(),
                directory.toString(),
                signal,
                Integer.toString(timeoutSeconds))) {
            cluster.awaitSuccess();
        }

        boolean lost = signal.equals("KILL") || timeoutSeconds < Cluster.OUT_OF_REACH_SECONDS;
        assertThat(Files.readString(directory.resolve("signalled"))).isNotBlank();
        int executors = signal.equals("DROP") ? 2 : 1;
        assertThat(Files.readString(directory.resolve("lost"))).isEqualTo(lost ? Integer.toString(executors) : "0");
        assertThat(votes("out")).hasSize(3).isEqualTo(votes("calm"));
        assertThat(TestSession.spark()
                        .read()
                        .parquet(directory.resolve("out/synthetic/parquet").toString())
                        .collectAsList())
                .containsExactlyElementsOf(expected.synthetic().collectAsList());
        try (Stream<Path> charges = Files.list(directory.resolve("out/ledger"))) {
            assertThat(charges.filter(file -> file.getFileName().toString().matches("entry-\\d+\\.json")))
                    .hasSize(3);
        }
    }

    private Map<String, String> votes(String run) throws IOException {
        Map<String, String> votes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve(run + "/store/releases"))) {
            for (Path file : files.toList()) {
                votes.put(file.getFileName().toString(), Files.readString(file).replaceAll("\"run\":\"[^\"]*\"", ""));
            }
        }
        return votes;
    }

    /** The run, in a process of its own. */
    static final class Cluster {

        static final String[] OVERRIDES = {"evolution.schedule=[31, 23, 17, 13]"};

        static final int OUT_OF_REACH_SECONDS = 30;

        /** The driver listens on one address and is reached through another, on the same ports. */
        private static final String LISTENS = "127.0.0.2";

        private static final String REACHED = "127.0.0.3";

        /** Spark's own. */
        static final int PATIENT_SECONDS = 120;

        private Cluster() {}

        /**
         * @param arguments private data; directory; the signal that an executor receives before the second vote, or
         *     DROP to cut the network; and the seconds after which the driver gives up a silent executor
         */
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[1]);
            AtomicInteger lost = new AtomicInteger();
            ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
            int port = freePort();
            int blockPort = freePort();
            try (StallingProxy messages = StallingProxy.start(REACHED, LISTENS, port);
                    StallingProxy blocks = StallingProxy.start(REACHED, LISTENS, blockPort);
                    SparkSession spark = SparkSession.builder()
                            .master("local-cluster[2,1,1024]")
                            .config("spark.ui.enabled", "false")
                            .config("spark.driver.bindAddress", LISTENS)
                            .config("spark.driver.host", REACHED)
                            .config("spark.driver.port", port)
                            .config("spark.driver.blockManager.port", blockPort)
                            .config("spark.executor.extraClassPath", ChildJvm.classPath())
                            .config("spark.sql.shuffle.partitions", "2")
                            .config("spark.executor.heartbeatInterval", "2s")
                            .config("spark.network.timeoutInterval", "2s")
                            .config("spark.network.timeout", arguments[3] + "s")
                            .getOrCreate()) {
                spark.sparkContext().addSparkListener(new SparkListener() {
                    @Override
                    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                        lost.incrementAndGet();
                    }
                });
                PrivateEvolution.on(spark)
                        .noise(TestNoise.seeded(11))
                        .listener(new RunListener() {
                            @Override
                            public void stageStarted(String stage, long total) {
                                if (!stage.equals("vote 2 of 3")) {
                                    return;
                                }
                                if (arguments[2].equals("DROP")) {
                                    List<StallingProxy> network = List.of(messages, blocks);
                                    network.forEach(StallingProxy::takeDown);
                                    later.schedule(
                                            () -> network.forEach(StallingProxy::bringUp),
                                            OUT_OF_REACH_SECONDS,
                                            TimeUnit.SECONDS);
                                } else {
                                    lose(directory, arguments[2], later);
                                }
                            }
                        })
                        .run(Customers.spec(Path.of(arguments[0]), directory.resolve("out"), OVERRIDES));
                if (messages.held() > 0) {
                    write(directory.resolve("signalled"), "the network");
                }
                write(directory.resolve("lost"), Integer.toString(lost.get()));
            } finally {
                later.shutdown();
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LISTENS))) {
                return socket.getLocalPort();
            }
        }

        /** Sends the signal to an executor that holds cached blocks. */
        @SuppressWarnings("FutureReturnValueIgnored") // an executor that was given up may be gone
        private static void lose(Path directory, String signal, ScheduledExecutorService later) {
            StorageStatus holder = Arrays.stream(
                            SparkEnv.get().blockManager().master().getStorageStatus())
                    .filter(status -> !status.blockManagerId().isDriver())
                    .filter(status -> status.rddBlocks().nonEmpty())
                    .findFirst()
                    .orElseThrow();
            String id = holder.blockManagerId().executorId();
            ProcessHandle executor = ProcessHandle.current()
                    .descendants()
                    .filter(process -> commandLine(process).contains("\0--executor-id\0" + id + "\0"))
                    .findFirst()
                    .orElseThrow();
            write(directory.resolve("signalled"), id);
            send(signal, executor);
            if (signal.equals("STOP")) {
                later.schedule(() -> send("CONT", executor), OUT_OF_REACH_SECONDS, TimeUnit.SECONDS);
            }
        }

        /** Its words, each with a zero after it; Java's own knowledge of it ends after some thousand bytes. */
        private static String commandLine(ProcessHandle process) {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            } catch (IOException e) {
                return "";
            }
        }

        private static void send(String signal, ProcessHandle process) {
            try {
                new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(process.pid())))
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
