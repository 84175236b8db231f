package org.privateevolution.vector;

/** Plain Java, in the shape that C2 vectorises by itself: long inner loops over lanes, four components a pass. */
final class ScalarTile implements TileScorer {

    private static final int QUERIES = 2;
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
    public boolean score(
            float[] panel,
            float[] bias,
            float[] groups,
            int groupAt,
            int dimension,
            float[] floors,
            int floorsAt,
            float[] tile) {
        System.arraycopy(bias, 0, tile, 0, LANES);
        System.arraycopy(bias, 0, tile, LANES, LANES);
        int j = 0;
        for (; j <= dimension - 4; j += 4) {
            addFour(panel, j * LANES, groups, groupAt + j * QUERIES, tile);
        }
        for (; j < dimension; j++) {
            addOne(panel, j * LANES, groups, groupAt + j * QUERIES, tile);
        }
        return reaches(tile, 0, floors[floorsAt]) || reaches(tile, LANES, floors[floorsAt + 1]);
    }

    private static void addFour(float[] panel, int at, float[] groups, int groupAt, float[] tile) {
        float a0 = groups[groupAt];
        float b0 = groups[groupAt + 1];
        float a1 = groups[groupAt + 2];
        float b1 = groups[groupAt + 3];
        float a2 = groups[groupAt + 4];
        float b2 = groups[groupAt + 5];
        float a3 = groups[groupAt + 6];
        float b3 = groups[groupAt + 7];
        for (int lane = 0; lane < LANES; lane++) {
            float c0 = panel[at + lane];
            float c1 = panel[at + LANES + lane];
            float c2 = panel[at + 2 * LANES + lane];
            float c3 = panel[at + 3 * LANES + lane];
            tile[lane] = tile[lane] + a0 * c0 + a1 * c1 + a2 * c2 + a3 * c3;
            tile[LANES + lane] = tile[LANES + lane] + b0 * c0 + b1 * c1 + b2 * c2 + b3 * c3;
        }
    }

    private static void addOne(float[] panel, int at, float[] groups, int groupAt, float[] tile) {
        float a = groups[groupAt];
        float b = groups[groupAt + 1];
        for (int lane = 0; lane < LANES; lane++) {
            tile[lane] += a * panel[at + lane];
            tile[LANES + lane] += b * panel[at + lane];
        }
    }

    private static boolean reaches(float[] tile, int from, float floor) {
        for (int lane = from; lane < from + LANES; lane++) {
            if (tile[lane] >= floor) {
                return true;
            }
        }
        return false;
    }
}
