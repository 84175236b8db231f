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
 * What noisy counts tell of a column, as a configuration declares it. All of it follows from what was released.
 *
 * @param type as in {@code tabular.columns[].type}; empty for a column that is left out
 * @param categories of a text or boolean
 * @param other the category that takes all other values of a text; empty for none
 * @param min as the configuration writes it; empty for categories
 * @param max likewise
 * @param decimals digits after the point of a double, -1 for all
 * @param special numbers that records pile up on
 * @param nullable whether nulls are more than noise
 * @param note for who reads the draft; why the column is left out, if it is
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
        boolean nullable,
        String note) {

    /** So much of a column's values are of its kind. */
    private static final double ONE_KIND = 0.95;
    /** Standard deviations of its noise by which that part may seem smaller. */
    private static final double SLACK = 2;
    /** A kind of number that so few values have may be noise. */
    private static final double RARE = 0.01;

    private static final double SPECIAL_SHARE = 0.05;
    /** A special value is so many times as frequent as the others that passed the threshold. */
    private static final double SPECIAL_TIMES = 3;

    private static final int FREE_TEXT_WORDS = 4;
    private static final int DIGITS = 3;
    /** Up to here every whole number has at most so many digits. */
    private static final BigDecimal WHOLE_DIGITS = BigDecimal.valueOf(1_000);

    public boolean leftOut() {
        return type.isEmpty();
    }

    /**
     * The same with the type that the source itself gives the column, which is public, and bounds that fit it.
     *
     * @param own type of the source
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
                nullable,
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
        boolean nullable = column.hasRisen(column.count(ValueKind.NULL));
        if (!column.hasRisen(values)) {
            return leftOut(name, "its values are not visible through the noise");
        }
        double most = ONE_KIND * values - SLACK * column.noise() * Math.sqrt(ValueKind.values().length);
        if (column.count(ValueKind::isNumber) >= most) {
            return numbers(name, column, values, nullable);
        }
        if (column.count(ValueKind::isTime) >= most) {
            return times(name, column, nullable);
        }
        if (column.count(ValueKind.BOOLEAN) >= most) {
            return new DiscoveredColumn(
                    name, "boolean", List.of("false", "true"), "", "", "", -1, List.of(), nullable, "");
        }
        return column.count(ValueKind.TEXT) >= most
                ? texts(name, column, values, nullable)
                : leftOut(name, "values of several kinds, such as numbers among texts");
    }

    /** A column that no draft declares. */
    public static DiscoveredColumn leftOut(String name, String why) {
        return new DiscoveredColumn(name, "", List.of(), "", "", "", -1, List.of(), false, why);
    }

    private static DiscoveredColumn numbers(String name, NoisyColumn column, double values, boolean nullable) {
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
                nullable,
                "");
    }

    /** Outward to three digits, but no further than the next whole number within. */
    private static String bound(BigDecimal edge, boolean whole, RoundingMode outward) {
        BigDecimal rounded = edge.round(new MathContext(DIGITS, outward));
        if (!whole) {
            return text(rounded);
        }
        RoundingMode inward = outward == RoundingMode.FLOOR ? RoundingMode.CEILING : RoundingMode.FLOOR;
        boolean exact = edge.abs().compareTo(WHOLE_DIGITS) < 0;
        return clamped(text((exact ? edge : rounded).setScale(0, inward)), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Values that many records share, if the column has others besides. */
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

    private static DiscoveredColumn times(String name, NoisyColumn column, boolean nullable) {
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
                nullable,
                "");
    }

    private static String year(int cell) {
        return Integer.toString(DiscoveryCells.FIRST_YEAR + cell - 1);
    }

    private static DiscoveredColumn texts(String name, NoisyColumn column, double values, boolean nullable) {
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
        return new DiscoveredColumn(name, "string", categories, other, "", "", -1, List.of(), nullable, rest);
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
