package org.privateevolution.config;

import java.util.Map;

/** What the values of a setting are: how they are read and checked, how they are written, and how that is said. */
interface Type<T> {

    /** What values there are, in Markdown. */
    String prose();

    /** What values there are, as JSON Schema. */
    Map<String, Object> schema();

    /** The value; null if it is none of these, which is noted. */
    T read(Given given);

    /** The one way to write a value: a text, a number, a boolean, or a list or map of such. */
    default Object written(T value) {
        return value;
    }
}
