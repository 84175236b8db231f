package org.privateevolution.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Four queries: eight sums, two vectors of candidates and four queries fit into the sixteen registers of AVX2 and
 * below, in whatever order C2 loads them.
 */
final class FourQueryTile extends VectorTile {

    private static final int QUERIES = 4;

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
        // Counting in floats of the group saves JDK 25 a tenth of the time.
        int end = groupAt + to * QUERIES;
        int shift = -groupAt * (LANES / QUERIES);
        for (int at = groupAt + from * QUERIES; at < end; at += QUERIES) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, panel, at * (LANES / QUERIES) + shift);
            FloatVector x1 = FloatVector.fromArray(SPECIES, panel, at * (LANES / QUERIES) + shift + LENGTH);
            FloatVector qa = FloatVector.broadcast(SPECIES, groups[at]);
            a0 = x0.fma(qa, a0);
            a1 = x1.fma(qa, a1);
            FloatVector qb = FloatVector.broadcast(SPECIES, groups[at + 1]);
            b0 = x0.fma(qb, b0);
            b1 = x1.fma(qb, b1);
            FloatVector qc = FloatVector.broadcast(SPECIES, groups[at + 2]);
            c0 = x0.fma(qc, c0);
            c1 = x1.fma(qc, c1);
            FloatVector qd = FloatVector.broadcast(SPECIES, groups[at + 3]);
            d0 = x0.fma(qd, d0);
            d1 = x1.fma(qd, d1);
        }
        a0.intoArray(tile, 0);
        a1.intoArray(tile, LENGTH);
        b0.intoArray(tile, 2 * LENGTH);
        b1.intoArray(tile, 3 * LENGTH);
        c0.intoArray(tile, 4 * LENGTH);
        c1.intoArray(tile, 5 * LENGTH);
        d0.intoArray(tile, 6 * LENGTH);
        d1.intoArray(tile, 7 * LENGTH);
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
        return any.anyTrue();
    }
}
