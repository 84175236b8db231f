package org.privateevolution.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The value of a synthetic row as files and reports show it.
 *
 * <p>A timestamp has no finer fraction of a second than the bounds and special values of its column: whole seconds,
 * milliseconds or microseconds. Dates and timestamps are values of java.time, whose calendar is Parquet's for all years
 * from 1 to 9999; {@link Column#decode} returns those of java.sql, which cannot represent some days of 1582.
 */
public final class PublishedValue {

    private static final long MICROS = 1_000_000;
    private static final long MILLI = 1_000;

    /** Doubles are written without an exponent from here up to {@link #MOST_PLAIN}. */
    private static final double LEAST_PLAIN = 1e-5;

    private static final double MOST_PLAIN = 1e16;

    /** The last microsecond of the year 9999, which the nearest double exceeds. */
    private static final Instant LAST =
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000).toInstant(ZoneOffset.UTC);

    private PublishedValue() {}

    /**
     * Returns a value in a Java type that Spark's Row takes for the column's type; null for a null.
     *
     * @param at the first of the column's codes in the row
     */
    public static Object of(LearntColumn column, TableRow row, int at) {
        if (!(column instanceof NumericColumn numeric) || !numeric.type().kind().temporal() || column.isNull(row, at)) {
            return column.decode(row, at);
        }
        double code = numeric.round(row.code(at));
        return switch (numeric.type().kind()) {
            case DATE -> LocalDate.ofEpochDay((long) code);
            case TIMESTAMP -> instant(numeric, code);
            default -> LocalDateTime.ofInstant(instant(numeric, code), ZoneOffset.UTC);
        };
    }

    /** Returns the text form of the same value, which {@link LearntColumn#encode} can read; empty for a null. */
    public static String text(LearntColumn column, TableRow row, int at) {
        Object value = of(column, row, at);
        if (value instanceof Double || value instanceof Float) {
            return plain(value.toString());
        }
        boolean temporal =
                column instanceof NumericColumn numeric && numeric.type().kind().temporal();
        return temporal && value != null ? value.toString() : column.text(row, at);
    }

    /** Writes a number without an exponent, unless it is very large or very small. */
    private static String plain(String text) {
        BigDecimal number = new BigDecimal(text);
        double size = number.abs().doubleValue();
        if (text.indexOf('E') < 0 || size < LEAST_PLAIN || size >= MOST_PLAIN) {
            return text;
        }
        return number.stripTrailingZeros().scale() <= 0
                ? number.setScale(1).toPlainString()
                : number.stripTrailingZeros().toPlainString();
    }

    private static Instant instant(NumericColumn column, double code) {
        long unit = unit(column);
        // Whole seconds of the years 1 to 9999 are exactly doubles, so the bounds stay bounds.
        long micros = Math.round(code / unit) * unit;
        long bounded = Math.max((long) column.min(), Math.min((long) column.max(), micros));
        Instant value = Instant.EPOCH.plus(bounded, ChronoUnit.MICROS);
        return value.isAfter(LAST) ? LAST : value;
    }

    /** Microseconds between neighbouring published timestamps. */
    private static long unit(NumericColumn column) {
        return LongStream.of(MICROS, MILLI)
                .filter(unit -> DoubleStream.concat(
                                DoubleStream.of(column.min(), column.max()),
                                column.special().stream().mapToDouble(Double::doubleValue))
                        .allMatch(code -> code % unit == 0))
                .findFirst()
                .orElse(1);
    }
}
