package org.privateevolution.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * One vote through Spark against the bare kernel on the same blocks, with as many threads as Spark has cores, in turns:
 * the ratio is what Spark adds. The vectors are uniform and in the executors' cache, as in every vote but a run's
 * first.
 *
 * <p>Arguments: rows, dimension, candidates, Spark cores, rounds.
 */
public final class VoteBenchmark {

    private static final int PARTITIONS_A_CORE = 4;

    private VoteBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes = Arrays.stream(arguments).map(Integer::valueOf).toList();
        if (sizes.size() != 5) {
            throw new IllegalArgumentException("give rows, dimension, candidates, cores and rounds");
        }
        int rows = sizes.get(0);
        int dimension = sizes.get(1);
        int candidates = sizes.get(2);
        int cores = sizes.get(3);
        SparkSession spark = SparkSession.builder()
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        RunSpec spec = RunConfiguration.parse(CONFIGURATION, "benchmark", List.of());

        long start = System.nanoTime();
        try (PrivateVectors vectors = UniformVectors.packed(spark, rows, dimension, 1, PARTITIONS_A_CORE * cores)) {
            List<VectorBlock> blocks = new ArrayList<>();
            vectors.blocks().toLocalIterator().forEachRemaining(row -> blocks.add(VectorBlock.of(row)));
            System.out.printf(Locale.ROOT, "made and cached %,d rows in %.1f s%n", rows, seconds(start));
            VoteStage stage = new VoteStage(spark, spec);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= sizes.get(4); round++) {
                // New candidates in each round: a vote does not search again among candidates that it has searched.
                float[] points = UniformVectors.candidates(round, candidates, dimension);
                double bare = bareKernel(blocks, points, dimension, cores);
                start = System.nanoTime();
                stage.nearestNeighborHistogram("vote " + round, vectors, points, dimension, new int[] {0, candidates});
                double vote = seconds(start);
                System.out.printf(
                        Locale.ROOT,
                        "%s vote %.2f s, bare kernel %.2f s, both on %d cores (%.1f GFLOPS), ratio %.3f%n",
                        round == 0 ? "warm-up:" : "round " + round + ":",
                        vote,
                        bare,
                        cores,
                        2e-9 * rows * dimension * candidates / bare,
                        vote / bare);
                if (round > 0) {
                    ratios.add(vote / bare);
                }
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "time of a vote over that of the bare kernel: median %.3f, from %.3f to %.3f (%s kernel)%n",
                    ratios.get(ratios.size() / 2),
                    ratios.get(0),
                    ratios.get(ratios.size() - 1),
                    Kernels.calibrated().name());
        }
        spark.stop();
    }

    private static double bareKernel(List<VectorBlock> blocks, float[] points, int dimension, int threads)
            throws InterruptedException {
        long start = System.nanoTime();
        CandidateIndex index = Kernels.calibrated().index(Metric.L2, dimension, List.of(points));
        Queue<VectorBlock> left = new ConcurrentLinkedQueue<>(blocks);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                for (VectorBlock block = left.poll(); block != null; block = left.poll()) {
                    index.search(block.vectors(), 0, block.rows(), 1, new int[block.rows()]);
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
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
