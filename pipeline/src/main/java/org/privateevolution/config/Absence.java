package org.privateevolution.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Converts between the forms of an absent number: null or 0 in settings, an empty optional in the run specification.
 */
final class Absence {

    private Absence() {}

    /** @param number null if absent */
    static OptionalDouble optional(Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** @param number null if absent */
    static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    static Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** @param number 0 if absent */
    static OptionalInt unlessZero(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** @param number 0 if absent */
    static OptionalLong unlessZero(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** @param number 0 if absent */
    static OptionalDouble unlessZero(double number) {
        return number == 0 ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
