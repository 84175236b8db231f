package org.privateevolution.privacy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Epsilons and deltas for people, rounded so that no more is claimed than holds. A delta of 0.000001 is 1e-6. */
public final class RoundedFigure {

    private static final int DIGITS = 4;
    private static final double SMALL = 1e-3;
    private static final double LARGE = 1e9;

    private RoundedFigure() {}

    /** Four significant digits, rounded up: for what was spent or is guaranteed. */
    public static String up(double x) {
        return written(x, new MathContext(DIGITS, RoundingMode.CEILING));
    }

    /** Four significant digits, rounded down: for what is left. */
    public static String down(double x) {
        return written(x, new MathContext(DIGITS, RoundingMode.FLOOR));
    }

    /** All digits: for what somebody chose. */
    public static String exact(double x) {
        return written(x, MathContext.UNLIMITED);
    }

    private static String written(double x, MathContext digits) {
        if (!Double.isFinite(x)) {
            return Double.toString(x);
        }
        BigDecimal rounded = BigDecimal.valueOf(x).round(digits).stripTrailingZeros();
        double size = Math.abs(x);
        if (x == 0 || (size >= SMALL && size < LARGE)) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
