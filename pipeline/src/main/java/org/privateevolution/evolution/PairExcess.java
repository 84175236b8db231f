package org.privateevolution.evolution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.table.MarginalQuery.Marginal;

/**
 * How much the released marginal of a pair exceeds what independent columns explain. For counts y with noise sigma and
 * expected counts e, the excess is the sum of ((y - e)^2 - sigma^2) / (2 (e + sigma)) over all cells. Without noise it
 * is half of Pearson's statistic, and so about the mutual information of all records; the noise adds nothing to its
 * mean.
 *
 * @param nats the excess, below 0 by chance
 * @param deviation the standard deviation that the noise alone gives it
 */
record PairExcess(double nats, double deviation) {

    /** An excess beyond this many standard deviations is no chance. */
    private static final double CLEAR = 2;

    boolean standsOut() {
        return nats > CLEAR * deviation;
    }

    /**
     * The excess of each of the released pairs.
     *
     * @param pool rows whose columns are independent but for the rules of the table
     * @param weights of the rows
     */
    static Map<Marginal, PairExcess> of(List<Marginal> pairs, PastMarginals released, RowPool pool, double... weights) {
        int[][] cellOf = pool.cells(released.cells());
        double sigma = released.sigma();
        Map<Marginal, PairExcess> excess = new HashMap<>();
        for (int m = 0; m < pairs.size(); m++) {
            double[] expected = new double[released.cells().cells(m)];
            for (int i = 0; i < weights.length; i++) {
                expected[cellOf[m][i]] += weights[i];
            }
            double[] counts = released.rows(m);
            double nats = 0;
            double variance = 0;
            for (int cell = 0; cell < counts.length; cell++) {
                double difference = counts[cell] - expected[cell];
                double scale = 2 * (expected[cell] + sigma);
                nats += (difference * difference - sigma * sigma) / scale;
                variance += 2 * Math.pow(sigma * sigma / scale, 2);
            }
            excess.put(pairs.get(m), new PairExcess(nats, Math.sqrt(variance)));
        }
        return excess;
    }
}
