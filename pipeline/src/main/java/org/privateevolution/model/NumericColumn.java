package org.privateevolution.model;

/**
 * A column of numbers, dates or timestamps with declared bounds.
 *
 * <p>Codes are doubles: whole numbers, decimals and timestamps beyond 2^53 units (of one, of the scale, of a
 * microsecond) are kept to the nearest double.
 *
 * @param min smallest code, inclusive
 * @param max largest code, inclusive, at least {@code min}; a column whose bounds are equal is constant
 * @param clamp whether a value out of bounds is moved to the bound; if not, it is an error
 */
public record NumericColumn(String name, ColumnType type, double min, double max, boolean nullable, boolean clamp)
        implements Column {

    private static final long serialVersionUID = 1L;

    public NumericColumn {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column has no name: give it the name it has in the private data");
        }
        if (type.kind() == ColumnType.Kind.STRING || type.kind() == ColumnType.Kind.BOOLEAN) {
            throw new IllegalArgumentException("column '" + name + "': a column of type " + type.configName()
                    + " has no min and max: declare its categories");
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
    }

    /**
     * The code of a bound as a configuration writes it, for instance {@code 2024-12-31} for a date.
     *
     * @param value a number or the text form of a value of the type
     * @throws IllegalArgumentException if it is not a finite value of the type
     */
    public static double boundCode(ColumnType type, Object value) {
        double code = NumericCodes.code(type, value);
        if (Double.isNaN(code)) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not of type " + type.configName() + ", which takes " + NumericCodes.noun(type));
        }
        return code;
    }

    @Override
    public double encode(Object value) {
        if (value == null
                || (value instanceof CharSequence text && text.toString().isBlank())) {
            if (!nullable) {
                throw new UndeclaredValueException(NumericCodes.nullMessage(name));
            }
            return TableRow.NULL;
        }
        double code = NumericCodes.code(type, value);
        if (Double.isNaN(code)) {
            throw new UndeclaredValueException(NumericCodes.notOfTypeMessage(name, type));
        }
        if (!clamp && (code < min || code > max)) {
            throw new UndeclaredValueException(
                    "column '" + name + "': a private value lies outside its declared bounds ["
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
     * The nearest code that is a value of the type within the bounds: whole for integers, days and microseconds, to the
     * scale for decimals. {@link TableRow#NULL} stays what it is.
     */
    public double round(double code) {
        return Double.isNaN(code) ? code : Math.max(min, Math.min(max, NumericCodes.onGrid(type, code)));
    }

    /** Distance between neighbouring codes: 1, or 10^-scale for a decimal; 0 where there is no even grid. */
    public double step() {
        return switch (type.kind()) {
            case FLOAT, DOUBLE -> 0;
            case DECIMAL -> Math.pow(10, -type.scale());
            default -> 1;
        };
    }

    /** Where a code lies between the bounds, 0 to 1; 0 in a constant column. NaN for a null. */
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
