package org.privateevolution.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of all tests in this JVM. A task may fail three times, and what happens is written to an event log, as
 * on a cluster.
 */
public final class TestSession {

    private static final Path SCRATCH = scratch();
    private static final Path EVENTS = SCRATCH.resolve("events");
    private static final SparkSession SPARK = open();

    private TestSession() {}

    public static SparkSession spark() {
        return SPARK;
    }

    /** Spark's event log, once everything that has happened is in it. */
    static Path eventLog() throws IOException {
        awaitEvents();
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** Waits until listeners have heard of everything that has happened. */
    static void awaitEvents() {
        try {
            SPARK.sparkContext().listenerBus().waitUntilEmpty(30_000);
        } catch (Exception e) {
            // Scala declares no checked exceptions.
            throw new IllegalStateException("events are late", e);
        }
    }

    private static SparkSession open() {
        return SparkSession.builder()
                .master("local[2,4]")
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", SCRATCH.resolve("warehouse").toString())
                .config("spark.local.dir", SCRATCH.resolve("local").toString())
                .config("spark.eventLog.enabled", "true")
                .config("spark.eventLog.dir", EVENTS.toUri().toString())
                .config("spark.eventLog.compress", "false")
                .config("spark.eventLog.rolling.enabled", "false")
                .getOrCreate();
    }

    private static Path scratch() {
        try {
            Path scratch = Files.createTempDirectory("pe-tests");
            Files.createDirectory(scratch.resolve("events"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(scratch)));
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        if (SPARK != null) {
            SPARK.stop();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
