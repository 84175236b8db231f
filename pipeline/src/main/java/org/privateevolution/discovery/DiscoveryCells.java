package org.privateevolution.discovery;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.privacy.NoisyHistogram;

/**
 * Maps the values of a record to the cells in which they count. A value has at most {@link #A_VALUE} votes: one for its
 * kind and one for its size, both in public cells, and one for the value itself, a partition whose name is known from
 * records only.
 *
 * <pre>
 * cells of a column: kinds | magnitudes of numbers | years | words of texts | false, true
 * </pre>
 *
 * @param columns number of columns
 */
public record DiscoveryCells(int columns) implements Serializable {

    /** The largest number of votes per value. */
    public static final int A_VALUE = 3;

    /** The first year with a cell of its own. */
    static final int FIRST_YEAR = 1800;

    static final int LAST_YEAR = 2199;
    static final int YEARS = LAST_YEAR - FIRST_YEAR + 3;

    /** Number of cells for texts; cell i counts texts of 2^i up to twice as many words. */
    static final int WORDS = 16;

    static final int KINDS = ValueKind.values().length;
    static final int NUMBERS_AT = KINDS;
    static final int YEARS_AT = NUMBERS_AT + MagnitudeCells.COUNT;
    static final int WORDS_AT = YEARS_AT + YEARS;
    static final int TRUTHS_AT = WORDS_AT + WORDS;
    static final int A_COLUMN = TRUTHS_AT + 2;

    private static final long serialVersionUID = 1L;

    public DiscoveryCells {
        if (columns < 1) {
            throw new IllegalArgumentException("columns is " + columns + ": give at least 1");
        }
    }

    /**
     * The votes of a record.
     *
     * @param cells public cells, ascending
     * @param partitions names of its values, each with its column
     */
    public record Ballot(List<Integer> cells, List<String> partitions) {}

    /** The number of public cells. */
    public int size() {
        return Math.multiplyExact(columns, A_COLUMN);
    }

    /**
     * The votes of a record.
     *
     * @param values one per column
     */
    public Ballot ballot(Object... values) {
        return ballotFrom(0, values);
    }

    /**
     * The votes of a part of a record, which has none in the other columns.
     *
     * @param first index of the part's first column
     * @param values one per column of the part
     */
    public Ballot ballotFrom(int first, Object... values) {
        List<Integer> cells = new ArrayList<>();
        List<String> partitions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            int column = first + i;
            ObservedValue value = ObservedValue.of(values[i]);
            cells.add(column * A_COLUMN + value.kind().ordinal());
            if (value.kind() != ValueKind.NULL) {
                cells.add(column * A_COLUMN + size(value));
            }
            if (value.text() != null) {
                partitions.add(partition(column, value.text()));
            }
        }
        return new Ballot(cells, partitions);
    }

    /** Whether a value of a source counts as null, as an empty text does. */
    public static boolean isNull(Object value) {
        return ObservedValue.of(value).kind() == ValueKind.NULL;
    }

    /** Refuses a release of other columns. */
    void require(NoisyHistogram released) {
        if (released.candidates() - released.partitions().size() != size()) {
            throw new IllegalArgumentException("the release has " + released.candidates() + " counts, of which "
                    + released.partitions().size() + " are of values: not those of " + columns + " columns");
        }
    }

    private static int size(ObservedValue value) {
        return switch (value.kind()) {
            case BOOLEAN -> TRUTHS_AT + (int) value.size();
            case DATE, TIMESTAMP, INSTANT -> YEARS_AT + year((int) value.size());
            case TEXT -> WORDS_AT + Math.min(WORDS - 1, 31 - Integer.numberOfLeadingZeros((int) value.size()));
            default -> NUMBERS_AT + MagnitudeCells.of(value.size());
        };
    }

    /** The cell of a year, from 0: first all years before the first, then each year, then all years after the last. */
    static int year(int year) {
        return Math.max(0, Math.min(YEARS - 1, year - FIRST_YEAR + 1));
    }

    static String partition(int column, String value) {
        return column + ":" + value;
    }

    static int column(String partition) {
        return Integer.parseInt(partition.substring(0, partition.indexOf(':')));
    }

    static String value(String partition) {
        return partition.substring(partition.indexOf(':') + 1);
    }
}
