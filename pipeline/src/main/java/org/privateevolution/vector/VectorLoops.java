package org.privateevolution.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops that the Vector API tiles share: those that look closer at the scores that a tile lets through. */
final class VectorLoops {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();
    /** One bit per lane of two vectors. */
    private static final FloatVector LOW_BITS = bits(0);

    private static final FloatVector HIGH_BITS = bits(LENGTH);

    private VectorLoops() {}

    private static FloatVector bits(int first) {
        int[] bits = new int[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            bits[lane] = 1 << (first + lane);
        }
        return IntVector.fromArray(IntVector.SPECIES_PREFERRED, bits, 0).reinterpretAsFloats();
    }

    /** Without branches, as no branch here could be predicted. */
    static void reached(float[] tile, int queries, float[] floors, int floorsAt, int[] lanes) {
        FloatVector none = FloatVector.zero(SPECIES);
        for (int query = 0; query < queries; query++) {
            FloatVector floor = FloatVector.broadcast(SPECIES, floors[floorsAt + query]);
            VectorMask<Float> low =
                    FloatVector.fromArray(SPECIES, tile, 2 * query * LENGTH).compare(VectorOperators.GE, floor);
            VectorMask<Float> high = FloatVector.fromArray(SPECIES, tile, (2 * query + 1) * LENGTH)
                    .compare(VectorOperators.GE, floor);
            // Masks are converted to integers through vectors, because their own conversion is slow in JDK 17.
            lanes[query] = none.blend(LOW_BITS, low)
                    .reinterpretAsInts()
                    .or(none.blend(HIGH_BITS, high).reinterpretAsInts())
                    .reduceLanes(VectorOperators.OR);
        }
    }

    static float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] scratch) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j <= length - 4 * LENGTH; j += 4 * LENGTH) {
            s0 = FloatVector.fromArray(SPECIES, a, aAt + j).fma(FloatVector.fromArray(SPECIES, b, bAt + j), s0);
            s1 = FloatVector.fromArray(SPECIES, a, aAt + j + LENGTH)
                    .fma(FloatVector.fromArray(SPECIES, b, bAt + j + LENGTH), s1);
            s2 = FloatVector.fromArray(SPECIES, a, aAt + j + 2 * LENGTH)
                    .fma(FloatVector.fromArray(SPECIES, b, bAt + j + 2 * LENGTH), s2);
            s3 = FloatVector.fromArray(SPECIES, a, aAt + j + 3 * LENGTH)
                    .fma(FloatVector.fromArray(SPECIES, b, bAt + j + 3 * LENGTH), s3);
        }
        for (; j <= length - LENGTH; j += LENGTH) {
            s0 = FloatVector.fromArray(SPECIES, a, aAt + j).fma(FloatVector.fromArray(SPECIES, b, bAt + j), s0);
        }
        float rest = 0;
        for (; j < length; j++) {
            rest += a[aAt + j] * b[bAt + j];
        }
        // Vectors reduce float sums lane after lane, in order; summed this way, the additions overlap.
        s0.add(s1).add(s2.add(s3)).intoArray(scratch, 0);
        float even = 0;
        float odd = 0;
        for (int lane = 0; lane < LENGTH; lane += 4) {
            even += scratch[lane] + scratch[lane + 1];
            odd += scratch[lane + 2] + scratch[lane + 3];
        }
        return rest + (even + odd);
    }

    static void dots(float[] a, int aAt, float[][] rows, int[] rowAts, int length, float[] products, float[] scratch) {
        float[] b = rows[0];
        float[] c = rows[1];
        float[] d = rows[2];
        float[] e = rows[3];
        int bAt = rowAts[0];
        int cAt = rowAts[1];
        int dAt = rowAts[2];
        int eAt = rowAts[3];
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int end = SPECIES.loopBound(length);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + j);
            s0 = FloatVector.fromArray(SPECIES, b, bAt + j).fma(x, s0);
            s1 = FloatVector.fromArray(SPECIES, c, cAt + j).fma(x, s1);
            s2 = FloatVector.fromArray(SPECIES, d, dAt + j).fma(x, s2);
            s3 = FloatVector.fromArray(SPECIES, e, eAt + j).fma(x, s3);
        }
        s0.intoArray(scratch, 0);
        s1.intoArray(scratch, LENGTH);
        s2.intoArray(scratch, 2 * LENGTH);
        s3.intoArray(scratch, 3 * LENGTH);
        for (int i = 0; i < 4; i++) {
            float even = 0;
            float odd = 0;
            for (int lane = i * LENGTH; lane < (i + 1) * LENGTH; lane += 4) {
                even += scratch[lane] + scratch[lane + 1];
                odd += scratch[lane + 2] + scratch[lane + 3];
            }
            float rest = 0;
            for (int j = end; j < length; j++) {
                rest += a[aAt + j] * rows[i][rowAts[i] + j];
            }
            products[i] = rest + (even + odd);
        }
    }
}
