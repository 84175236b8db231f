package org.privateevolution.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How numbers that are not there are written: as null or 0 in settings, as empty in the run specification. */
final class Absence {

    private Absence() {}

    /** @param number null for none */
    static OptionalDouble optional(Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** @param number null for none */
    static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    static Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** @param number 0 for none */
    static OptionalInt unlessZero(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** @param number 0 for none */
    static OptionalLong unlessZero(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** @param number 0 for none */
    static OptionalDouble unlessZero(double number) {
        return number == 0 ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
