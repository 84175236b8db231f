package org.privateevolution.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API, four queries against two vectors of candidates: the eight sums, two candidates and a query fit the sixteen
 * registers of AVX2 and below. Anything else in the inner loop, unrolling and reductions included, makes C2 spill a sum.
 */
final class VectorTile implements TileScorer {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();
    private static final int QUERIES = 4;
    private static final int LANES = 2 * LENGTH;

    /** Bits of the vectors that this machine prefers. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

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
        FloatVector a0 = FloatVector.fromArray(SPECIES, starts[0], 0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, starts[0], LENGTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, starts[1], 0);
        FloatVector b1 = FloatVector.fromArray(SPECIES, starts[1], LENGTH);
        FloatVector c0 = FloatVector.fromArray(SPECIES, starts[2], 0);
        FloatVector c1 = FloatVector.fromArray(SPECIES, starts[2], LENGTH);
        FloatVector d0 = FloatVector.fromArray(SPECIES, starts[3], 0);
        FloatVector d1 = FloatVector.fromArray(SPECIES, starts[3], LENGTH);
        for (int j = from; j < to; j++) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, panel, j * LANES);
            FloatVector x1 = FloatVector.fromArray(SPECIES, panel, j * LANES + LENGTH);
            FloatVector qa = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES]);
            a0 = x0.fma(qa, a0);
            a1 = x1.fma(qa, a1);
            FloatVector qb = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES + 1]);
            b0 = x0.fma(qb, b0);
            b1 = x1.fma(qb, b1);
            FloatVector qc = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES + 2]);
            c0 = x0.fma(qc, c0);
            c1 = x1.fma(qc, c1);
            FloatVector qd = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES + 3]);
            d0 = x0.fma(qd, d0);
            d1 = x1.fma(qd, d1);
        }
        a0.intoArray(tile[0], 0);
        a1.intoArray(tile[0], LENGTH);
        b0.intoArray(tile[1], 0);
        b1.intoArray(tile[1], LENGTH);
        c0.intoArray(tile[2], 0);
        c1.intoArray(tile[2], LENGTH);
        d0.intoArray(tile[3], 0);
        d1.intoArray(tile[3], LENGTH);
        FloatVector floor0 = FloatVector.broadcast(SPECIES, floors[floorsAt]);
        FloatVector floor1 = FloatVector.broadcast(SPECIES, floors[floorsAt + 1]);
        FloatVector floor2 = FloatVector.broadcast(SPECIES, floors[floorsAt + 2]);
        FloatVector floor3 = FloatVector.broadcast(SPECIES, floors[floorsAt + 3]);
        VectorMask<Float> any = a0.compare(VectorOperators.GE, floor0)
                .or(a1.compare(VectorOperators.GE, floor0))
                .or(b0.compare(VectorOperators.GE, floor1))
                .or(b1.compare(VectorOperators.GE, floor1))
                .or(c0.compare(VectorOperators.GE, floor2))
                .or(c1.compare(VectorOperators.GE, floor2))
                .or(d0.compare(VectorOperators.GE, floor3))
                .or(d1.compare(VectorOperators.GE, floor3));
        return any.anyTrue() ? reached(tile, floors, floorsAt) : 0;
    }

    private static int reached(float[][] tile, float[] floors, int floorsAt) {
        int reached = 0;
        for (int query = 0; query < QUERIES; query++) {
            FloatVector floor = FloatVector.broadcast(SPECIES, floors[floorsAt + query]);
            FloatVector scores0 = FloatVector.fromArray(SPECIES, tile[query], 0);
            FloatVector scores1 = FloatVector.fromArray(SPECIES, tile[query], LENGTH);
            if (scores0.compare(VectorOperators.GE, floor)
                    .or(scores1.compare(VectorOperators.GE, floor))
                    .anyTrue()) {
                reached |= 1 << query;
            }
        }
        return reached;
    }
}
