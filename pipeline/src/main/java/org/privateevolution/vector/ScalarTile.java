package org.privateevolution.vector;

/**
 * Plain Java, in the shape that C2 of JDK 17 vectorises by itself: loops over lanes, every array of its own and read from
 * zero. Two queries and three components a pass keep the loop small enough to be unrolled.
 */
final class ScalarTile implements TileScorer {

    private static final int QUERIES = 8;
    private static final int LANES = 256;

    @Override
    public int queries() {
        return QUERIES;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int score(
            float[] panel,
            float[] groups,
            int groupAt,
            int from,
            int to,
            float[][] starts,
            float[] floors,
            int floorsAt,
            float[][] tile) {
        for (int query = 0; query < QUERIES; query++) {
            System.arraycopy(starts[query], 0, tile[query], 0, LANES);
        }
        float[] c0 = new float[LANES];
        float[] c1 = new float[LANES];
        float[] c2 = new float[LANES];
        int j = from;
        for (; j <= to - 3; j += 3) {
            System.arraycopy(panel, j * LANES, c0, 0, LANES);
            System.arraycopy(panel, (j + 1) * LANES, c1, 0, LANES);
            System.arraycopy(panel, (j + 2) * LANES, c2, 0, LANES);
            int at = groupAt + j * QUERIES;
            for (int query = 0; query < QUERIES; query += 2) {
                addThree(c0, c1, c2, groups, at + query, tile[query], tile[query + 1]);
            }
        }
        for (; j < to; j++) {
            System.arraycopy(panel, j * LANES, c0, 0, LANES);
            for (int query = 0; query < QUERIES; query++) {
                addOne(c0, groups[groupAt + j * QUERIES + query], tile[query]);
            }
        }
        return reached(tile, floors, floorsAt);
    }

    private static void addThree(
            float[] c0, float[] c1, float[] c2, float[] groups, int at, float[] scores, float[] otherScores) {
        float a0 = groups[at];
        float b0 = groups[at + 1];
        float a1 = groups[at + QUERIES];
        float b1 = groups[at + QUERIES + 1];
        float a2 = groups[at + 2 * QUERIES];
        float b2 = groups[at + 2 * QUERIES + 1];
        for (int lane = 0; lane < scores.length; lane++) {
            float x0 = c0[lane];
            float x1 = c1[lane];
            float x2 = c2[lane];
            scores[lane] = scores[lane] + a0 * x0 + a1 * x1 + a2 * x2;
            otherScores[lane] = otherScores[lane] + b0 * x0 + b1 * x1 + b2 * x2;
        }
    }

    private static void addOne(float[] c, float a, float[] scores) {
        for (int lane = 0; lane < scores.length; lane++) {
            scores[lane] += a * c[lane];
        }
    }

    private static int reached(float[][] tile, float[] floors, int floorsAt) {
        int reached = 0;
        for (int query = 0; query < QUERIES; query++) {
            if (reaches(tile[query], floors[floorsAt + query])) {
                reached |= 1 << query;
            }
        }
        return reached;
    }

    private static boolean reaches(float[] scores, float floor) {
        for (float score : scores) {
            if (score >= floor) {
                return true;
            }
        }
        return false;
    }
}
