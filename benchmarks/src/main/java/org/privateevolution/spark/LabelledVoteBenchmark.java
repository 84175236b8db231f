package org.privateevolution.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;

/**
 * Votes of wide vectors with labels, in the sizes of image runs: how long one takes, in how many chunks candidates are
 * broadcast, and how much heap driver and executors, which are one process here, take. The vectors are uniform, which no
 * filter can prune.
 *
 * <p>Arguments: rows, dimension, candidates, labels, Spark cores, votes.
 */
public final class LabelledVoteBenchmark {

    private static final double MIB = 1 << 20;
    private static final int BLOCK_BYTES = 1 << 20;

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
        int partitions = 2 * cores;
        Dataset<Row> blocks = spark.range(0, partitions, 1, partitions)
                .mapPartitions(new Uniform(rows / partitions, dimension, labels), Encoders.row(VectorBlock.SCHEMA))
                .persist(StorageLevel.MEMORY_AND_DISK());
        blocks.count();
        float[] points = uniform(candidates * dimension, new Seed(7).generator());
        int[] offsets = new int[labels + 1];
        Arrays.setAll(offsets, label -> (int) ((long) candidates * label / labels));
        long chunkRows = ((long) spec.vote().broadcastChunkMiB() << 20) / ((long) dimension * Float.BYTES);
        long chunks = 0;
        for (int label = 0; label < labels; label++) {
            chunks += (offsets[label + 1] - offsets[label] + chunkRows - 1) / chunkRows;
        }
        try (PrivateVectors vectors = new PrivateVectors(blocks)) {
            for (int vote = 1; vote <= sizes.get(5); vote++) {
                long start = System.nanoTime();
                new VoteStage(spark, spec)
                        .nearestNeighborHistogram("vote " + vote, vectors, points, dimension, offsets);
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
        double peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToDouble(usage -> usage.getUsed() / MIB)
                .sum();
        System.out.printf(
                Locale.ROOT,
                "heap: at most %.0f MiB in use, of which private vectors %.0f MiB, candidates %.0f MiB%n",
                peak,
                (double) rows * dimension * Float.BYTES / MIB,
                (double) candidates * dimension * Float.BYTES / MIB);
        spark.stop();
    }

    private static float[] uniform(int count, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
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
                evolution: {samples: 1000, votes: 1}
                output: {path: unused}
                images: {avatar: {}}
                """
                .formatted(names);
    }

    /** Blocks of uniform vectors, as many of each label. */
    private record Uniform(int rows, int dimension, int labels) implements MapPartitionsFunction<Long, Row> {
        @Override
        public Iterator<Row> call(Iterator<Long> numbers) {
            RandomGenerator random = new Seed(numbers.next()).generator();
            int blockRows = Math.max(1, BLOCK_BYTES / (dimension * Float.BYTES));
            return new Iterator<>() {
                private int done;

                @Override
                public boolean hasNext() {
                    return done < rows;
                }

                @Override
                public Row next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int size = Math.min(blockRows, rows - done);
                    done += size;
                    int[] blockLabels = new int[size];
                    Arrays.setAll(blockLabels, row -> (int) ((long) row * labels / size));
                    float[] vectors = uniform(size * dimension, random);
                    return new VectorBlock(blockLabels, new int[0], vectors, "").toRow();
                }
            };
        }
    }
}
