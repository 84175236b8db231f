package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.RunListener;

/** Runs on two executor processes, of which one that holds private vectors is lost between votes. */
@Tag("faults")
class LostExecutorTest {

    @TempDir
    Path directory;

    /** The vectors that it held are read and embedded again, by others. */
    @Test
    void anExecutorThatIsKilledWithItsCachedBlocksChangesNothing() throws Exception {
        compare("KILL");
    }

    /**
     * An executor that is stopped for 30 s answers no packet, as behind a network that is down; the driver gives it up, and
     * it comes back when others have taken over its work.
     */
    @Test
    void anExecutorThatIsOutOfReachForHalfAMinuteChangesNothing() throws Exception {
        compare("STOP");
    }

    private void compare(String signal) throws Exception {
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
                Cluster.class, directory, environment, data.toString(), directory.toString(), signal)) {
            cluster.awaitSuccess();
        }

        assertThat(Files.readAllLines(directory.resolve("lost"))).as("cached blocks, executors lost").hasSize(2);
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

        private static final int OUT_OF_REACH_SECONDS = 30;

        private Cluster() {}

        /** @param arguments private data, directory, and the signal that an executor gets before the second vote */
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[1]);
            ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
            try (SparkSession spark = SparkSession.builder()
                    .master("local-cluster[2,1,1024]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.executor.extraClassPath", ChildJvm.classPath())
                    .config("spark.sql.shuffle.partitions", "2")
                    // Sooner than the executor is back.
                    .config("spark.executor.heartbeatInterval", "2s")
                    .config("spark.network.timeout", "10s")
                    .getOrCreate()) {
                spark.sparkContext().addSparkListener(new SparkListener() {
                    @Override
                    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                        write(directory.resolve("removed"), removed.executorId());
                    }
                });
                PrivateEvolution.on(spark)
                        .noise(TestNoise.seeded(11))
                        .listener(new RunListener() {
                            @Override
                            public void stageStarted(String stage, long total) {
                                if (stage.equals("vote 2 of 3")) {
                                    lose(directory, arguments[2], later);
                                }
                            }
                        })
                        .run(Customers.spec(Path.of(arguments[0]), directory.resolve("out"), OVERRIDES));
                if (!Files.exists(directory.resolve("removed"))) {
                    throw new AssertionError("no executor was lost");
                }
            } finally {
                later.shutdown();
            }
        }

        /** Sends the signal to an executor that holds cached blocks. */
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
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("CoarseGrainedExecutorBackend")
                                    && line.contains("--executor-id " + id + " "))
                            .isPresent())
                    .findFirst()
                    .orElseThrow();
            write(directory.resolve("lost"), holder.rddBlocks().size() + "\n" + id);
            send(signal, executor);
            if (signal.equals("STOP")) {
                later.schedule(() -> send("CONT", executor), OUT_OF_REACH_SECONDS, TimeUnit.SECONDS);
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
                Files.writeString(file, text + "\n");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
