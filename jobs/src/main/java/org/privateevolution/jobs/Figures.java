package org.privateevolution.jobs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers for people. */
final class Figures {

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Figures() {}

    /** Six significant digits, with an exponent only where zeros would not be read. */
    static String number(double x) {
        if (!Double.isFinite(x)) {
            return Double.toString(x);
        }
        BigDecimal rounded = new BigDecimal(x).round(SIX_DIGITS).stripTrailingZeros();
        boolean readable = x == 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e9);
        return readable
                ? rounded.toPlainString()
                : new DecimalFormat("0.#####E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(x)
                        .toLowerCase(Locale.ROOT);
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
