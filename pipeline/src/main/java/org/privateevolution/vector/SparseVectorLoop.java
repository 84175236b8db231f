package org.privateevolution.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vector API, one sparse row against four panels of two vectors each: eight sums. */
final class SparseVectorLoop {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private SparseVectorLoop() {}

    static boolean score(
            float[][] panels,
            int first,
            int[] places,
            float[] values,
            int from,
            int to,
            float[][] starts,
            float floor,
            float[] tile) {
        float[] a = panels[first];
        float[] b = panels[first + 1];
        float[] c = panels[first + 2];
        float[] d = panels[first + 3];
        FloatVector a0 = FloatVector.fromArray(SPECIES, starts[first], 0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, starts[first], LENGTH);
        FloatVector b0 = FloatVector.fromArray(SPECIES, starts[first + 1], 0);
        FloatVector b1 = FloatVector.fromArray(SPECIES, starts[first + 1], LENGTH);
        FloatVector c0 = FloatVector.fromArray(SPECIES, starts[first + 2], 0);
        FloatVector c1 = FloatVector.fromArray(SPECIES, starts[first + 2], LENGTH);
        FloatVector d0 = FloatVector.fromArray(SPECIES, starts[first + 3], 0);
        FloatVector d1 = FloatVector.fromArray(SPECIES, starts[first + 3], LENGTH);
        for (int i = from; i < to; i++) {
            FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
            int at = places[i];
            a0 = FloatVector.fromArray(SPECIES, a, at).fma(value, a0);
            a1 = FloatVector.fromArray(SPECIES, a, at + LENGTH).fma(value, a1);
            b0 = FloatVector.fromArray(SPECIES, b, at).fma(value, b0);
            b1 = FloatVector.fromArray(SPECIES, b, at + LENGTH).fma(value, b1);
            c0 = FloatVector.fromArray(SPECIES, c, at).fma(value, c0);
            c1 = FloatVector.fromArray(SPECIES, c, at + LENGTH).fma(value, c1);
            d0 = FloatVector.fromArray(SPECIES, d, at).fma(value, d0);
            d1 = FloatVector.fromArray(SPECIES, d, at + LENGTH).fma(value, d1);
        }
        a0.intoArray(tile, 0);
        a1.intoArray(tile, LENGTH);
        b0.intoArray(tile, 2 * LENGTH);
        b1.intoArray(tile, 3 * LENGTH);
        c0.intoArray(tile, 4 * LENGTH);
        c1.intoArray(tile, 5 * LENGTH);
        d0.intoArray(tile, 6 * LENGTH);
        d1.intoArray(tile, 7 * LENGTH);
        FloatVector floors = FloatVector.broadcast(SPECIES, floor);
        VectorMask<Float> any = a0.compare(VectorOperators.GE, floors)
                .or(a1.compare(VectorOperators.GE, floors))
                .or(b0.compare(VectorOperators.GE, floors))
                .or(b1.compare(VectorOperators.GE, floors))
                .or(c0.compare(VectorOperators.GE, floors))
                .or(c1.compare(VectorOperators.GE, floors))
                .or(d0.compare(VectorOperators.GE, floors))
                .or(d1.compare(VectorOperators.GE, floors));
        return any.anyTrue();
    }
}
