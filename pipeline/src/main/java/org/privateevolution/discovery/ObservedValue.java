package org.privateevolution.discovery;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is counted of a private value: its kind, its size, and the value itself if records may share it.
 *
 * @param size a number, a year, a number of words, or 0 or 1 for a boolean; NaN for null
 * @param text the value as a configuration writes it; null if many records are unlikely to share it
 */
record ObservedValue(ValueKind kind, double size, String text) {

    private static final int LONGEST = 100;
    private static final int MOST_DIGITS = 18;

    /** A number with redundant leading zeros is treated as a code. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9]\\d{0," + (MOST_DIGITS - 1) + "})");

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?((0|[1-9]\\d{0,17})(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2})?");
    private static final int ZONE = 3;

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final ObservedValue NULL = new ObservedValue(ValueKind.NULL, Double.NaN, null);

    /**
     * Classifies a value of a source.
     *
     * @param value null, a boolean, a number, a date, a timestamp or a text, which may be the text form of one of these
     */
    static ObservedValue of(Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Boolean truth) {
            return truth(truth);
        }
        if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
            return number(BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            // Uses the text form of the number, so that a float of 0.1 has one decimal.
            return Double.isFinite(number) ? number(new BigDecimal(value.toString())) : NULL;
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        if (value instanceof BigInteger number) {
            return number(new BigDecimal(number));
        }
        if (value instanceof java.sql.Date date) {
            return date(date.toLocalDate());
        }
        if (value instanceof LocalDate date) {
            return date(date);
        }
        if (value instanceof java.sql.Timestamp time) {
            return time(
                    ValueKind.INSTANT, time.toInstant().atOffset(ZoneOffset.UTC).getYear());
        }
        if (value instanceof Instant time) {
            return time(ValueKind.INSTANT, time.atOffset(ZoneOffset.UTC).getYear());
        }
        if (value instanceof LocalDateTime time) {
            return time(ValueKind.TIMESTAMP, time.getYear());
        }
        return written(value.toString());
    }

    private static ObservedValue written(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return NULL;
        }
        if (trimmed.length() <= LONGEST) {
            if (WHOLE.matcher(trimmed).matches() || DECIMAL.matcher(trimmed).matches()) {
                return number(new BigDecimal(trimmed.endsWith(".") ? trimmed + "0" : trimmed));
            }
            if (DATE.matcher(trimmed).matches()) {
                LocalDate date = parsed(trimmed);
                return date == null ? text(text) : date(date);
            }
            Matcher timestamp = TIMESTAMP.matcher(trimmed);
            if (timestamp.matches()) {
                LocalDate date = parsed(trimmed.substring(0, 10));
                ValueKind kind = timestamp.group(ZONE) == null ? ValueKind.TIMESTAMP : ValueKind.INSTANT;
                return date == null ? text(text) : time(kind, date.getYear());
            }
            if (trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false")) {
                return truth(trimmed.equalsIgnoreCase("true"));
            }
        }
        return text(text);
    }

    private static LocalDate parsed(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ObservedValue truth(boolean truth) {
        return new ObservedValue(ValueKind.BOOLEAN, truth ? 1 : 0, null);
    }

    private static ObservedValue number(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        ValueKind kind = ValueKind.ofDecimals(plain.scale());
        boolean shared = plain.precision() <= MOST_DIGITS && Math.abs(plain.scale()) <= MOST_DIGITS;
        return new ObservedValue(kind, plain.doubleValue(), shared ? plain.toPlainString() : null);
    }

    private static ObservedValue date(LocalDate date) {
        boolean shared = date.getYear() >= 1 && date.getYear() <= 9999;
        return new ObservedValue(ValueKind.DATE, date.getYear(), shared ? date.toString() : null);
    }

    private static ObservedValue time(ValueKind kind, int year) {
        return new ObservedValue(kind, year, null);
    }

    private static ObservedValue text(String text) {
        boolean shared = text.length() <= LONGEST && text.codePoints().allMatch(ObservedValue::isWritten);
        return new ObservedValue(ValueKind.TEXT, SPACES.split(text.strip()).length, shared ? text : null);
    }

    /** A configuration cannot hold unpaired surrogates and control characters. */
    private static boolean isWritten(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && Character.isDefined(codePoint);
    }
}
