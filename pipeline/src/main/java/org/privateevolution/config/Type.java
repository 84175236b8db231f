package org.privateevolution.config;

import java.util.Map;

/** The type of a setting's values: reads, checks, writes and describes them. */
interface Type<T> {

    /** Describes the allowed values, in Markdown. */
    String prose();

    /** Describes the allowed values, as JSON Schema. */
    Map<String, Object> schema();

    /** Returns the value; null, after noting a problem, if it is not allowed. */
    T read(Given given);

    /** Returns the canonical form of a value: a string, a number, a boolean, or a list or map of these. */
    default Object written(T value) {
        return value;
    }
}
