package org.privateevolution.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A declared constraint on the rows of a table, as a configuration states it. {@code constraint.Constraints} reads it.
 *
 * @param text a condition, {@code UNIQUE (columns)} or {@code columns DETERMINES column}
 * @param values for {@code DETERMINES}, the determined value of each value of the determining column, in the order of
 *     the configuration; empty if the values are learnt, and for other constraints
 */
public record Constraint(String text, Map<String, String> values) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Constraint {
        text = text.strip().replaceAll("\\s+", " ");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A constraint without a map of values. */
    public Constraint(String text) {
        this(text, Map.of());
    }
}
