package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Abandoned;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;

/** Runs on a disk that is full from each of its files on, in turn; then room is made and they go on. */
class FullDiskTest {

    @TempDir
    Path directory;

    @Test
    void aRunThatAFullDiskEndedGoesOn() throws Exception {
        fill(19);
    }

    @Test
    @Tag("faults")
    void aRunThatADiskEndedThatWasFullAnywhereGoesOn() throws Exception {
        fill(1);
    }

    private void fill(int step) throws Exception {
        try (ChildJvm runs =
                ChildJvm.start(Runs.class, directory, Map.of(), directory.toString(), Integer.toString(step))) {
            runs.awaitSuccess();
        }
        assertThat(Integer.parseInt(Files.readString(directory.resolve("positions"))))
                .isGreaterThanOrEqualTo(25 / step);
    }

    /** All runs of a test, in a process whose local file system is the limited one. */
    static final class Runs {

        private static final int SAMPLES = 17;

        private Runs() {}

        /** @param arguments directory, and the distance of two files at which the disk is full */
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            int step = Integer.parseInt(arguments[1]);
            try (SparkSession spark = SparkSession.builder()
                    .master("local[2]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.shuffle.partitions", "1")
                    .config("spark.sql.codegen.wholeStage", "false")
                    .config("spark.hadoop.fs.file.impl", FullDiskFileSystem.class.getName())
                    .config(
                            "spark.hadoop." + FullDiskFileSystem.DIRECTORY,
                            directory.resolve("runs").toString())
                    .getOrCreate()) {
                Path data = directory.resolve("private");
                Customers.rows(spark).write().parquet(data.toString());
                FullDiskFileSystem.room(Integer.MAX_VALUE);
                List<Row> expected = run(spark, data, directory.resolve("runs/whole"), 11)
                        .synthetic()
                        .collectAsList();
                Map<String, String> votes = votes(directory.resolve("runs/whole"));
                int files = FullDiskFileSystem.written();
                int positions = 0;
                for (int full = 0; full < files; full += step) {
                    fill(spark, data, directory.resolve("runs/out-" + full), full, votes, expected);
                    positions++;
                }
                Files.writeString(directory.resolve("positions"), Integer.toString(positions));
            }
        }

        private static void fill(
                SparkSession spark, Path data, Path output, int full, Map<String, String> votes, List<Row> expected)
                throws IOException {
            FullDiskFileSystem.room(full);
            try {
                run(spark, data, output, 11);
                throw new AssertionError("there was room for all of it: " + full);
            } catch (StoreException | PrivacyException e) {
                assertThat(e).as("file %d", full).hasStackTraceContaining("No space left on device");
            }
            FullDiskFileSystem.room(Integer.MAX_VALUE);
            Map<String, String> before = votes(output);
            assertThat(votes).containsAllEntriesOf(before);
            bury(output);

            RunResult result = run(spark, data, output, 13);

            assertThat(votes(output)).containsAllEntriesOf(before).containsOnlyKeys(votes.keySet());
            assertThat(result.guarantee().charges()).hasSize(votes.size());
            assertThat(result.synthetic().count()).isEqualTo(SAMPLES);
            if (before.size() == votes.size()) {
                assertThat(result.synthetic().collectAsList()).isEqualTo(expected);
            }
        }

        private static RunResult run(SparkSession spark, Path data, Path output, long noise) {
            RunSpec spec = Customers.spec(data, output);
            return PrivateEvolution.on(spark).noise(TestNoise.seeded(noise)).run(spec);
        }

        private static void bury(Path output) {
            RunFiles store = RunFiles.at(output.resolve("store").toString(), new Configuration());
            for (String name : store.list()) {
                if (name.startsWith("lease-")) {
                    store.write(name, Abandoned.lease(store.read(name).orElseThrow()));
                }
            }
        }

        /** Noisy votes of each release that is whole; the rest names the run. */
        private static Map<String, String> votes(Path output) throws IOException {
            Path releases = output.resolve("store/releases");
            Map<String, String> votes = new TreeMap<>();
            if (Files.exists(releases)) {
                try (Stream<Path> files = Files.list(releases)) {
                    for (Path file : files.toList()) {
                        String name = file.getFileName().toString();
                        if (!name.startsWith(".")) {
                            votes.put(name, Files.readString(file).replaceAll("\"run\":\"[^\"]*\"", ""));
                        }
                    }
                }
            }
            return votes;
        }
    }
}
