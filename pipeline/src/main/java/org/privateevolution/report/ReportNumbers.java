package org.privateevolution.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers for people. */
final class ReportNumbers {

    private static final int DIGITS = 4;
    private static final double SMALL = 1e-3;
    private static final double LARGE = 1e9;

    private ReportNumbers() {}

    /** A count with thousands separators. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count that may be fractional: with one decimal if it is small and not whole. */
    static String count(double count) {
        return count < 100 && count != Math.rint(count)
                ? String.format(Locale.ROOT, "%.1f", count)
                : count(Math.round(count));
    }

    /** A share of 1 as a percentage. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** A distance of 0 to 1. */
    static String distance(double distance) {
        return String.format(Locale.ROOT, "%.3f", distance);
    }

    /** Any figure, with four significant digits. */
    static String figure(double value) {
        return significant(value, RoundingMode.HALF_EVEN);
    }

    /** Epsilon or delta, rounded up, so that no more is claimed than is guaranteed. */
    static String upward(double value) {
        return significant(value, RoundingMode.CEILING);
    }

    /** A noise multiplier, rounded down, so that no more is claimed than is guaranteed. */
    static String downward(double value) {
        return significant(value, RoundingMode.FLOOR);
    }

    private static String significant(double value, RoundingMode rounding) {
        if (Double.isInfinite(value)) {
            return "∞";
        }
        BigDecimal rounded = BigDecimal.valueOf(value)
                .round(new MathContext(DIGITS, rounding))
                .stripTrailingZeros();
        double size = Math.abs(value);
        if (size == 0 || (size >= SMALL && size < LARGE)) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
