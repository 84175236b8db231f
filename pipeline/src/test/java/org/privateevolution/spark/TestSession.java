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
final class TestSession {

    private static final Path SCRATCH = scratch();
    private static final SparkSession SPARK = open();

    private TestSession() {}

    static SparkSession spark() {
        return SPARK;
    }

    /** Where Spark writes its event log. */
    static Path eventLogs() {
        return SCRATCH.resolve("events");
    }

    /** Waits until everything that has happened is in the event log. */
    static void flushEventLog() {
        try {
            SPARK.sparkContext().listenerBus().waitUntilEmpty(30_000);
        } catch (Exception e) {
            // Scala declares no checked exceptions.
            throw new IllegalStateException("the event log is late", e);
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
                .config("spark.eventLog.dir", eventLogs().toUri().toString())
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
