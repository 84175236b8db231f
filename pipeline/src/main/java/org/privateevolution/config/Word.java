package org.privateevolution.config;

import java.util.Locale;

/** How constants are written in a configuration. */
public final class Word {

    private Word() {}

    /** {@code ADD_REMOVE} is written {@code add-remove}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
