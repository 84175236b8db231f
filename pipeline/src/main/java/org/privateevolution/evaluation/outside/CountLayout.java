package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Determines which marginals of a table are counted, and the positions of their cells. The cells of several columns are
 * row-major from the marginal's offset.
 *
 * <p>Single columns come first and are complete. In pairs, categories have cells of their own as long as all pairs
 * together have at most {@link #MOST_PAIR_CELLS} cells; the remaining categories share one. In triples, the
 * {@link #CATEGORIES_OF_TRIPLES} most frequent categories have cells of their own; if there are more than
 * {@link #MOST_TRIPLES} triples, this many are drawn at random.
 */
public final class CountLayout implements Serializable {

    /** Number of columns in joint marginals: 1,225 pairs. */
    public static final int MOST_JOINT_COLUMNS = 50;

    static final int MOST_PAIR_CELLS = 1 << 21;
    static final int MOST_TRIPLES = 200;
    static final int CATEGORIES_OF_TRIPLES = 18;
    private static final int CATEGORIES_OF_PAIRS = 100;
    private static final int ALL = Integer.MAX_VALUE;

    /** Number of sums for a pair of numeric columns: n, x, y, x^2, y^2 and x y. */
    static final int PRODUCTS = 6;
    /** Number of sums for a numeric column in a category: n, x and x^2. */
    static final int MOMENTS = 3;

    private static final long serialVersionUID = 1L;

    private final List<ComparedColumn> columns;
    private final int jointColumns;
    private final int pairCategories;
    private final List<Marginal> singles = new ArrayList<>();
    private final List<Marginal> pairs = new ArrayList<>();
    private final List<Marginal> triples = new ArrayList<>();
    private final int allTriples;
    private final int size;
    /** The start of the sums of each pair, followed by the end of the last. */
    private final int[] sumOffsets;

    /**
     * One marginal.
     *
     * @param columns indices of the columns, ascending
     * @param cells number of cells of each column
     * @param most number of categories that have a cell of their own
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Marginal(int[] columns, int[] cells, int most, int offset, int size) implements Serializable {}

    /**
     * A layout of all pairs and of triples.
     *
     * @param seed for drawing the triples
     */
    public CountLayout(List<ComparedColumn> columns, long seed) {
        this(
                columns,
                Math.min(columns.size(), MOST_JOINT_COLUMNS),
                allPairs(Math.min(columns.size(), MOST_JOINT_COLUMNS)),
                triplesOf(Math.min(columns.size(), MOST_JOINT_COLUMNS)),
                seed);
    }

    /**
     * A layout of some pairs, without triples.
     *
     * @param chosen indices of the columns of each pair, ascending
     */
    public static CountLayout ofPairs(List<ComparedColumn> columns, List<int[]> chosen) {
        return new CountLayout(columns, columns.size(), chosen, new ArrayList<>(), 0);
    }

    /** @param all the triples to draw from, in a list that may change */
    private CountLayout(
            List<ComparedColumn> columns, int jointColumns, List<int[]> chosen, List<int[]> all, long seed) {
        this.columns = List.copyOf(columns);
        this.jointColumns = jointColumns;
        int end = 0;
        for (int c = 0; c < columns.size(); c++) {
            singles.add(marginal(ALL, end, c));
            end += singles.get(c).size();
        }
        this.pairCategories = fittingCategories(chosen);
        for (int[] pairOf : chosen) {
            Marginal pair = marginal(pairCategories, end, pairOf);
            pairs.add(pair);
            end = Math.addExact(end, pair.size());
        }
        this.allTriples = all.size();
        if (all.size() > MOST_TRIPLES) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < MOST_TRIPLES; i++) {
                Collections.swap(all, i, i + random.nextInt(all.size() - i));
            }
        }
        for (int[] tripleOf : all.subList(0, Math.min(MOST_TRIPLES, all.size()))) {
            Marginal triple = marginal(CATEGORIES_OF_TRIPLES, end, tripleOf);
            triples.add(triple);
            end = Math.addExact(end, triple.size());
        }
        this.size = end;
        this.sumOffsets = new int[pairs.size() + 1];
        for (int p = 0; p < pairs.size(); p++) {
            sumOffsets[p + 1] = Math.addExact(sumOffsets[p], sums(pairs.get(p)));
        }
    }

    private static List<int[]> allPairs(int joint) {
        List<int[]> all = new ArrayList<>();
        for (int a = 0; a < joint; a++) {
            for (int b = a + 1; b < joint; b++) {
                all.add(new int[] {a, b});
            }
        }
        return all;
    }

    private static List<int[]> triplesOf(int columns) {
        List<int[]> all = new ArrayList<>();
        for (int a = 0; a < columns; a++) {
            for (int b = a + 1; b < columns; b++) {
                for (int c = b + 1; c < columns; c++) {
                    all.add(new int[] {a, b, c});
                }
            }
        }
        return all;
    }

    /**
     * The number of sums of a pair: products of two numeric columns, moments of a numeric column in each category of
     * the other, or none for two categorical columns.
     */
    private int sums(Marginal pair) {
        boolean first = columns.get(pair.columns()[0]) instanceof ComparedColumn.Numbers;
        boolean second = columns.get(pair.columns()[1]) instanceof ComparedColumn.Numbers;
        if (first && second) {
            return PRODUCTS;
        }
        return first == second ? 0 : MOMENTS * pair.cells()[first ? 1 : 0];
    }

    private int fittingCategories(List<int[]> chosen) {
        int most = CATEGORIES_OF_PAIRS;
        while (most > 1 && pairCells(chosen, most) > MOST_PAIR_CELLS) {
            most /= 2;
        }
        return most;
    }

    private long pairCells(List<int[]> chosen, int most) {
        return chosen.stream()
                .mapToLong(pair -> (long) columns.get(pair[0]).cells(most)
                        * columns.get(pair[1]).cells(most))
                .sum();
    }

    private Marginal marginal(int most, int offset, int... chosen) {
        int[] cells = new int[chosen.length];
        int total = 1;
        for (int i = 0; i < cells.length; i++) {
            cells[i] = columns.get(chosen[i]).cells(most);
            total = Math.multiplyExact(total, cells[i]);
        }
        return new Marginal(chosen, cells, most, offset, total);
    }

    public List<ComparedColumn> columns() {
        return columns;
    }

    /** The number of columns, from the first, that pairs and triples are formed of. */
    public int jointColumns() {
        return jointColumns;
    }

    /** The marginals of single columns, in the order of the columns. */
    public List<Marginal> singles() {
        return singles;
    }

    /** The pairs, ordered by the first, then by the second column, or as they were chosen. */
    public List<Marginal> pairs() {
        return pairs;
    }

    public List<Marginal> triples() {
        return triples;
    }

    /** The number of all triples, counted or not. */
    public int allTriples() {
        return allTriples;
    }

    /** The number of categories that have a cell of their own in pairs. */
    public int pairCategories() {
        return pairCategories;
    }

    /** The start of the sums of a pair; for the index after the last pair, the end of all sums. */
    int sumOffset(int pair) {
        return sumOffsets[pair];
    }

    /** The number of cells of all marginals together. */
    int size() {
        return size;
    }
}
