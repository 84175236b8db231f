package org.privateevolution.config;

import java.util.Map;
import java.util.stream.Stream;

/** A setting, or a group of settings. */
sealed interface Part permits Setting, Group {

    /** Dotted path, with {@code []} after the name of a list. */
    String path();

    /** Key of this part within its group. */
    default String name() {
        return path().substring(path().lastIndexOf('.') + 1).replace("[]", "");
    }

    /** All settings of this part, in order. */
    Stream<Setting<?>> settings();

    /** JSON Schema of this part. */
    Map<String, Object> schema();
}
