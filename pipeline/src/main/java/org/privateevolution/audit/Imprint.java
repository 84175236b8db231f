package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;

/** The votes of each canary in a histogram, both if the canary is in and if it is out. */
public final class Imprint {

    private final int cells;
    private final List<Votes> in;
    private final List<Votes> out;
    private final List<Votes> directions;

    /**
     * @param cells number of cells of the histogram
     * @param in votes of each canary
     * @param out votes of the record that replaces each canary that is out; {@link Votes#NONE} if nothing replaces it
     */
    public Imprint(int cells, List<Votes> in, List<Votes> out) {
        if (in.size() != out.size()) {
            throw new IllegalArgumentException(
                    in.size() + " canaries have " + out.size() + " that stand in their place");
        }
        this.cells = cells;
        this.in = List.copyOf(in);
        this.out = List.copyOf(out);
        List<Votes> differences = new ArrayList<>(in.size());
        for (int i = 0; i < in.size(); i++) {
            differences.add(in.get(i).minus(out.get(i)));
        }
        this.directions = List.copyOf(differences);
    }

    /** The number of cells. */
    public int cells() {
        return cells;
    }

    /** The number of canaries. */
    public int canaries() {
        return in.size();
    }

    /** The change of the histogram if a canary is in rather than out. */
    Votes direction(int canary) {
        return directions.get(canary);
    }

    /** The votes in the place of a canary that is out, along the canary's direction. */
    double outAlong(int canary) {
        return directions.get(canary).dot(out.get(canary));
    }

    /** The histogram of the canaries without noise, given the coins. */
    double[] clean(boolean[] coins) {
        double[] counts = new double[cells];
        for (int i = 0; i < coins.length; i++) {
            (coins[i] ? in : out).get(i).addTo(counts, 1);
        }
        return counts;
    }

    /**
     * The squared L2 norm of the weighted sum of all directions.
     *
     * @param times the weight of each direction
     */
    double squaredNorm(double[] times) {
        double[] sum = spread(times);
        double squares = 0;
        for (double cell : sum) {
            squares += cell * cell;
        }
        return squares;
    }

    /**
     * The weighted sum of all directions.
     *
     * @param times the weight of each direction
     */
    double[] spread(double[] times) {
        double[] sum = new double[cells];
        for (int i = 0; i < times.length; i++) {
            directions.get(i).addTo(sum, times[i]);
        }
        return sum;
    }
}
