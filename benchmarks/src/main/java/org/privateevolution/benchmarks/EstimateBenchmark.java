package org.privateevolution.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.privateevolution.estimate.Duals;
import org.privateevolution.estimate.Estimate;
import org.privateevolution.estimate.Estimator;
import org.privateevolution.estimate.Partition;
import org.privateevolution.estimate.Points;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.estimate.Tolerance;
import org.privateevolution.estimate.Total;

/**
 * One fit of a run over a table of seven columns in the unit cube: its bins, its pairs of bins and its votes. A warm
 * fit starts from the duals of another pool without the last vote, as each fit does during a run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EstimateBenchmark {

    private static final int COLUMNS = 7;
    private static final int BINS = 20;
    private static final int PAIR_BINS = 10;
    private static final int CANDIDATES = 1000;
    private static final int RECORDS = 7000;

    @Param({"6000", "100000"})
    int pool;

    @Param({"30"})
    int votes;

    private final SplittableRandom random = new SplittableRandom(1);
    private Points points;
    private List<ReleasedCounts> releases;
    private Duals before;

    @Setup
    public void fitOnce() {
        double[] ones = new double[pool];
        Arrays.fill(ones, 1);
        points = Points.of(ones, new Total.Known(RECORDS));
        double[][] records = rows(RECORDS, 3);
        List<double[][]> candidates = new ArrayList<>();
        for (int vote = 0; vote < votes; vote++) {
            candidates.add(rows(CANDIDATES, 2));
        }
        List<double[]> counts = new ArrayList<>();
        for (Partition partition : partitions(records, candidates)) {
            double[] each = new double[RECORDS];
            Arrays.fill(each, 1);
            counts.add(partition.sums(each));
        }
        for (int r = 0; r < counts.size(); r++) {
            double sigma = sigma(r);
            double[] noisy = counts.get(r);
            Arrays.setAll(noisy, cell -> noisy[cell] + sigma * random.nextGaussian());
        }
        List<ReleasedCounts> earlier = releases(partitions(rows(pool, 2), candidates), counts);
        before = Estimator.explain(points, earlier.subList(0, earlier.size() - 1), Duals.none(), Tolerance.DEFAULT)
                .duals();
        releases = releases(partitions(rows(pool, 2), candidates), counts);
    }

    @Benchmark
    public Estimate warm() {
        return Estimator.explain(points, releases, before, Tolerance.DEFAULT);
    }

    @Benchmark
    public Estimate cold() {
        return Estimator.explain(points, releases, Duals.none(), Tolerance.DEFAULT);
    }

    /** Noise of about epsilon 1 for records, with a tenth of the budget for bins and a fifth for pairs. */
    private static double sigma(int release) {
        if (release < COLUMNS) {
            return 30;
        }
        return release < COLUMNS + COLUMNS * (COLUMNS - 1) / 2 ? 40 : 25;
    }

    private static List<ReleasedCounts> releases(List<Partition> partitions, List<double[]> counts) {
        List<ReleasedCounts> releases = new ArrayList<>();
        for (int r = 0; r < partitions.size(); r++) {
            releases.add(ReleasedCounts.of(partitions.get(r), counts.get(r), sigma(r)));
        }
        return releases;
    }

    /** Rows with dependent columns; the dependence grows with the power. */
    private double[][] rows(int count, int power) {
        double[][] rows = new double[count][COLUMNS];
        for (double[] row : rows) {
            double common = random.nextDouble();
            Arrays.setAll(row, column -> Math.pow(common, power - 1) * random.nextDouble());
        }
        return rows;
    }

    private static List<Partition> partitions(double[][] rows, List<double[][]> candidates) {
        List<Partition> partitions = new ArrayList<>();
        int[] cells = new int[rows.length];
        for (int column = 0; column < COLUMNS; column++) {
            int of = column;
            Arrays.setAll(cells, i -> (int) (rows[i][of] * BINS));
            partitions.add(Partition.of(BINS, cells));
        }
        for (int first = 0; first < COLUMNS; first++) {
            for (int second = 0; second < first; second++) {
                int a = first;
                int b = second;
                Arrays.setAll(cells, i -> (int) (rows[i][a] * PAIR_BINS) * PAIR_BINS + (int) (rows[i][b] * PAIR_BINS));
                partitions.add(Partition.of(PAIR_BINS * PAIR_BINS, cells));
            }
        }
        for (double[][] of : candidates) {
            Arrays.setAll(cells, i -> nearest(rows[i], of));
            partitions.add(Partition.of(of.length, cells));
        }
        return partitions;
    }

    private static int nearest(double[] row, double[][] candidates) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < candidates.length; c++) {
            double distance = 0;
            for (int column = 0; column < COLUMNS; column++) {
                double difference = row[column] - candidates[c][column];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }
}
