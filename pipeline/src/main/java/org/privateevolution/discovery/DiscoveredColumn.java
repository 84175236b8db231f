package org.privateevolution.discovery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.ColumnType;

/**
 * A column as a configuration would declare it, inferred from noisy counts. Everything follows from released numbers.
 *
 * @param type as in {@code tabular.columns[].type}; empty for a column that is left out
 * @param categories of a text or boolean
 * @param other the category for all other values of a text; empty for none
 * @param min as written in a configuration; empty for categories
 * @param max as written in a configuration; empty for categories
 * @param decimals digits after the point of a double, -1 for all
 * @param special numbers that are far more frequent than others
 * @param nulls share of nulls, 0 to 1; 0 if their count is not above noise
 * @param note for readers of the draft; if the column is left out, the reason
 */
public record DiscoveredColumn(
        String name,
        String type,
        List<String> categories,
        String other,
        String min,
        String max,
        int decimals,
        List<String> special,
        double nulls,
        String note) {

    /** The share of a column's values that must be of one kind. */
    private static final double ONE_KIND = 0.95;
    /** How many standard deviations of its noise the share may seem smaller. */
    private static final double SLACK = 2;
    /** A kind of number with a smaller share of the values may be noise. */
    private static final double RARE = 0.01;

    private static final double SPECIAL_SHARE = 0.05;
    /** How many times as frequent a special value must be as the others that passed the threshold. */
    private static final double SPECIAL_TIMES = 3;

    private static final int FREE_TEXT_WORDS = 4;
    /** So many categories are told one by one. */
    private static final int FEW = 4;

    private static final int DIGITS = 3;
    /** Whole numbers below this value have at most three digits and need no rounding. */
    private static final BigDecimal WHOLE_DIGITS = BigDecimal.valueOf(1_000);

    public boolean leftOut() {
        return type.isEmpty();
    }

    /** Whether nulls are visible through the noise. */
    public boolean nullable() {
        return nulls > 0;
    }

    /**
     * The column with the type that the source itself declares, which is public, and with bounds that fit this type.
     *
     * @param own the type that the source declares
     */
    public DiscoveredColumn withType(ColumnType own) {
        boolean kept = leftOut() || !categories.isEmpty() || own.kind() == ColumnType.Kind.STRING;
        if (kept) {
            return this;
        }
        boolean floating = own.kind() == ColumnType.Kind.FLOAT || own.kind() == ColumnType.Kind.DOUBLE;
        return new DiscoveredColumn(
                name,
                own.configName(),
                categories,
                other,
                within(own, min, RoundingMode.FLOOR),
                within(own, max, RoundingMode.CEILING),
                floating && type.equals("long") ? 0 : floating ? decimals : -1,
                special,
                nulls,
                note);
    }

    private static String within(ColumnType type, String bound, RoundingMode outward) {
        return switch (type.kind()) {
            case BYTE -> clamped(bound, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> clamped(bound, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> clamped(bound, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> clamped(bound, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> decimal(type, bound, outward);
            default -> bound;
        };
    }

    private static String clamped(String bound, long least, long most) {
        BigDecimal number = new BigDecimal(bound);
        return text(number.max(BigDecimal.valueOf(least)).min(BigDecimal.valueOf(most)));
    }

    private static String decimal(ColumnType type, String bound, RoundingMode outward) {
        BigDecimal most =
                BigDecimal.TEN.pow(type.precision()).subtract(BigDecimal.ONE).movePointLeft(type.scale());
        BigDecimal number = new BigDecimal(bound).setScale(type.scale(), outward);
        return text(number.max(most.negate()).min(most));
    }

    static DiscoveredColumn of(String name, NoisyColumn column) {
        double values = column.count(kind -> kind != ValueKind.NULL);
        double missing = column.count(ValueKind.NULL);
        double nulls = column.hasRisen(missing) ? missing / (missing + Math.max(0, values)) : 0;
        if (!column.hasRisen(values)) {
            return leftOut(name, "its values are not visible through the noise");
        }
        double most = ONE_KIND * values - SLACK * column.noise() * Math.sqrt(ValueKind.values().length);
        if (column.count(ValueKind::isNumber) >= most) {
            return numbers(name, column, values, nulls);
        }
        if (column.count(ValueKind::isTime) >= most) {
            return times(name, column, nulls);
        }
        if (column.count(ValueKind.BOOLEAN) >= most) {
            return new DiscoveredColumn(
                    name, "boolean", List.of("false", "true"), "", "", "", -1, List.of(), nulls, "");
        }
        return column.count(ValueKind.TEXT) >= most
                ? texts(name, column, values, nulls)
                : leftOut(name, "values of several kinds, such as numbers among texts");
    }

    /** A column of labels, whose whole numbers are categories, too. */
    static DiscoveredColumn label(String name, NoisyColumn column) {
        DiscoveredColumn found = of(name, column);
        return found.type.equals("long")
                ? texts(name, column, column.count(kind -> kind != ValueKind.NULL), found.nulls)
                : found;
    }

    /** What is to be told of the column in a line: its values, or why it is left out. */
    public String summary() {
        if (leftOut()) {
            return note;
        }
        if (!min.isEmpty()) {
            return min + " to " + max + (special.isEmpty() ? "" : ", often " + String.join(", ", special));
        }
        return categories.size() > FEW ? categories.size() + " categories" : String.join(", ", categories);
    }

    /** A column that the draft does not declare. */
    public static DiscoveredColumn leftOut(String name, String why) {
        return new DiscoveredColumn(name, "", List.of(), "", "", "", -1, List.of(), 0, why);
    }

    private static DiscoveredColumn numbers(String name, NoisyColumn column, double values, double nulls) {
        Optional<int[]> risen = column.risen(
                DiscoveryCells.NUMBERS_AT, MagnitudeCells.COUNT, MagnitudeCells.AN_OCTAVE, MagnitudeCells.of(0));
        if (risen.isEmpty()) {
            return leftOut(name, "the size of its numbers is not visible through the noise");
        }
        int decimals = 0;
        for (ValueKind kind : ValueKind.values()) {
            double count = column.count(kind);
            if (kind.isNumber() && column.hasRisen(count) && count > RARE * values) {
                decimals = kind.decimals();
            }
        }
        BigDecimal low = BigDecimal.valueOf(MagnitudeCells.lower(risen.get()[0]));
        BigDecimal high = BigDecimal.valueOf(MagnitudeCells.upper(risen.get()[1]));
        boolean whole = decimals == 0;
        String min = bound(low, whole, RoundingMode.FLOOR);
        String max = bound(high, whole, RoundingMode.CEILING);
        return new DiscoveredColumn(
                name,
                whole ? "long" : "double",
                List.of(),
                "",
                min,
                max,
                whole ? -1 : decimals,
                special(column, values, risen.get(), min, max),
                nulls,
                "");
    }

    /**
     * Rounds a bound outward to three digits. A bound of whole numbers is then rounded inward to a whole number; below
     * {@link #WHOLE_DIGITS} only this second step applies.
     */
    private static String bound(BigDecimal edge, boolean whole, RoundingMode outward) {
        BigDecimal rounded = edge.round(new MathContext(DIGITS, outward));
        if (!whole) {
            return text(rounded);
        }
        RoundingMode inward = outward == RoundingMode.FLOOR ? RoundingMode.CEILING : RoundingMode.FLOOR;
        boolean exact = edge.abs().compareTo(WHOLE_DIGITS) < 0;
        return clamped(text((exact ? edge : rounded).setScale(0, inward)), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Values that many records share, provided that the column also has others. */
    private static List<String> special(NoisyColumn column, double values, int[] risen, String min, String max) {
        List<String> special = new ArrayList<>();
        if (risen[1] - risen[0] < MagnitudeCells.AN_OCTAVE) {
            return special;
        }
        double all = column.values().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        int others = column.values().size() - 1;
        for (Map.Entry<String, Double> value : column.values().entrySet()) {
            BigDecimal number;
            try {
                number = new BigDecimal(value.getKey());
            } catch (NumberFormatException e) {
                continue;
            }
            double average = others == 0 ? 0 : (all - value.getValue()) / others;
            boolean shared = value.getValue() > Math.max(SPECIAL_SHARE * values, SPECIAL_TIMES * average);
            boolean inner = number.compareTo(new BigDecimal(min)) > 0 && number.compareTo(new BigDecimal(max)) < 0;
            if (shared && inner && number.signum() != 0) {
                special.add(value.getKey());
            }
        }
        return special;
    }

    private static String text(BigDecimal number) {
        return (number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros()).toPlainString();
    }

    private static DiscoveredColumn times(String name, NoisyColumn column, double nulls) {
        Optional<int[]> risen = column.risen(DiscoveryCells.YEARS_AT, DiscoveryCells.YEARS, 10, 0);
        if (risen.isEmpty()) {
            return leftOut(name, "the years of its dates are not visible through the noise");
        }
        double days = column.count(ValueKind.DATE);
        boolean zoned = column.count(ValueKind.INSTANT) > Math.max(days, column.count(ValueKind.TIMESTAMP));
        boolean timed = zoned || column.count(ValueKind.TIMESTAMP) > days;
        String zone = zoned ? "Z" : "";
        String last = risen.get()[1] == DiscoveryCells.YEARS - 1 ? "9999" : year(risen.get()[1]);
        String first = risen.get()[0] == 0 ? "0001" : year(risen.get()[0]);
        String type = zoned ? "timestamp" : "timestamp_ntz";
        return new DiscoveredColumn(
                name,
                timed ? type : "date",
                List.of(),
                "",
                first + (timed ? "-01-01T00:00:00" + zone : "-01-01"),
                last + (timed ? "-12-31T23:59:59" + zone : "-12-31"),
                -1,
                List.of(),
                nulls,
                "");
    }

    private static String year(int cell) {
        return Integer.toString(DiscoveryCells.FIRST_YEAR + cell - 1);
    }

    private static DiscoveredColumn texts(String name, NoisyColumn column, double values, double nulls) {
        double mass = column.values().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        if (column.values().isEmpty() || mass < values / 2) {
            return leftOut(
                    name,
                    words(column) >= FREE_TEXT_WORDS
                            ? "free text"
                            : "values that few records share, such as names or ids");
        }
        List<String> categories = new ArrayList<>(column.values().keySet());
        String other = "other";
        while (categories.contains(other)) {
            other = "(" + other + ")";
        }
        categories.add(other);
        String rest = String.format(
                Locale.ROOT,
                "%s stands for values below the threshold, about %.0f %% of all",
                other,
                100 * Math.max(0, 1 - mass / values));
        return new DiscoveredColumn(name, "string", categories, other, "", "", -1, List.of(), nulls, rest);
    }

    /** The median number of words. */
    private static double words(NoisyColumn column) {
        double sum = 0;
        for (int cell = 0; cell < DiscoveryCells.WORDS; cell++) {
            sum += Math.max(0, column.count(DiscoveryCells.WORDS_AT + cell));
        }
        double below = 0;
        for (int cell = 0; cell < DiscoveryCells.WORDS; cell++) {
            below += Math.max(0, column.count(DiscoveryCells.WORDS_AT + cell));
            if (below >= sum / 2) {
                return 1 << cell;
            }
        }
        return 0;
    }
}
