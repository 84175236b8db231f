package org.privateevolution.evaluation.outside;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/** Distances of records to the closest records of another table, exact. */
public final class ClosestRecords {

    private final double[] nearest;
    private final double[] second;

    private ClosestRecords(double[] nearest, double[] second) {
        this.nearest = nearest;
        this.second = second;
    }

    /**
     * Looks up the two closest records of each query.
     *
     * @param dimension number of floats a record
     * @param queries row-major
     * @param records row-major, at least two
     */
    public static ClosestRecords of(NearestNeighborKernel kernel, int dimension, float[] queries, float[] records) {
        CandidateIndex index = kernel.index(Metric.L2, dimension, List.of(records));
        int rows = queries.length / dimension;
        int[] neighbors = new int[Math.multiplyExact(2, rows)];
        index.search(queries, 0, rows, 2, neighbors);
        double[] nearest = new double[rows];
        double[] second = new double[rows];
        for (int i = 0; i < rows; i++) {
            nearest[i] = distance(queries, i, records, neighbors[2 * i], dimension);
            second[i] = distance(queries, i, records, neighbors[2 * i + 1], dimension);
        }
        return new ClosestRecords(nearest, second);
    }

    private static double distance(float[] queries, int query, float[] records, int record, int dimension) {
        double score = Metric.L2.score(queries, query * dimension, records, record * dimension, dimension);
        return Math.sqrt(Math.max(0, -score));
    }

    /**
     * A quantile of the distance to the closest record (DCR).
     *
     * @param share 0 to 1
     */
    public double quantile(double share) {
        return quantile(nearest, share);
    }

    /**
     * The median of the nearest neighbour distance ratio (NNDR): distance to the closest over that to the second
     * closest, 0 to 1; 1 where both are 0. Near 0 where one record is singled out.
     */
    public double medianRatio() {
        double[] ratios = new double[nearest.length];
        Arrays.setAll(ratios, i -> second[i] == 0 ? 1 : nearest[i] / second[i]);
        return quantile(ratios, 0.5);
    }

    /** Share of the queries that are closer to these records than to the others; ties count half. */
    public double shareNearerThan(ClosestRecords others) {
        double nearer = 0;
        for (int i = 0; i < nearest.length; i++) {
            nearer += nearest[i] < others.nearest[i] ? 1 : nearest[i] == others.nearest[i] ? 0.5 : 0;
        }
        return nearer / nearest.length;
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
