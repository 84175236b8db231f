package org.privateevolution.config;

import java.util.Locale;

/** Converts enum constants to their form in a configuration. */
public final class Word {

    private Word() {}

    /** Returns, for instance, {@code add-remove} for {@code ADD_REMOVE}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
