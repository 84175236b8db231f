package org.privateevolution.vector;

/**
 * Plain Java, written so that C2 of JDK 17 vectorises it on its own: loops over lanes, with separate arrays that are
 * read from zero. Two queries and three components per pass keep the loop small enough to be unrolled.
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
    public int slice() {
        return 256;
    }

    @Override
    public boolean score(
            float[] panel,
            float[] groups,
            int groupAt,
            int from,
            int to,
            float[] starts,
            int stride,
            float[] floors,
            int floorsAt,
            boolean keep,
            float[] tile) {
        float[][] sums = new float[QUERIES][LANES];
        for (int query = 0; query < QUERIES; query++) {
            System.arraycopy(starts, query * stride, sums[query], 0, LANES);
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
                addThree(c0, c1, c2, groups, at + query, sums[query], sums[query + 1]);
            }
        }
        for (; j < to; j++) {
            System.arraycopy(panel, j * LANES, c0, 0, LANES);
            for (int query = 0; query < QUERIES; query++) {
                addOne(c0, groups[groupAt + j * QUERIES + query], sums[query]);
            }
        }
        boolean reached = false;
        for (int query = 0; query < QUERIES; query++) {
            reached |= reaches(sums[query], floors[floorsAt + query]);
        }
        if (keep || reached) {
            for (int query = 0; query < QUERIES; query++) {
                System.arraycopy(sums[query], 0, tile, query * LANES, LANES);
            }
        }
        return reached;
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

    private static boolean reaches(float[] scores, float floor) {
        for (float score : scores) {
            if (score >= floor) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean score(
            float[][] panels,
            int first,
            int[] places,
            float[] values,
            int from,
            int to,
            float[][] starts,
            float floor,
            float[] tile) {
        boolean reached = false;
        float[] sums = new float[LANES];
        float[] c = new float[LANES];
        for (int panel = 0; panel < SparseRows.PANELS; panel++) {
            System.arraycopy(starts[first + panel], 0, sums, 0, LANES);
            for (int i = from; i < to; i++) {
                System.arraycopy(panels[first + panel], places[i], c, 0, LANES);
                addOne(c, values[i], sums);
            }
            reached |= reaches(sums, floor);
            System.arraycopy(sums, 0, tile, panel * LANES, LANES);
        }
        return reached;
    }

    @Override
    public void reached(float[] tile, int queries, float[] floors, int floorsAt, int[] lanes) {
        for (int word = 0; word < queries * words(); word++) {
            float floor = floors[floorsAt + word / words()];
            int reached = 0;
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                if (tile[word * Integer.SIZE + bit] >= floor) {
                    reached |= 1 << bit;
                }
            }
            lanes[word] = reached;
        }
    }

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] scratch) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int j = 0;
        for (; j <= length - 4; j += 4) {
            s0 += a[aAt + j] * b[bAt + j];
            s1 += a[aAt + j + 1] * b[bAt + j + 1];
            s2 += a[aAt + j + 2] * b[bAt + j + 2];
            s3 += a[aAt + j + 3] * b[bAt + j + 3];
        }
        for (; j < length; j++) {
            s0 += a[aAt + j] * b[bAt + j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void dots(float[] a, int aAt, float[][] rows, int[] rowAts, int length, float[] products, float[] scratch) {
        for (int i = 0; i < rows.length; i++) {
            products[i] = dot(a, aAt, rows[i], rowAts[i], length, scratch);
        }
    }
}
