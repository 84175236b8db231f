package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A column of two tables that are compared, defined by the real table: OUTSIDE the guarantee. It maps every value to a
 * code, a double that is NaN for a null, and every code to a cell.
 *
 * <p>Any value of a synthetic table is accepted: a category that no real row has is {@link Categories#isNew new}, and a
 * text in a numeric column is a null.
 */
public sealed interface ComparedColumn extends Serializable {

    String name();

    /** The code of a value in the type of Spark's rows, or of its text; NaN for a null. An empty text is a null. */
    double code(Object value);

    /**
     * The number of cells of its marginal.
     *
     * @param most number of categories that have a cell of their own; all others share one
     */
    int cells(int most);

    /** The cell of a code, from 0; nulls have the last cell. */
    int cell(double code, int most);

    /** Describes a cell's content, for people. */
    String cellText(int cell, int most);

    /** The unit of a column's numbers. */
    enum Unit {
        /** The number itself. */
        NUMBER,
        /** Days since 1970. */
        DAY,
        /** Seconds since 1970. */
        SECOND
    }

    /**
     * Numbers, dates and timestamps.
     *
     * @param edges ascending: cell i holds values of at least edge i-1 and less than edge i
     * @param min smallest real value
     * @param max largest real value
     * @param mean of the real values
     * @param deviation standard deviation of the real values; 0 if they are all equal
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbers(String name, Unit unit, double[] edges, double min, double max, double mean, double deviation)
            implements ComparedColumn {

        /**
         * Parses texts of the column's kind, and numbers. A timestamp without a time zone is in the machine's, as is
         * Spark's default.
         */
        @Override
        public double code(Object value) {
            return numberOf(value);
        }

        static double numberOf(Object value) {
            if (value instanceof Number number) {
                double code = number.doubleValue();
                return Double.isInfinite(code) ? Double.NaN : code;
            }
            if (value instanceof java.sql.Date date) {
                return date.toLocalDate().toEpochDay();
            }
            if (value instanceof LocalDate date) {
                return date.toEpochDay();
            }
            if (value instanceof java.sql.Timestamp timestamp) {
                return seconds(timestamp.toInstant());
            }
            if (value instanceof Instant instant) {
                return seconds(instant);
            }
            if (value instanceof LocalDateTime time) {
                return seconds(time.atZone(ZoneId.systemDefault()).toInstant());
            }
            if (value instanceof Boolean truth) {
                return truth ? 1 : 0;
            }
            return value == null ? Double.NaN : ofText(value.toString().strip());
        }

        /** NaN if the text is not a number, date or timestamp. */
        private static double ofText(String text) {
            if (text.isEmpty()) {
                return Double.NaN;
            }
            try {
                double code = Double.parseDouble(text);
                return Double.isInfinite(code) ? Double.NaN : code;
            } catch (NumberFormatException e) {
                return timeOf(text);
            }
        }

        private static double timeOf(String text) {
            try {
                if (text.length() == 10) {
                    return LocalDate.parse(text).toEpochDay();
                }
                String iso = text.replaceFirst(" ", "T");
                return iso.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                        ? seconds(OffsetDateTime.parse(iso).toInstant())
                        : seconds(LocalDateTime.parse(iso)
                                .atZone(ZoneId.systemDefault())
                                .toInstant());
            } catch (DateTimeParseException e) {
                return Double.NaN;
            }
        }

        private static double seconds(Instant instant) {
            return instant.getEpochSecond() + instant.getNano() / 1e9;
        }

        @Override
        public int cells(int most) {
            return edges.length + 2;
        }

        @Override
        public int cell(double code, int most) {
            if (Double.isNaN(code)) {
                return edges.length + 1;
            }
            int found = Arrays.binarySearch(edges, code);
            return found >= 0 ? found + 1 : -found - 1;
        }

        @Override
        public String cellText(int cell, int most) {
            if (cell == edges.length + 1) {
                return "(null)";
            }
            if (edges.length == 0) {
                return "(all)";
            }
            if (cell == 0) {
                return "below " + text(edges[0]);
            }
            return cell == edges.length
                    ? "from " + text(edges[cell - 1])
                    : text(edges[cell - 1]) + " to " + text(edges[cell]);
        }

        private String text(double code) {
            return switch (unit) {
                case NUMBER -> {
                    double magnitude = Math.abs(code);
                    yield magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e12)
                            ? String.format(Locale.ROOT, "%.4g", code)
                            : new BigDecimal(String.format(Locale.ROOT, "%.4f", code))
                                    .stripTrailingZeros()
                                    .toPlainString();
                }
                case DAY -> LocalDate.ofEpochDay((long) Math.floor(code)).toString();
                case SECOND -> Instant.ofEpochSecond((long) Math.floor(code)).toString();
            };
        }
    }

    /**
     * Categorical values.
     *
     * @param values the values that occur in real rows, most frequent first
     * @param codes of the values
     */
    record Categories(String name, List<String> values, Map<String, Integer> codes) implements ComparedColumn {

        /**
         * @param values the values that occur in real rows, most frequent first
         */
        public static Categories of(String name, List<String> values) {
            Map<String, Integer> codes = new HashMap<>();
            for (String value : values) {
                codes.put(value, codes.size());
            }
            return new Categories(name, List.copyOf(values), codes);
        }

        /**
         * The text of a value as tables of other formats write it: whole numbers without a point, true and false in
         * lower case.
         */
        public static String textOf(Object value) {
            if (value instanceof Double || value instanceof Float) {
                double number = ((Number) value).doubleValue();
                return number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString((long) number)
                        : Double.toString(number);
            }
            if (value instanceof BigDecimal decimal) {
                return decimal.stripTrailingZeros().toPlainString();
            }
            String text = value.toString();
            boolean truth = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            return truth ? text.toLowerCase(Locale.ROOT) : text;
        }

        @Override
        public double code(Object value) {
            if (value == null) {
                return Double.NaN;
            }
            String text = textOf(value);
            return text.isEmpty() ? Double.NaN : codes.getOrDefault(text, values.size());
        }

        /** Whether the category occurs in no real row. */
        public boolean isNew(double code) {
            return code == values.size();
        }

        private int kept(int most) {
            return Math.min(values.size(), most);
        }

        /** One cell for each value that has its own, one for all others, and one for nulls. */
        @Override
        public int cells(int most) {
            return kept(most) + 2;
        }

        @Override
        public int cell(double code, int most) {
            int kept = kept(most);
            return Double.isNaN(code) ? kept + 1 : Math.min((int) code, kept);
        }

        @Override
        public String cellText(int cell, int most) {
            int kept = kept(most);
            if (cell == kept + 1) {
                return "(null)";
            }
            return cell < kept ? values.get(cell) : kept < values.size() ? "(others)" : "(new)";
        }
    }
}
