package org.privateevolution.model;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A column whose values are made up for each synthetic row. It is never read from the private data, which need not have
 * it.
 *
 * @param pattern form of the ids of a {@link Kind#ID} column; null for the numbers 1, 2, 3 and so on
 */
public record GeneratedColumn(String name, Kind kind, IdPattern pattern) implements DeclaredColumn, Serializable {

    private static final long serialVersionUID = 1L;

    /** What the column contains. All names and e-mail addresses within one row belong to one invented person. */
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

        /** The kind's name in a configuration. */
        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with this name, in upper or lower case; empty if there is none. */
        public static Optional<Kind> named(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.configName().equals(text.strip().toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        /** The names of all kinds in a configuration. */
        public static List<String> configNames() {
            return Arrays.stream(values()).map(Kind::configName).toList();
        }

        /** Whether no two rows have the same value. */
        public boolean unique() {
            return this == ID || this == UUID || this == EMAIL;
        }

        /** Whether values are drawn from names of people and places. */
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

    /** Type of the published values. */
    public ColumnType type() {
        return ColumnType.of(kind == Kind.ID && pattern == null ? ColumnType.Kind.LONG : ColumnType.Kind.STRING);
    }

    /** Whether there are enough different values for this many rows. Always true if values may repeat. */
    public boolean suffices(long rows) {
        return pattern == null || pattern.size().compareTo(BigInteger.valueOf(rows)) >= 0;
    }

    /** The error message for a column that does not {@link #suffices suffice}. */
    public String tooFew(long rows) {
        return "column '" + name + "': " + rows + " rows need as many ids, but only "
                + pattern.size() + " have the pattern " + pattern
                + ": make the pattern longer, or ask for fewer rows";
    }
}
