package org.privateevolution.config;

import java.math.BigDecimal;
import java.math.MathContext;

/** Chooses the form of numbers in canonical configurations. */
final class ShortestDecimal {

    private ShortestDecimal() {}

    /**
     * Returns the shortest decimal that reads back as {@code x}. Unlike {@code Double.toString}, the result is the same
     * on every JDK.
     */
    static BigDecimal of(double x) {
        BigDecimal exact = new BigDecimal(x);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == x) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(17)));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 17 ? stripped.setScale(0) : stripped;
    }
}
