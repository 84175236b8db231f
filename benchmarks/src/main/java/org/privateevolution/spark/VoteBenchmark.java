package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * One vote through Spark against the bare kernel on the same blocks, in turns: what Spark adds is the ratio. The rows are
 * uniform; they stand in the executors' cache, as in every vote but a run's first.
 *
 * <p>Arguments: rows, dimension, candidates, Spark cores, rounds.
 */
public final class VoteBenchmark {

    private VoteBenchmark() {}

    public static void main(String[] arguments) {
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
        RunSpec spec = RunConfiguration.parse(configuration(dimension), "benchmark", List.of());
        TabularEmbedder embedder = new TabularEmbedder(spec.tabular().schema(), 1, 1);

        long start = System.nanoTime();
        try (PrivateVectors vectors =
                PrivateVectors.embed(spec, uniform(spark, rows, dimension, 2 * cores), embedder)) {
            System.out.printf(Locale.ROOT, "made, embedded and cached in %.1f s%n", seconds(start));
            float[] points = points(candidates, dimension);
            List<VectorBlock> blocks = new ArrayList<>();
            vectors.blocks().collectAsList().forEach(row -> blocks.add(VectorBlock.of(row)));

            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= sizes.get(4); round++) {
                double bare = bareKernel(blocks, points, dimension);
                start = System.nanoTime();
                new VoteStage(spark, spec)
                        .nearestNeighborHistogram(
                                "vote " + round, vectors, points, dimension, new int[] {0, candidates});
                double vote = seconds(start);
                System.out.printf(
                        Locale.ROOT,
                        "%s vote %.2f s on %d cores, bare kernel %.2f s on one thread (%.1f GFLOPS), ratio %.3f%n",
                        round == 0 ? "warm-up:" : "round " + round + ":",
                        vote,
                        cores,
                        bare,
                        2e-9 * rows * dimension * candidates / bare,
                        vote * cores / bare);
                if (round > 0) {
                    ratios.add(vote * cores / bare);
                }
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "core-seconds of a vote over those of the bare kernel: median %.3f, from %.3f to %.3f (%s kernel)%n",
                    ratios.get(ratios.size() / 2),
                    ratios.get(0),
                    ratios.get(ratios.size() - 1),
                    Kernels.calibrated().name());
        }
        spark.stop();
    }

    private static double bareKernel(List<VectorBlock> blocks, float[] points, int dimension) {
        long start = System.nanoTime();
        CandidateIndex index = Kernels.calibrated().index(Metric.L2, dimension, List.of(points));
        for (VectorBlock block : blocks) {
            index.search(block.vectors(), 0, block.rows(), 1, new int[block.rows()]);
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static Dataset<Row> uniform(SparkSession spark, int rows, int dimension, int partitions) {
        Dataset<Row> table = spark.range(0, rows, 1, partitions).toDF("id");
        for (int column = 0; column < dimension; column++) {
            table = table.withColumn("x" + column, functions.rand(column));
        }
        return table.drop("id")
                .withColumn(PrivateSource.PROBLEM, functions.lit(null).cast("string"));
    }

    private static float[] points(int candidates, int dimension) {
        RandomGenerator random = new Seed(7).generator();
        float[] points = new float[candidates * dimension];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextFloat();
        }
        return points;
    }

    private static String configuration(int dimension) {
        StringBuilder yaml = new StringBuilder(
                """
                name: benchmark
                private_data: {format: parquet, path: unused}
                privacy: {epsilon: 1, delta: 1e-6}
                evolution: {samples: 1000, votes: 1}
                output: {path: unused}
                tabular:
                  columns:
                """);
        for (int column = 0; column < dimension; column++) {
            yaml.append("    - {name: x").append(column).append(", type: double, min: 0, max: 1}\n");
        }
        return yaml.toString();
    }
}
