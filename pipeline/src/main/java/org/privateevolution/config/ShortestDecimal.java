package org.privateevolution.config;

import java.math.BigDecimal;
import java.math.MathContext;

/** How a canonical configuration writes numbers. */
final class ShortestDecimal {

    private ShortestDecimal() {}

    /** The shortest decimal that reads back as {@code x}, in one form on every JDK, which {@code toString} is not. */
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
