package org.privateevolution.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Converts numbers, dates and timestamps to doubles and back; see {@link TableRow}. No exception ever contains a value.
 */
final class NumericCodes {

    private static final double EXACT = 0x1p53;
    /** 10^22 is the largest power of ten that is exactly a double. */
    private static final int EXACT_POWERS = 22;

    private static final double[] POWERS_OF_TEN = powersOfTen();

    private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long MIN_MICROS = MIN_DAY * TimeUnit.DAYS.toMicros(1);
    private static final long MAX_MICROS = (MAX_DAY + 1) * TimeUnit.DAYS.toMicros(1) - 1;

    /**
     * Before this instant, java.sql.Timestamp and java.time use different calendars and offsets, and Spark converts
     * between them by the date and time that both show in the JVM's zone. From this instant on, both agree on the
     * instant.
     */
    private static final Instant CALENDARS_AGREE = Instant.parse("1900-01-01T00:00:00Z");

    private static final DateTimeFormatter TIMESTAMP_TEXT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[\\d.' ]*,\\d+");
    private static final Pattern THOUSANDS =
            Pattern.compile("[+-]?\\d{1,3}(?:(?:,\\d{2,3})*,\\d{3}|(?:['\u2019\\h_]\\d{3})+)(?:\\.\\d+)?");
    private static final Pattern MISSING = Pattern.compile("(?i)n/?a|#n/a|null|none|nil|\\\\n|[-.?]");

    /** Bounds the time of parsing, which grows with the square of the number of digits. */
    private static final int MOST_DIGITS = 10_000;

    private static final String OTHER_TYPE = "declare the column's type to match its values, or clean them first";

    private static final int LONGEST_LONG = Long.toString(Long.MIN_VALUE).length();
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();

    private NumericCodes() {}

    /**
     * Returns the code of a value, on the type's grid.
     *
     * @return NaN if the value is not a finite value of the type
     */
    static double code(ColumnType type, Object value) {
        Object content = value instanceof CharSequence text ? text.toString().strip() : value;
        return switch (type.kind()) {
            case BYTE, SHORT, INTEGER, LONG -> whole(content);
            case FLOAT, DOUBLE, DECIMAL -> finite(onGrid(type, number(content)));
            case DATE -> day(content);
            case TIMESTAMP -> instantMicros(content);
            case TIMESTAMP_NTZ -> localMicros(content);
            case STRING, BOOLEAN -> throw new IllegalArgumentException(type.configName() + " has no numeric code");
        };
    }

    /** Returns the nearest code that is a value of the type, ignoring bounds. */
    static double onGrid(ColumnType type, double code) {
        // + 0.0 turns -0.0 into 0.0, so that equal values have equal bits
        return switch (type.kind()) {
            case FLOAT -> (float) code + 0.0;
            case DOUBLE -> code + 0.0;
            case DECIMAL -> decimal(code, type.scale()) + 0.0;
            default -> Math.rint(code) + 0.0;
        };
    }

    /** Whether a code is in the range of the type; dates and timestamps have Spark's range, years 1 to 9999. */
    static boolean inRange(ColumnType type, double code) {
        return switch (type.kind()) {
            case BYTE -> code >= Byte.MIN_VALUE && code <= Byte.MAX_VALUE;
            case SHORT -> code >= Short.MIN_VALUE && code <= Short.MAX_VALUE;
            case INTEGER -> code >= Integer.MIN_VALUE && code <= Integer.MAX_VALUE;
            case LONG -> code >= Long.MIN_VALUE && code <= (double) Long.MAX_VALUE;
            case FLOAT, DOUBLE -> Double.isFinite(code);
            case DECIMAL -> Math.abs(code) <= largest(type).doubleValue();
            case DATE -> code >= MIN_DAY && code <= MAX_DAY;
            case TIMESTAMP, TIMESTAMP_NTZ -> code >= MIN_MICROS && code <= (double) MAX_MICROS;
            case STRING, BOOLEAN -> false;
        };
    }

    /** Returns the value of a code on the grid and in the range of the type. */
    static Object value(ColumnType type, double code) {
        return switch (type.kind()) {
            case BYTE -> (byte) code;
            case SHORT -> (short) code;
            case INTEGER -> (int) code;
            case LONG -> (long) code;
            case FLOAT -> (float) code;
            case DOUBLE -> code;
            case DECIMAL -> {
                BigDecimal largest = largest(type);
                yield BigDecimal.valueOf(code)
                        .setScale(type.scale(), RoundingMode.HALF_EVEN)
                        .max(largest.negate())
                        .min(largest);
            }
            case DATE -> Date.valueOf(LocalDate.ofEpochDay((long) code));
            case TIMESTAMP -> timestamp(instant(code));
            case TIMESTAMP_NTZ -> LocalDateTime.ofInstant(instant(code), ZoneOffset.UTC);
            case STRING, BOOLEAN -> throw new IllegalArgumentException(type.configName() + " has no numeric code");
        };
    }

    /** Returns the text form of a code on the grid and in the range of the type. */
    static String text(ColumnType type, double code) {
        return switch (type.kind()) {
            case DATE -> LocalDate.ofEpochDay((long) code).toString();
            case TIMESTAMP -> instant(code).toString();
            case DECIMAL -> ((BigDecimal) value(type, code)).toPlainString();
            default -> value(type, code).toString();
        };
    }

    /**
     * Returns the canonical text form of a whole number, the same for 3, 3.0 and 3e0; null if the value is not a whole
     * number.
     */
    static String wholeText(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return value.toString();
        }
        BigDecimal number =
                exact(value instanceof CharSequence text ? text.toString().strip() : value);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        // an exponent in the millions would be written out as megabytes of zeros
        boolean longer = (long) number.precision() - number.scale() > LONGEST_LONG;
        return longer ? number.toString() : number.toBigInteger().toString();
    }

    /** Whether a whole number, in canonical text form, is in the range of an integer type. */
    static boolean wholeFits(ColumnType type, String text) {
        BigInteger number = text.length() > LONGEST_LONG ? null : new BigInteger(text);
        return number != null && number.bitLength() < Long.SIZE && inRange(type, number.doubleValue());
    }

    static String noun(ColumnType type) {
        return switch (type.kind()) {
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case BYTE, SHORT, INTEGER, LONG -> "a whole number";
            case FLOAT, DOUBLE -> "a finite number";
            case DECIMAL -> "a number with " + type.scale() + " digits after the point";
            case DATE -> "a date such as 2024-12-31";
            case TIMESTAMP -> "a timestamp such as 2024-12-31T23:59:59Z";
            case TIMESTAMP_NTZ -> "a timestamp without time zone such as 2024-12-31T23:59:59";
        };
    }

    static String nullMessage(String column) {
        return "column '" + column + "': a private value is null: set nullable: true, or replace the nulls";
    }

    /** The message names the kind of the value, never the value itself. */
    static String notOfTypeMessage(String column, ColumnType type, Object value) {
        String what = "column '" + column + "': a private value is not " + noun(type) + ": ";
        if (isMissing(type, value)) {
            return what + "it is NaN, which nullable: true takes for null";
        }
        return what
                + (value instanceof CharSequence text
                        ? likelyCause(text.toString().strip())
                        : OTHER_TYPE);
    }

    private static String likelyCause(String text) {
        if (THOUSANDS.matcher(text).matches()) {
            return "it seems to have thousands separators"
                    + (DECIMAL_COMMA.matcher(text).matches() ? ", or a decimal comma" : "")
                    + "; write the numbers without the former and with a decimal point first";
        }
        if (DECIMAL_COMMA.matcher(text).matches()) {
            return "it seems to have a decimal comma; write the numbers with a decimal point";
        }
        return MISSING.matcher(text).matches()
                ? "it seems to stand for a missing value: set nullable: true, and in CSV options.nullValue to what is"
                        + " written for one; elsewhere write null"
                : OTHER_TYPE;
    }

    /**
     * Whether a value is NaN, which pandas and Spark use for a missing number. In a numeric column, the text "NaN"
     * counts, too.
     */
    static boolean isMissing(ColumnType type, Object value) {
        if (type.kind().temporal()) {
            return false;
        }
        boolean text = type.kind() == ColumnType.Kind.STRING || type.kind() == ColumnType.Kind.BOOLEAN;
        return (value instanceof Double number && number.isNaN())
                || (value instanceof Float single && single.isNaN())
                || (!text
                        && value instanceof CharSequence written
                        && written.toString().strip().equalsIgnoreCase("nan"));
    }

    private static double whole(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        BigDecimal number = exact(value);
        return number == null || number.stripTrailingZeros().scale() > 0 ? Double.NaN : finite(number.doubleValue());
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        BigDecimal number = exact(value);
        return number == null ? Double.NaN : number.doubleValue();
    }

    /** Returns the exact value of a number or its text form; null if the value is neither, or not finite. */
    private static BigDecimal exact(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof Number number) {
            double finite = number.doubleValue();
            return Double.isFinite(finite) ? BigDecimal.valueOf(finite) : null;
        }
        if (value instanceof String text) {
            try {
                return text.length() > MOST_DIGITS ? null : new BigDecimal(text);
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }
        return null;
    }

    private static double finite(double code) {
        return Double.isFinite(code) ? code : Double.NaN;
    }

    static double decimal(double code, int scale) {
        if (!Double.isFinite(code)) {
            return code;
        }
        if (scale <= EXACT_POWERS) {
            double units = code * POWERS_OF_TEN[scale];
            if (Math.abs(units) < EXACT) {
                // both are exact, so the quotient is the double nearest to the decimal
                return Math.rint(units) / POWERS_OF_TEN[scale];
            }
        }
        return BigDecimal.valueOf(code).setScale(scale, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static BigDecimal largest(ColumnType type) {
        return new BigDecimal(BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE), type.scale());
    }

    private static double[] powersOfTen() {
        double[] powers = new double[EXACT_POWERS + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = BigDecimal.TEN.pow(i).doubleValue();
        }
        return powers;
    }

    private static double day(Object value) {
        if (value instanceof Date date) {
            return date.toLocalDate().toEpochDay();
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof String text) {
            try {
                return LocalDate.parse(text).toEpochDay();
            } catch (DateTimeParseException notADate) {
                return Double.NaN;
            }
        }
        return Double.NaN;
    }

    /** A text without offset is interpreted as UTC. */
    private static double instantMicros(Object value) {
        if (value instanceof Timestamp timestamp) {
            return micros(instant(timestamp));
        }
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        TemporalAccessor time = value instanceof String text ? parseTimestamp(text) : null;
        if (time instanceof OffsetDateTime offset) {
            return micros(offset.toInstant());
        }
        return time instanceof LocalDateTime local ? micros(local.toInstant(ZoneOffset.UTC)) : Double.NaN;
    }

    private static double localMicros(Object value) {
        Object time = value instanceof String text ? parseTimestamp(text) : value;
        return time instanceof LocalDateTime local ? micros(local.toInstant(ZoneOffset.UTC)) : Double.NaN;
    }

    /**
     * Returns an OffsetDateTime or a LocalDateTime, at midnight for a date without time; null if the text is neither.
     */
    private static TemporalAccessor parseTimestamp(String text) {
        try {
            if (text.length() <= DATE_LENGTH) {
                return LocalDate.parse(text).atStartOfDay();
            }
            // Check the date by itself: the formatter, which accepts 24:00 as the next day, would turn the 30th of
            // February into the 28th.
            LocalDate.parse(text.substring(0, DATE_LENGTH));
            String iso = text.charAt(DATE_LENGTH) == ' '
                    ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                    : text;
            return TIMESTAMP_TEXT.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException notATimestamp) {
            return null;
        }
    }

    private static double micros(Instant instant) {
        long seconds = instant.getEpochSecond();
        boolean fits = Math.abs(seconds) < TimeUnit.MICROSECONDS.toSeconds(Long.MAX_VALUE);
        return fits ? (double) (seconds * 1_000_000L + instant.getNano() / 1_000) : seconds * 1e6;
    }

    private static Instant instant(double code) {
        long micros = Math.max(MIN_MICROS, Math.min(MAX_MICROS, (long) code));
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static Instant instant(Timestamp timestamp) {
        Instant instant = timestamp.toInstant();
        return instant.isBefore(CALENDARS_AGREE)
                ? localFields(timestamp).atZone(ZoneId.systemDefault()).toInstant()
                : instant;
    }

    /**
     * Unlike Timestamp.toLocalDateTime, this handles the year 0, to which the start of year 1 UTC belongs west of
     * Greenwich.
     */
    private static LocalDateTime localFields(Timestamp timestamp) {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.setTime(timestamp);
        boolean beforeChrist = calendar.get(Calendar.ERA) == GregorianCalendar.BC;
        LocalDateTime local = timestamp.toLocalDateTime();
        return beforeChrist ? local.withYear(1 - local.getYear()) : local;
    }

    private static Timestamp timestamp(Instant instant) {
        return instant.isBefore(CALENDARS_AGREE)
                ? Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneId.systemDefault()))
                : Timestamp.from(instant);
    }
}
