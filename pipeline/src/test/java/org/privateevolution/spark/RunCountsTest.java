package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.AcceptedCounts;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.SparkCounts;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.vectors.EmbeddedRecords;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;

/**
 * Tests that runs cost what they cost before, in counts that are the same on every machine: {@code
 * src/test/resources/counts} holds those that were accepted, for one version of Spark. With {@code -Dcounts.write=true}
 * the files are written first.
 */
class RunCountsTest {

    private static final boolean WRITE = Boolean.getBoolean("counts.write");
    private static final long NOISE = 71;

    private static final int RECORDS = 4_099;
    private static final int DIMENSION = 32;
    private static final int CANDIDATES = 512;

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    @Test
    void aRunOfATable() throws IOException {
        Path data = folder.resolve("private");
        Customers.rows(spark).coalesce(1).write().parquet(data.toString());

        requireAccepted("table", ran(Customers.spec(data, folder.resolve("out"), "evolution={samples: 40, votes: 3}")));
    }

    @Test
    void aRunOfTexts() throws IOException {
        requireAccepted(
                "texts",
                ran(Mails.corpusRun(Mails.write(folder), folder.resolve("out"), "evolution.schedule=[5, 3, 3]")));
    }

    @Test
    void aRunOfImages() throws IOException {
        requireAccepted("images", ran(Portraits.run(Portraits.write(folder), folder.resolve("out"))));
    }

    /** With the kernel in plain Java, because the sizes of the others' tiles depend on the machine. */
    @Test
    void aVoteAmongCandidatesOfWhichHalfAreKept() throws IOException {
        RunSpec spec = Customers.spec(folder, folder.resolve("out"), "labels=", "evaluation.private_metrics=true");
        spark.conf().set("spark.privateevolution.kernel", "scalar");
        try (PrivateVectors vectors =
                PrivateVectors.given(spec, records(), new PrecomputedVectors("vector", DIMENSION))) {
            VoteStage stage = new VoteStage(spark, spec);
            Map<String, Long> counts = new TreeMap<>();
            float[] candidates = uniform(new SplittableRandom(5), CANDIDATES);
            for (int vote = 1; vote <= 3; vote++) {
                Map<Long, Long> before = allocated();
                SearchEffort effort = stage.nearestNeighborHistogram(
                                "vote", vectors, candidates, DIMENSION, new int[] {0, CANDIDATES})
                        .effort();
                counts.put("vote " + vote + ", multiply-adds", (long) effort.multiplyAdds());
                counts.put("vote " + vote + ", bytes allocated", allocatedSince(before));
                float[] fresh = uniform(new SplittableRandom(5 + vote), CANDIDATES / 2);
                System.arraycopy(fresh, 0, candidates, candidates.length - fresh.length, fresh.length);
            }
            requireAccepted("vote", counts);
        } finally {
            spark.conf().unset("spark.privateevolution.kernel");
        }
    }

    private Map<String, Long> ran(RunSpec spec) {
        try (SparkCounts counts = SparkCounts.of(spark)) {
            SeededRuns.on(spark, NOISE).run(spec);
            return counts.counts();
        }
    }

    private void requireAccepted(String name, Map<String, Long> counts) throws IOException {
        String version = spark.version().replaceAll("\\.\\d+$", "");
        Path file = Path.of("src/test/resources/counts", name + "-spark-" + version + ".txt");
        if (WRITE) {
            new AcceptedCounts(new TreeMap<>(counts)).write(file);
        }
        assumeThat(file).as("nobody has accepted counts of Spark %s", version).exists();
        assertThat(AcceptedCounts.read(file).differences(counts))
                .as(
                        "%s. If this is meant, accept the new counts and say why in the commit: mvn test -pl pipeline"
                                + " -Dtest=RunCountsTest -Dcounts.write=true",
                        name)
                .isEmpty();
    }

    private Dataset<Row> records() {
        SplittableRandom random = new SplittableRandom(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            rows.add(RowFactory.create(EmbeddedRecords.bytes(uniform(random, 1)), null));
        }
        return spark.createDataFrame(
                rows,
                new StructType()
                        .add("vector", DataTypes.BinaryType, false)
                        .add(TextRecords.PROBLEM, DataTypes.StringType, true));
    }

    private static float[] uniform(SplittableRandom random, int vectors) {
        float[] values = new float[vectors * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** Bytes that each thread of Spark's tasks has allocated so far. */
    private static Map<Long, Long> allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("Executor task"))
                .collect(Collectors.toMap(
                        ThreadInfo::getThreadId, thread -> threads.getThreadAllocatedBytes(thread.getThreadId())));
    }

    /** Threads that have ended since then were idle for a minute before. */
    private static long allocatedSince(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
