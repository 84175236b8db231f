package org.privateevolution.model;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column whose values are made up for each synthetic row. Private data are never read for it, and need not have it.
 *
 * @param pattern of a {@link Kind#ID}; null for the numbers from 1 on
 */
public record GeneratedColumn(String name, Kind kind, IdPattern pattern) implements DeclaredColumn, Serializable {

    private static final long serialVersionUID = 1L;

    /** What is made up. Within one row, what concerns a person is that of one person. */
    public enum Kind {
        /** Different in each row. */
        ID,
        /** Different in each row. */
        UUID,
        FIRST_NAME,
        LAST_NAME,
        NAME,
        /** Different in each row. */
        EMAIL,
        PHONE,
        ADDRESS;

        /** The name in a configuration. */
        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind that a configuration names, in any case; empty if none has the name. */
        public static Optional<Kind> named(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.configName().equals(text.strip().toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        /** Their names in a configuration. */
        public static List<String> configNames() {
            return Arrays.stream(values()).map(Kind::configName).toList();
        }

        /** Whether no two rows have the same value. */
        public boolean unique() {
            return this == ID || this == UUID || this == EMAIL;
        }

        /** Whether it is drawn from names of persons and places. */
        public boolean personal() {
            return this != ID && this != UUID && this != PHONE;
        }
    }

    public GeneratedColumn {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column has no name: give it one");
        }
        if (pattern != null && kind != Kind.ID) {
            throw new IllegalArgumentException(
                    "column '" + name + "': only an id has a pattern: take it out, or set" + " type: id");
        }
    }

    /** Type of its values in what is published. */
    public ColumnType type() {
        return ColumnType.of(kind == Kind.ID && pattern == null ? ColumnType.Kind.LONG : ColumnType.Kind.STRING);
    }

    /** Whether so many rows can have values that all differ, where they have to. */
    public boolean suffices(long rows) {
        return pattern == null || pattern.size().compareTo(BigInteger.valueOf(rows)) >= 0;
    }

    /** What to do where they cannot. */
    public String tooFew(long rows) {
        return "column '" + name + "': " + rows + " rows need as many ids, and only "
                + pattern.size() + " have the pattern " + pattern
                + ": make the pattern longer, or ask for fewer rows";
    }
}
