package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.privateevolution.evaluation.Words;

/**
 * The content of a real table's column, OUTSIDE the guarantee. Profiles of parts of the table can be merged, in any
 * order.
 *
 * <p>Not thread-safe.
 */
public final class ColumnProfile implements Serializable {

    /** Values are remembered as long as no more than these are different. */
    static final int MOST_VALUES = 10_000;

    private static final long serialVersionUID = 1L;

    /** A number with redundant leading zeros is treated as a code. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|NaN");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?");

    private long rows;
    private long nulls;
    private long numbers;
    private long whole;
    private long days;
    private long times;
    private long words;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    /** Null once there were too many different values. */
    private HashMap<String, Long> counts = new HashMap<>();

    private boolean repeats;

    /** Adds a value in the type of Spark's rows. */
    public void add(Object value) {
        rows++;
        String text = value == null ? "" : ComparedColumn.Categories.textOf(value);
        if (text.isEmpty() || (value instanceof Number number && Double.isNaN(number.doubleValue()))) {
            nulls++;
            return;
        }
        addKind(value, text.strip());
        if (counts != null) {
            long before = counts.merge(text, 1L, Long::sum);
            repeats |= before > 1;
            if (counts.size() > MOST_VALUES) {
                counts = null;
            }
        }
    }

    private void addKind(Object value, String text) {
        boolean typed = !(value instanceof CharSequence);
        if (typed && (value instanceof java.sql.Date || value instanceof java.time.LocalDate)) {
            days++;
        } else if (typed
                && (value instanceof java.sql.Timestamp
                        || value instanceof java.time.Instant
                        || value instanceof java.time.LocalDateTime)) {
            times++;
        } else if (value instanceof Number || (!typed && NUMBER.matcher(text).matches())) {
            numbers++;
        } else if (!typed && DAY.matcher(text).matches()) {
            days++;
        } else if (!typed && TIME.matcher(text).matches()) {
            times++;
        } else {
            words += Words.of(text).size();
            return;
        }
        double code = ComparedColumn.Numbers.numberOf(value);
        if (!Double.isNaN(code)) {
            min = Math.min(min, code);
            max = Math.max(max, code);
            whole += code == Math.rint(code) ? 1 : 0;
        }
    }

    /** Adds the profile of another part of the table. */
    public void merge(ColumnProfile other) {
        rows += other.rows;
        nulls += other.nulls;
        numbers += other.numbers;
        whole += other.whole;
        days += other.days;
        times += other.times;
        words += other.words;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        repeats |= other.repeats;
        if (counts == null || other.counts == null) {
            counts = null;
            return;
        }
        for (Map.Entry<String, Long> value : other.counts.entrySet()) {
            repeats |= counts.merge(value.getKey(), value.getValue(), Long::sum) > 1;
        }
        if (counts.size() > MOST_VALUES) {
            counts = null;
        }
    }

    public long rows() {
        return rows;
    }

    /** The number of rows that have a value. */
    public long values() {
        return rows - nulls;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    /** Whether all values are numbers, all are dates, or all are timestamps. */
    public boolean isOrdered() {
        return values() > 0 && (numbers == values() || days == values() || times == values());
    }

    /** The unit of the numbers of a column that {@link #isOrdered}. */
    public ComparedColumn.Unit unit() {
        return days > 0 ? ComparedColumn.Unit.DAY : times > 0 ? ComparedColumn.Unit.SECOND : ComparedColumn.Unit.NUMBER;
    }

    /** Whether all values are whole numbers. */
    public boolean isWhole() {
        return numbers > 0 && numbers == values() && whole == values();
    }

    /** Whether there were too many different values to remember. */
    public boolean hasManyValues() {
        return counts == null;
    }

    /** The number of different values of a column that does not {@link #hasManyValues have many}. */
    public int distinct() {
        return counts.size();
    }

    /** Whether no value was seen twice; in a column with many values, only the first ones of each part are compared. */
    public boolean allDiffer() {
        return !repeats;
    }

    /** The average number of words per text. */
    public double meanWords() {
        return values() == 0 ? 0 : words / (double) values();
    }

    /** The values, most frequent first; equally frequent ones in the order of their texts. */
    public List<String> byFrequency() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        return "ColumnProfile of " + rows + " rows";
    }
}
