package org.privateevolution.privacy;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Samples exactly from the discrete Gaussian N_Z(0, variance), {@code P[x] ~ exp(-x^2 / (2 variance))} on the integers,
 * with integers and exact rational comparisons only, without floating point (Canonne, Kamath and Steinke 2020,
 * algorithms 1 to 3).
 *
 * <p>The running time depends on the values drawn, so an adversary must not be able to measure it: sample on the
 * driver, and release a whole histogram at once. Not thread-safe.
 */
public final class DiscreteGaussian {
    private static final int BUFFER_BYTES = 1024;

    private final RandomBits source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next = BUFFER_BYTES;

    DiscreteGaussian(RandomBits source) {
        this.source = source;
    }

    /** Returns a sampler that draws from the platform's cryptographic generator; only tests can use another source. */
    public static DiscreteGaussian secure() {
        return new DiscreteGaussian(new SecureBits());
    }

    /**
     * Draws {@code count} independent values.
     *
     * @param variance at least 1, less than 2^120
     * @throws ArithmeticException if a value does not fit into a long; for variances below 2^112 this is less likely
     *     than e^-100
     */
    long[] sample(BigInteger variance, int count) {
        if (variance.signum() <= 0 || variance.bitLength() > 120) {
            throw new IllegalArgumentException("variance is " + variance + ": give 1 or more, below 2^120");
        }
        // t = floor(sigma) + 1; the proposal is a discrete Laplace of scale t (algorithm 3).
        long scale = variance.sqrt().longValueExact() + 1;
        BigInteger bigScale = BigInteger.valueOf(scale);
        BigInteger denominator = variance.multiply(bigScale).multiply(bigScale).shiftLeft(1);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = sample(variance, scale, bigScale, denominator);
        }
        return values;
    }

    /** Algorithm 3: accepts a proposal y with probability {@code exp(-(|y| - variance/t)^2 / (2 variance))}. */
    private long sample(BigInteger variance, long scale, BigInteger bigScale, BigInteger denominator) {
        while (true) {
            long y = laplace(scale);
            BigInteger distance =
                    BigInteger.valueOf(Math.abs(y)).multiply(bigScale).subtract(variance);
            if (exponential(distance.multiply(distance), denominator)) {
                return y;
            }
        }
    }

    /** Algorithm 2 with s = 1: {@code P[y] ~ exp(-|y| / scale)}. */
    private long laplace(long scale) {
        while (true) {
            long remainder = below(scale);
            if (!exponentialOfFraction(remainder, scale)) {
                continue;
            }
            long quotient = 0;
            while (exponentialOfOne()) {
                quotient++;
            }
            long magnitude = Math.addExact(remainder, Math.multiplyExact(scale, quotient));
            boolean negative = (nextByte() & 1) == 1;
            // Otherwise zero would be drawn with either sign, hence twice as often.
            if (!(negative && magnitude == 0)) {
                return negative ? -magnitude : magnitude;
            }
        }
    }

    /** Algorithm 1: true with probability {@code exp(-numerator / denominator)}, for any fraction of 0 or more. */
    private boolean exponential(BigInteger numerator, BigInteger denominator) {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        // Ends quickly however large the whole part is: each step continues with probability 1/e.
        for (BigInteger whole = parts[0]; whole.signum() > 0; whole = whole.subtract(BigInteger.ONE)) {
            if (!exponentialOfOne()) {
                return false;
            }
        }
        int k = 1;
        while (bernoulli(parts[1], denominator) && below(k) == 0) {
            k++;
        }
        return k % 2 == 1;
    }

    /** Algorithm 1 for {@code 0 <= numerator < denominator}. */
    private boolean exponentialOfFraction(long numerator, long denominator) {
        int k = 1;
        while (below(denominator) < numerator && below(k) == 0) {
            k++;
        }
        return k % 2 == 1;
    }

    /** Algorithm 1 for the exponent 1. */
    private boolean exponentialOfOne() {
        int k = 1;
        while (below(k) == 0) {
            k++;
        }
        return k % 2 == 1;
    }

    /**
     * True with probability {@code numerator / denominator}: draws a uniform integer below the denominator, by
     * rejection.
     */
    private boolean bernoulli(BigInteger numerator, BigInteger denominator) {
        int bits = denominator.subtract(BigInteger.ONE).bitLength();
        while (true) {
            BigInteger uniform = uniform(bits);
            if (uniform.compareTo(denominator) < 0) {
                return uniform.compareTo(numerator) < 0;
            }
        }
    }

    /** Uniform on 0 to {@code bound - 1}, by rejection. */
    private long below(long bound) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(bound - 1);
        while (true) {
            long uniform = 0;
            for (int drawn = 0; drawn < bits; drawn += Byte.SIZE) {
                uniform = uniform << Byte.SIZE | (nextByte() & 0xFF);
            }
            uniform &= (1L << bits) - 1;
            if (uniform < bound) {
                return uniform;
            }
        }
    }

    private BigInteger uniform(int bits) {
        byte[] bytes = new byte[(bits + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = nextByte();
        }
        int surplus = bytes.length * Byte.SIZE - bits;
        return new BigInteger(1, bytes).shiftRight(surplus);
    }

    private byte nextByte() {
        if (next == BUFFER_BYTES) {
            source.fill(buffer);
            next = 0;
        }
        return buffer[next++];
    }

    /** Wipes the bits drawn so far: together with the released histogram they would reveal the clean one. */
    void forget() {
        Arrays.fill(buffer, (byte) 0);
        next = BUFFER_BYTES;
    }
}
