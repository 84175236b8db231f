package org.privateevolution.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;

/**
 * Votes of wide, labelled vectors, in the sizes of image runs. Measures how long a vote takes, in how many chunks
 * candidates are broadcast, and whether the heap, which driver and executors share here, is large enough. The vectors
 * are uniform, which no filter can prune.
 *
 * <p>Arguments: rows, dimension, candidates, labels, Spark cores, votes.
 */
public final class LabelledVoteBenchmark {

    private static final double MIB = 1 << 20;
    private static final int PARTITIONS_A_CORE = 2;

    private LabelledVoteBenchmark() {}

    public static void main(String[] arguments) {
        List<Integer> sizes = Arrays.stream(arguments).map(Integer::valueOf).toList();
        if (sizes.size() != 6) {
            throw new IllegalArgumentException("give rows, dimension, candidates, labels, cores and votes");
        }
        int rows = sizes.get(0);
        int dimension = sizes.get(1);
        int candidates = sizes.get(2);
        int labels = sizes.get(3);
        int cores = sizes.get(4);
        SparkSession spark = SparkSession.builder()
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        RunSpec spec = RunConfiguration.parse(configuration(labels), "benchmark", List.of());
        int[] offsets = new int[labels + 1];
        Arrays.setAll(offsets, label -> (int) ((long) candidates * label / labels));
        long chunkRows = ((long) spec.vote().broadcastChunkMiB() << 20) / ((long) dimension * Float.BYTES);
        long chunks = 0;
        for (int label = 0; label < labels; label++) {
            chunks += (offsets[label + 1] - offsets[label] + chunkRows - 1) / chunkRows;
        }
        try (PrivateVectors vectors =
                UniformVectors.packed(spark, rows, dimension, labels, PARTITIONS_A_CORE * cores)) {
            VoteStage stage = new VoteStage(spark, spec);
            for (int vote = 1; vote <= sizes.get(5); vote++) {
                float[] points = UniformVectors.candidates(vote, candidates, dimension);
                long start = System.nanoTime();
                stage.nearestNeighborHistogram("vote " + vote, vectors, points, dimension, offsets);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "vote %d: %.1f s on %d cores (%.1f GFLOPS a core), %d chunks, %.0f MiB broadcast%n",
                        vote,
                        seconds,
                        cores,
                        2e-9 * rows / labels * dimension * candidates / seconds / cores,
                        chunks,
                        (double) candidates * dimension * Float.BYTES / MIB);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "heap: at most %.0f MiB; private vectors take %.0f MiB, candidates %.0f MiB%n",
                Runtime.getRuntime().maxMemory() / MIB,
                (double) rows * dimension * Float.BYTES / MIB,
                (double) candidates * dimension * Float.BYTES / MIB);
        spark.stop();
    }

    private static String configuration(int labels) {
        List<String> names = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            names.add("l" + label);
        }
        return """
                name: benchmark
                private_data: {format: image-folder, path: unused}
                labels: {column: label, values: %s}
                privacy: {epsilon: 1, delta: 1e-6}
                evolution: {samples: 1000, votes: 1, selection: sample}
                output: {path: unused}
                images: {avatar: {}}
                """
                .formatted(names);
    }
}
