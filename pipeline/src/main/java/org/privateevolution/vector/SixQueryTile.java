package org.privateevolution.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Six queries: twelve sums for AVX2, so that multiply-adds need not wait for each other. These and two vectors of
 * candidates leave two registers for queries. JDK 17 checks the index of {@code groups} in each pass, which keeps it
 * from loading all queries at once; JDK 25 moves the checks and loads ahead, and spills sums.
 */
final class SixQueryTile extends VectorTile {

    private static final int QUERIES = 6;

    @Override
    public int queries() {
        return QUERIES;
    }

    @Override
    public int slice() {
        return 384;
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
        FloatVector a0 = FloatVector.fromArray(SPECIES, starts, 0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, starts, LENGTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, starts, stride);
        FloatVector b1 = FloatVector.fromArray(SPECIES, starts, stride + LENGTH);
        FloatVector c0 = FloatVector.fromArray(SPECIES, starts, 2 * stride);
        FloatVector c1 = FloatVector.fromArray(SPECIES, starts, 2 * stride + LENGTH);
        FloatVector d0 = FloatVector.fromArray(SPECIES, starts, 3 * stride);
        FloatVector d1 = FloatVector.fromArray(SPECIES, starts, 3 * stride + LENGTH);
        FloatVector e0 = FloatVector.fromArray(SPECIES, starts, 4 * stride);
        FloatVector e1 = FloatVector.fromArray(SPECIES, starts, 4 * stride + LENGTH);
        FloatVector f0 = FloatVector.fromArray(SPECIES, starts, 5 * stride);
        FloatVector f1 = FloatVector.fromArray(SPECIES, starts, 5 * stride + LENGTH);
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
            FloatVector qe = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES + 4]);
            e0 = x0.fma(qe, e0);
            e1 = x1.fma(qe, e1);
            FloatVector qf = FloatVector.broadcast(SPECIES, groups[groupAt + j * QUERIES + 5]);
            f0 = x0.fma(qf, f0);
            f1 = x1.fma(qf, f1);
        }
        a0.intoArray(tile, 0);
        a1.intoArray(tile, LENGTH);
        b0.intoArray(tile, 2 * LENGTH);
        b1.intoArray(tile, 3 * LENGTH);
        c0.intoArray(tile, 4 * LENGTH);
        c1.intoArray(tile, 5 * LENGTH);
        d0.intoArray(tile, 6 * LENGTH);
        d1.intoArray(tile, 7 * LENGTH);
        e0.intoArray(tile, 8 * LENGTH);
        e1.intoArray(tile, 9 * LENGTH);
        f0.intoArray(tile, 10 * LENGTH);
        f1.intoArray(tile, 11 * LENGTH);
        FloatVector floor0 = FloatVector.broadcast(SPECIES, floors[floorsAt]);
        FloatVector floor1 = FloatVector.broadcast(SPECIES, floors[floorsAt + 1]);
        FloatVector floor2 = FloatVector.broadcast(SPECIES, floors[floorsAt + 2]);
        FloatVector floor3 = FloatVector.broadcast(SPECIES, floors[floorsAt + 3]);
        FloatVector floor4 = FloatVector.broadcast(SPECIES, floors[floorsAt + 4]);
        FloatVector floor5 = FloatVector.broadcast(SPECIES, floors[floorsAt + 5]);
        VectorMask<Float> any = a0.compare(VectorOperators.GE, floor0)
                .or(a1.compare(VectorOperators.GE, floor0))
                .or(b0.compare(VectorOperators.GE, floor1))
                .or(b1.compare(VectorOperators.GE, floor1))
                .or(c0.compare(VectorOperators.GE, floor2))
                .or(c1.compare(VectorOperators.GE, floor2))
                .or(d0.compare(VectorOperators.GE, floor3))
                .or(d1.compare(VectorOperators.GE, floor3))
                .or(e0.compare(VectorOperators.GE, floor4))
                .or(e1.compare(VectorOperators.GE, floor4))
                .or(f0.compare(VectorOperators.GE, floor5))
                .or(f1.compare(VectorOperators.GE, floor5));
        return any.anyTrue();
    }
}
