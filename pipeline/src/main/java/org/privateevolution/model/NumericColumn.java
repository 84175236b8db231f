package org.privateevolution.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of numbers, dates or timestamps with declared bounds.
 *
 * <p>Codes are doubles. Whole numbers, decimals and timestamps beyond 2^53 units are kept to the nearest double; a unit
 * is one, one step of the decimal's scale, or a microsecond.
 *
 * @param min smallest code, inclusive
 * @param max largest code, inclusive, at least {@code min}; a column whose bounds are equal is constant
 * @param clamp whether a value out of bounds is moved to the bound; if not, it is an error
 * @param decimals digits after the point of synthetic numbers in a {@code float} or {@code double} column, 0 to 15; -1
 *     for as many as the type has
 * @param special codes within the bounds that many records may share, such as -1 for unknown, besides 0 and the bounds
 *     themselves
 */
public record NumericColumn(
        String name,
        ColumnType type,
        double min,
        double max,
        boolean nullable,
        boolean clamp,
        int decimals,
        List<Double> special)
        implements Column {

    /** Stands for as many decimals as the type has. */
    public static final int ALL_DECIMALS = -1;

    private static final long serialVersionUID = 1L;
    private static final int MOST_DECIMALS = 15;

    public NumericColumn {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column has no name: give it its name in the private data");
        }
        if (type.kind() == ColumnType.Kind.STRING || type.kind() == ColumnType.Kind.BOOLEAN) {
            throw new IllegalArgumentException("column '" + name + "': a column of type " + type.configName()
                    + " has no min and max: declare its categories");
        }
        boolean floating = type.kind() == ColumnType.Kind.FLOAT || type.kind() == ColumnType.Kind.DOUBLE;
        if (decimals != ALL_DECIMALS && !(floating && decimals >= 0 && decimals <= MOST_DECIMALS)) {
            throw new IllegalArgumentException("column '" + name + "': decimals " + decimals
                    + (floating
                            ? " is not allowed: must be 0 to " + MOST_DECIMALS
                            : " is not allowed: only float and double have them; a decimal(p,s) has s"));
        }
        min = bound("min", name, type, min);
        max = bound("max", name, type, max);
        if (min > max) {
            throw new IllegalArgumentException("column '" + name + "': min " + NumericCodes.text(type, min)
                    + " is greater than max " + NumericCodes.text(type, max));
        }
        if (!Double.isFinite(max - min)) {
            throw new IllegalArgumentException("column '" + name + "': max - min is not a finite number: narrow them");
        }
        List<Double> codes = new ArrayList<>();
        for (double code : special) {
            double own = bound("special", name, type, code);
            if (own < min || own > max) {
                throw new IllegalArgumentException("column '" + name + "': special value "
                        + NumericCodes.text(type, own) + " lies outside of min and max: widen them");
            }
            codes.add(own);
        }
        special = List.copyOf(codes);
    }

    /** Declares a column without special values, with as many decimals as its type has. */
    public NumericColumn(String name, ColumnType type, double min, double max, boolean nullable, boolean clamp) {
        this(name, type, min, max, nullable, clamp, ALL_DECIMALS, List.of());
    }

    /**
     * Returns the code of a bound as a configuration writes it, for instance {@code 2024-12-31} for a date.
     *
     * @param value a number or the text form of a value of the type
     * @throws IllegalArgumentException if {@code value} is not a finite value of the type
     */
    public static double boundCode(ColumnType type, Object value) {
        double code = NumericCodes.code(type, value);
        if (Double.isNaN(code)) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not of type " + type.configName() + ", which takes " + NumericCodes.noun(type));
        }
        return code;
    }

    /**
     * As {@link #boundCode}, but refuses a number of an integer or decimal type that a code cannot keep to the last
     * digit. A private number is kept to the nearest code, which only places it; a declared one is published as it is.
     *
     * @throws IllegalArgumentException also if digits would be lost
     */
    public static double exactCode(ColumnType type, String text) {
        double code = boundCode(type, text);
        boolean counted = type.kind().integral() || type.kind() == ColumnType.Kind.DECIMAL;
        if (counted && NumericCodes.inRange(type, code)) {
            String kept = NumericCodes.text(type, code);
            if (new BigDecimal(kept).compareTo(new BigDecimal(text.strip())) != 0) {
                throw new IllegalArgumentException("'" + text.strip() + "' has more digits than are kept of "
                        + type.configName() + ": declare " + kept + " or another number with fewer digits");
            }
        }
        return code;
    }

    @Override
    public double encode(Object value) {
        if (value == null
                || (value instanceof CharSequence text && text.toString().isBlank())
                || (nullable && NumericCodes.isMissing(type, value))) {
            if (!nullable) {
                throw new UndeclaredValueException(NumericCodes.nullMessage(name));
            }
            return TableRow.NULL;
        }
        double code = NumericCodes.code(type, value);
        if (Double.isNaN(code)) {
            throw new UndeclaredValueException(NumericCodes.notOfTypeMessage(name, type, value));
        }
        if (!clamp && (code < min || code > max)) {
            throw new UndeclaredValueException("column '" + name + "': a private value is outside the declared bounds ["
                    + NumericCodes.text(type, min) + ", " + NumericCodes.text(type, max)
                    + "]: widen min/max or set out_of_range: clamp");
        }
        return Math.max(min, Math.min(max, code));
    }

    @Override
    public Object decode(double code) {
        return Double.isNaN(code) ? null : NumericCodes.value(type, round(code));
    }

    @Override
    public String text(double code) {
        return Double.isNaN(code) ? "" : NumericCodes.text(type, round(code));
    }

    @Override
    public boolean holds(double code) {
        return Double.isNaN(code) ? nullable : code >= min && code <= max;
    }

    /**
     * Returns the nearest code that is a value of the type within the bounds: whole for integers, days and
     * microseconds, rounded to the declared decimals otherwise. {@link TableRow#NULL} is returned unchanged.
     */
    public double round(double code) {
        if (Double.isNaN(code)) {
            return code;
        }
        double shown = decimals == ALL_DECIMALS ? code : NumericCodes.decimal(code, decimals);
        return Math.max(min, Math.min(max, NumericCodes.onGrid(type, shown)));
    }

    /**
     * Distance between neighbouring codes: 1, or a power of 10 where decimals are limited; 0 if codes have no even
     * spacing.
     */
    public double step() {
        return switch (type.kind()) {
            case FLOAT, DOUBLE -> decimals == ALL_DECIMALS ? 0 : Math.pow(10, -decimals);
            case DECIMAL -> Math.pow(10, -type.scale());
            default -> 1;
        };
    }

    /** Position of a code between the bounds, 0 to 1; 0 in a constant column; NaN for a null. */
    public double position(double code) {
        return Double.isNaN(code) || min < max ? (code - min) / (max - min) : 0;
    }

    private static double bound(String key, String name, ColumnType type, double code) {
        if (!Double.isFinite(code)) {
            throw new IllegalArgumentException(
                    "column '" + name + "': " + key + " is " + code + ": declare a finite number");
        }
        double bound = NumericCodes.onGrid(type, code);
        if (type.kind() != ColumnType.Kind.FLOAT && bound != code) {
            throw new IllegalArgumentException("column '" + name + "': " + key + " " + code + " is not of type "
                    + type.configName() + ", which takes " + NumericCodes.noun(type));
        }
        if (!NumericCodes.inRange(type, bound)) {
            throw new IllegalArgumentException("column '" + name + "': " + key + " "
                    + (type.kind().temporal()
                            ? "is not within the years 1 to 9999"
                            : bound + " does not fit into " + type.configName()));
        }
        return bound;
    }
}
