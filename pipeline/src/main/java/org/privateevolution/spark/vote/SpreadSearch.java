package org.privateevolution.spark.vote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evolution.LocalSearch;
import org.privateevolution.evolution.PointSearch;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.JobGroup;

/**
 * Nearest-neighbour search over synthetic points that moves to the executors when there are so many that the driver
 * would take long. Only synthetic data is sent.
 */
public final class SpreadSearch implements PointSearch {

    /** Number of float products from which on executors search; one core takes some ten seconds for this many. */
    private static final long MANY = 200_000_000_000L;
    /** Floats per task, so that a task stays far below the 128 MiB that Spark sends in one message. */
    private static final int FLOATS_AT_ONCE = 1 << 21;

    private final SparkSession spark;
    private final String name;
    private final LocalSearch local;
    private final long many;

    /**
     * @param name name of the run, shown in the Spark UI
     * @param many number of float products from which on executors search
     */
    SpreadSearch(SparkSession spark, String name, LocalSearch local, long many) {
        this.spark = spark;
        this.name = name;
        this.local = local;
        this.many = many;
    }

    /**
     * The search among the samples of a run.
     *
     * @param dimension number of floats per vector
     */
    public static SpreadSearch of(SparkSession spark, RunSpec spec, int dimension) {
        return new SpreadSearch(spark, spec.name(), new LocalSearch(spec.vote().metric(), dimension), MANY);
    }

    @Override
    public int dimension() {
        return local.dimension();
    }

    @Override
    public Candidates among(float[] candidates) {
        Candidates here = local.among(candidates);
        return (points, first, rows, k) -> (long) rows * candidates.length < many
                ? here.nearest(points, first, rows, k)
                : spread(candidates, points, first, rows, k);
    }

    private int[] spread(float[] candidates, float[] points, int first, int rows, int k) {
        int atOnce = Math.min(LocalSearch.ROWS_AT_ONCE, Math.max(1, FLOATS_AT_ONCE / dimension()));
        List<float[]> blocks = new ArrayList<>();
        for (int from = 0; from < rows; from += atOnce) {
            int to = Math.min(rows, from + atOnce);
            blocks.add(Arrays.copyOfRange(points, (first + from) * dimension(), (first + to) * dimension()));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        LocalSearch search = local;
        try (JobGroup group = new JobGroup(spark.sparkContext(), name, "search " + rows + " samples")) {
            Broadcast<float[]> all = context.broadcast(candidates);
            try {
                return context
                        .parallelize(blocks, blocks.size())
                        .map(block -> search.among(all.value()).nearest(block, 0, block.length / search.dimension(), k))
                        .collect()
                        .stream()
                        .flatMapToInt(Arrays::stream)
                        .toArray();
            } finally {
                all.destroy();
            }
        }
    }
}
