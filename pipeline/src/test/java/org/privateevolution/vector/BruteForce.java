package org.privateevolution.vector;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The definition of the search, word for word: all candidates by score, then by index. */
final class BruteForce {

    private BruteForce() {}

    static int[] search(Metric metric, int dimension, float[] candidates, float[] queries, int k) {
        int rows = queries.length / dimension;
        int[] neighbors = new int[rows * k];
        for (int row = 0; row < rows; row++) {
            int at = row * dimension;
            double[] scores = IntStream.range(0, candidates.length / dimension)
                    .mapToDouble(c -> metric.score(queries, at, candidates, c * dimension, dimension))
                    .toArray();
            int[] nearest = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer c) -> -scores[c])
                            .thenComparingInt(c -> c))
                    .limit(k)
                    .mapToInt(c -> c)
                    .toArray();
            System.arraycopy(nearest, 0, neighbors, row * k, k);
        }
        return neighbors;
    }
}
