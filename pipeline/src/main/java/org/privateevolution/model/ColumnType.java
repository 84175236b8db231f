package org.privateevolution.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The declared type of a column.
 *
 * @param precision digits of a decimal, 1 to 38; 0 for every other kind
 * @param scale digits after the point of a decimal, 0 to {@code precision}; 0 for every other kind
 */
public record ColumnType(Kind kind, int precision, int scale) implements Serializable {

    /** The atomic types of Spark that a table may have. */
    public enum Kind {
        STRING("string"),
        BOOLEAN("boolean"),
        BYTE("byte", "tinyint"),
        SHORT("short", "smallint"),
        INTEGER("integer", "int"),
        LONG("long", "bigint"),
        FLOAT("float"),
        DOUBLE("double"),
        DECIMAL("decimal"),
        DATE("date"),
        TIMESTAMP("timestamp"),
        TIMESTAMP_NTZ("timestamp_ntz");

        private final String configName;
        private final String sqlName;

        Kind(String configName) {
            this(configName, configName);
        }

        Kind(String configName, String sqlName) {
            this.configName = configName;
            this.sqlName = sqlName;
        }

        private boolean isNamed(String name) {
            return name.equals(configName) || name.equals(sqlName);
        }

        private String usage() {
            if (this == DECIMAL) {
                return configName + "(precision,scale)";
            }
            return configName.equals(sqlName) ? configName : configName + " or " + sqlName;
        }

        /** Whether the values are whole numbers: byte, short, integer or long. */
        public boolean integral() {
            return this == BYTE || this == SHORT || this == INTEGER || this == LONG;
        }

        /** Whether the values are dates or points in time: date, timestamp or timestamp_ntz. */
        public boolean temporal() {
            return this == DATE || this == TIMESTAMP || this == TIMESTAMP_NTZ;
        }
    }

    private static final long serialVersionUID = 1L;
    private static final int MAX_PRECISION = 38;
    /** The type that Spark means by {@code decimal} without digits. */
    private static final ColumnType DEFAULT_DECIMAL = new ColumnType(Kind.DECIMAL, 10, 0);

    private static final Pattern DECIMAL =
            Pattern.compile("decimal\\s*\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");

    public ColumnType {
        if (kind == Kind.DECIMAL) {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale
                        + ") is not a type: use a precision of 1 to 38 and a scale of 0 to the precision");
            }
        } else if (precision != 0 || scale != 0) {
            throw new IllegalArgumentException("only a decimal has a precision and a scale, not " + kind);
        }
    }

    /** Returns the type of a kind, without digits; for a decimal, decimal(10,0). */
    public static ColumnType of(Kind kind) {
        return kind == Kind.DECIMAL ? DEFAULT_DECIMAL : new ColumnType(kind, 0, 0);
    }

    /** Returns a decimal type with {@code precision} digits, {@code scale} of them after the point. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /**
     * Parses the name of a type, ignoring case: a {@link #configName()}, or one of the SQL names tinyint, smallint, int
     * and bigint; {@code decimal} alone is decimal(10,0).
     *
     * @throws IllegalArgumentException if there is no such type; the message lists the types
     */
    public static ColumnType parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            String scale = decimal.group(2);
            return decimal(Integer.parseInt(decimal.group(1)), scale == null ? 0 : Integer.parseInt(scale));
        }
        for (Kind kind : Kind.values()) {
            if (kind.isNamed(name)) {
                return of(kind);
            }
        }
        if (name.equals("text")) {
            throw new IllegalArgumentException(
                    "text is not a column type: name a column of free text in text.columns, in a"
                            + " section text beside tabular");
        }
        throw new IllegalArgumentException("unknown column type '" + text + "': use "
                + Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", ")));
    }

    /** Returns the name that {@link #parse} reads, which is also valid in Spark's DDL. */
    public String configName() {
        return kind == Kind.DECIMAL ? kind.configName + "(" + precision + "," + scale + ")" : kind.configName;
    }
}
