package org.privateevolution.vector;

import java.util.stream.IntStream;

/** The definition of the search, word for word: all candidates by score, then by index. */
final class BruteForce {

    private BruteForce() {}

    static int[] search(Metric metric, int dimension, float[] candidates, float[] queries, int k) {
        return IntStream.range(0, queries.length / dimension)
                .parallel()
                .mapToObj(row -> nearest(scores(metric, dimension, candidates, queries, row), k))
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    private static double[] scores(Metric metric, int dimension, float[] candidates, float[] queries, int row) {
        return IntStream.range(0, candidates.length / dimension)
                .mapToDouble(c -> metric.score(queries, row * dimension, candidates, c * dimension, dimension))
                .toArray();
    }

    private static int[] nearest(double[] scores, int k) {
        int[] nearest = new int[k];
        boolean[] taken = new boolean[scores.length];
        for (int i = 0; i < k; i++) {
            int best = -1;
            for (int c = 0; c < scores.length; c++) {
                if (!taken[c] && (best < 0 || scores[c] > scores[best])) {
                    best = c;
                }
            }
            taken[best] = true;
            nearest[i] = best;
        }
        return nearest;
    }
}
