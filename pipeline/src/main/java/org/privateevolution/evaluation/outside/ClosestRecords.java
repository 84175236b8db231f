package org.privateevolution.evaluation.outside;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/** The exact distances of records to the closest records of another table. */
public final class ClosestRecords {

    private final double[] nearest;
    private final double[] second;
    /** Index of the nearest record of each query. */
    private final int[] records;

    private ClosestRecords(double[] nearest, double[] second, int[] records) {
        this.records = records;
        this.nearest = nearest;
        this.second = second;
    }

    /**
     * Finds the two closest records of each query.
     *
     * @param dimension number of floats per record
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
        int[] found = new int[rows];
        for (int i = 0; i < rows; i++) {
            found[i] = neighbors[2 * i];
            nearest[i] = distance(queries, i, records, neighbors[2 * i], dimension);
            second[i] = distance(queries, i, records, neighbors[2 * i + 1], dimension);
        }
        return new ClosestRecords(nearest, second, found);
    }

    /** Computed from the differences: computed from norms and products, rounding would keep equal records apart. */
    private static double distance(float[] queries, int query, float[] records, int record, int dimension) {
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            double difference = queries[query * dimension + i] - records[record * dimension + i];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** The closest record of a query. */
    public int record(int query) {
        return records[query];
    }

    /** The distance of a query to its closest record. */
    public double distance(int query) {
        return nearest[query];
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
     * A quantile of the nearest neighbour distance ratio (NNDR): the distance to the closest record divided by that to
     * the second closest, 0 to 1; 1 if both are 0. A ratio near 0 means that one record stands out.
     *
     * @param share 0 to 1
     */
    public double ratioQuantile(double share) {
        double[] ratios = new double[nearest.length];
        Arrays.setAll(ratios, i -> second[i] == 0 ? 1 : nearest[i] / second[i]);
        return quantile(ratios, share);
    }

    /** The share of the queries that are closer to these records than to the others; ties count half. */
    public double shareNearerThan(ClosestRecords others) {
        double nearer = 0;
        for (int i = 0; i < nearest.length; i++) {
            nearer += nearest[i] < others.nearest[i] ? 1 : nearest[i] == others.nearest[i] ? 0.5 : 0;
        }
        return nearer / nearest.length;
    }

    /**
     * The standard error of {@link #shareNearerThan} if chance assigns records to this set or the other: half the root
     * of the sum of squares of the shares of the queries whose closest record is the same. It accounts for the case
     * that a few records are the closest of many queries.
     *
     * @param others of the same queries
     */
    public double errorOfShareNearerThan(ClosestRecords others) {
        Map<Integer, Double> own = new HashMap<>();
        Map<Integer, Double> theirs = new HashMap<>();
        for (int i = 0; i < nearest.length; i++) {
            double weight = nearest[i] < others.nearest[i] ? 1 : nearest[i] == others.nearest[i] ? 0.5 : 0;
            own.merge(records[i], weight / nearest.length, Double::sum);
            theirs.merge(others.records[i], (1 - weight) / nearest.length, Double::sum);
        }
        double squares = Stream.concat(own.values().stream(), theirs.values().stream())
                .mapToDouble(share -> share * share)
                .sum();
        return 0.5 * Math.sqrt(squares);
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
