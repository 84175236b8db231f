package org.privateevolution.config;

import java.util.Map;
import java.util.stream.Stream;

/** A setting, or a group of settings. */
sealed interface Part permits Setting, Group {

    /** Dotted path, with {@code []} after the name of a list. */
    String path();

    /** The key that it has in its group. */
    default String name() {
        return path().substring(path().lastIndexOf('.') + 1).replace("[]", "");
    }

    /** All settings in it, in their order. */
    Stream<Setting<?>> settings();

    /** As JSON Schema. */
    Map<String, Object> schema();
}
