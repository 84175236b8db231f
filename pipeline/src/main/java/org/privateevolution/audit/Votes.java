package org.privateevolution.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The votes of one unit in a histogram: votes for some of its cells, 0 for all others. Immutable. */
public final class Votes {

    /** The votes of a unit that is absent. */
    public static final Votes NONE = new Votes(new TreeMap<>());

    private final int[] cells;
    private final double[] votes;

    private Votes(SortedMap<Integer, Double> votesByCell) {
        this.cells = votesByCell.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.votes =
                votesByCell.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * The votes of a unit whose records chose cells with these counts: the counts divided by their joint L2 norm.
     *
     * @param counts by cell, each 1 or more
     */
    public static Votes ofCounts(Map<Integer, Integer> counts) {
        double squares = counts.values().stream()
                .mapToDouble(count -> (double) count * count)
                .sum();
        SortedMap<Integer, Double> votes = new TreeMap<>();
        counts.forEach((cell, count) -> votes.put(cell, count / Math.sqrt(squares)));
        return new Votes(votes);
    }

    /**
     * The votes of a unit whose records count together as one, in some marginals: in each of them, the distribution of
     * the records over its cells, divided by the root of the number of marginals.
     *
     * @param counts number of the unit's records by cell, over all marginals
     * @param records number of the unit's records, at least 1
     * @param marginals number of marginals, at least 1
     */
    public static Votes ofMeans(Map<Integer, Integer> counts, int records, int marginals) {
        SortedMap<Integer, Double> votes = new TreeMap<>();
        counts.forEach((cell, count) -> votes.put(cell, count / (records * Math.sqrt(marginals))));
        return new Votes(votes);
    }

    /** These votes minus {@code other}. */
    Votes minus(Votes other) {
        SortedMap<Integer, Double> difference = new TreeMap<>();
        for (int i = 0; i < cells.length; i++) {
            difference.put(cells[i], votes[i]);
        }
        for (int i = 0; i < other.cells.length; i++) {
            difference.merge(other.cells[i], -other.votes[i], Double::sum);
        }
        return new Votes(difference);
    }

    /** The squared L2 norm. */
    double squaredNorm() {
        double sum = 0;
        for (double vote : votes) {
            sum += vote * vote;
        }
        return sum;
    }

    /** The inner product with a histogram. */
    double dot(double[] histogram) {
        double sum = 0;
        for (int i = 0; i < cells.length; i++) {
            sum += votes[i] * histogram[cells[i]];
        }
        return sum;
    }

    /** The inner product with other votes. */
    double dot(Votes other) {
        double sum = 0;
        int theirs = 0;
        for (int i = 0; i < cells.length; i++) {
            while (theirs < other.cells.length && other.cells[theirs] < cells[i]) {
                theirs++;
            }
            if (theirs < other.cells.length && other.cells[theirs] == cells[i]) {
                sum += votes[i] * other.votes[theirs];
            }
        }
        return sum;
    }

    /** Adds {@code times} these votes to a histogram. */
    void addTo(double[] histogram, double times) {
        for (int i = 0; i < cells.length; i++) {
            histogram[cells[i]] += times * votes[i];
        }
    }
}
