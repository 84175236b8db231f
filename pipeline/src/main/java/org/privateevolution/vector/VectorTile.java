package org.privateevolution.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API, some queries against two vectors of candidates. A tile's sums must stay in registers: anything else in
 * its inner loop, including unrolling and reductions, makes C2 spill one, and a search takes up to three times as long.
 */
abstract class VectorTile implements TileScorer {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LENGTH = SPECIES.length();
    static final int LANES = 2 * LENGTH;

    /** Size in bits of the vectors that this machine prefers. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    /** The tiles for vectors of this size; how well C2 compiles them decides which is the fastest. */
    static List<TileScorer> forBits(int bits) {
        return switch (bits) {
            case 128 -> List.of(new FourQueryTile());
            case 256 -> List.of(new FourQueryTile(), new SixQueryTile());
            case 512 -> List.of(new EightQueryTile());
            default -> List.of();
        };
    }

    @Override
    public final int lanes() {
        return LANES;
    }

    @Override
    public final boolean score(
            float[][] panels,
            int first,
            int[] places,
            float[] values,
            int from,
            int to,
            float[][] starts,
            float floor,
            float[] tile) {
        return SparseVectorLoop.score(panels, first, places, values, from, to, starts, floor, tile);
    }

    @Override
    public final void reached(float[] tile, int queries, float[] floors, int floorsAt, int[] lanes) {
        VectorLoops.reached(tile, queries, floors, floorsAt, lanes);
    }

    @Override
    public final float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] scratch) {
        return VectorLoops.dot(a, aAt, b, bAt, length, scratch);
    }

    @Override
    public final void dots(
            float[] a, int aAt, float[][] rows, int[] rowAts, int length, float[] products, float[] scratch) {
        VectorLoops.dots(a, aAt, rows, rowAts, length, products, scratch);
    }
}
