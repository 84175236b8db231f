package org.privateevolution.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;

/**
 * Votes of more and more private records, in local mode with one heap, where what does not fit spills to disk. Records
 * come with uniform vectors, made on the fly, and are packed, cached and counted as in a run.
 *
 * <p>Arguments: dimension, candidates, cores, votes per number of rows, then {@code ROWS} or {@code ROWS/PARTITIONS}
 * any number of times.
 */
public final class ScaleBenchmark {

    private static final int ROWS_A_PARTITION = 62_500;
    private static final double GIB = 1 << 30;

    private ScaleBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int dimension = Integer.parseInt(arguments[0]);
        int candidates = Integer.parseInt(arguments[1]);
        int cores = Integer.parseInt(arguments[2]);
        int votes = Integer.parseInt(arguments[3]);
        SparkSession spark = SparkSession.builder()
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        RunSpec spec = RunConfiguration.parse(CONFIGURATION, "benchmark", List.of());
        System.out.println("rows, partitions, packed in s, votes in s, cache in memory GiB, on disk GiB, heap GiB,"
                + " peak resident GiB");
        for (String size : Arrays.copyOfRange(arguments, 4, arguments.length)) {
            String[] parts = size.split("/");
            int rows = Integer.parseInt(parts[0]);
            int partitions = parts.length > 1
                    ? Integer.parseInt(parts[1])
                    : Math.max(cores, (int) Math.ceil(rows / (double) ROWS_A_PARTITION));
            long start = System.nanoTime();
            try (PrivateVectors vectors = PrivateVectors.given(
                    spec,
                    UniformVectors.records(spark, rows, dimension, partitions),
                    new PrecomputedVectors("vector", dimension))) {
                StringBuilder line = new StringBuilder(
                        String.format(Locale.ROOT, "%,d, %d, %.1f,", rows, partitions, seconds(start)));
                VoteStage stage = new VoteStage(spark, spec);
                for (int vote = 0; vote < votes; vote++) {
                    float[] points = UniformVectors.candidates(vote, candidates, dimension);
                    start = System.nanoTime();
                    stage.nearestNeighborHistogram(
                            "vote " + vote, vectors, points, dimension, new int[] {0, candidates});
                    line.append(String.format(Locale.ROOT, " %.2f", seconds(start)));
                }
                double memory = 0;
                double disk = 0;
                for (RDDInfo info : spark.sparkContext().getRDDStorageInfo()) {
                    memory += info.memSize() / GIB;
                    disk += info.diskSize() / GIB;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s, %.2f, %.2f, %.2f, %.2f%n",
                        line,
                        memory,
                        disk,
                        Runtime.getRuntime().totalMemory() / GIB,
                        peakResident());
            }
        }
        spark.stop();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Peak resident memory of this process in GiB, on Linux; 0 elsewhere. */
    private static double peakResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                * 1024
                / GIB;
    }

    private static final String CONFIGURATION =
            """
            name: benchmark
            private_data: {format: parquet, path: unused}
            privacy: {epsilon: 1, delta: 1e-6}
            evolution: {samples: 1000, votes: 1, selection: sample}
            output: {path: unused}
            tabular:
              columns:
                - {name: x, type: double, min: 0, max: 1}
            """;
}
