package org.privateevolution.jobs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers for people. */
final class ConsoleNumbers {

    private static final int DIGITS = 6;
    private static final int BOUND_DIGITS = 4;
    private static final int ESTIMATED_DIGITS = 3;

    private ConsoleNumbers() {}

    /** Six significant digits, with an exponent only where zeros would not be read. */
    static String number(double x) {
        return number(x, DIGITS, RoundingMode.HALF_EVEN);
    }

    /**
     * A bound such as epsilon, which must not look smaller than it is: four significant digits, rounded up. A number of
     * up to six digits stays as it is, because somebody chose it.
     */
    static String upperBound(double x) {
        return bound(x, RoundingMode.CEILING);
    }

    /** The same for what is left of a bound, which must not look larger than it is: rounded down. */
    static String lowerBound(double x) {
        return bound(x, RoundingMode.FLOOR);
    }

    private static String bound(double x, RoundingMode mode) {
        boolean chosen =
                Double.isFinite(x) && BigDecimal.valueOf(x).stripTrailingZeros().precision() <= DIGITS;
        return number(x, chosen ? DIGITS : BOUND_DIGITS, mode);
    }

    private static String number(double x, int digits, RoundingMode mode) {
        if (!Double.isFinite(x)) {
            return Double.toString(x);
        }
        // Through its shortest decimal: 0.1 is one tenth, not the binary fraction just above it.
        BigDecimal rounded =
                BigDecimal.valueOf(x).round(new MathContext(digits, mode)).stripTrailingZeros();
        boolean readable = x == 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e9);
        return readable
                ? rounded.toPlainString()
                : new DecimalFormat("0.#####E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(rounded)
                        .toLowerCase(Locale.ROOT);
    }

    /** An estimate: three significant digits, with separators and without an exponent. */
    static String estimate(double x) {
        BigDecimal rounded = BigDecimal.valueOf(x)
                .round(new MathContext(ESTIMATED_DIGITS, RoundingMode.HALF_UP))
                .stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /** A count with separators. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Bytes in binary units. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "";
        for (String next : new String[] {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
