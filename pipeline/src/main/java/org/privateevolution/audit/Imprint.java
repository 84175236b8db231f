package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;

/** What each canary leaves in a histogram, if it is in and if it is out. */
public final class Imprint {

    private final int cells;
    private final List<Votes> in;
    private final List<Votes> out;
    private final List<Votes> directions;

    /**
     * @param cells of the histogram
     * @param in votes of each canary
     * @param out votes of what stands in the place of each canary that is out; {@link Votes#NONE} if nothing does
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

    /** Number of cells. */
    public int cells() {
        return cells;
    }

    /** Number of canaries. */
    public int canaries() {
        return in.size();
    }

    /** What changes if the coin of a canary does. */
    Votes direction(int canary) {
        return directions.get(canary);
    }

    /** What stands in the place of a canary that is out, along its direction. */
    double outAlong(int canary) {
        return directions.get(canary).dot(out.get(canary));
    }

    /** What records that fell so would count without noise. */
    double[] clean(boolean[] coins) {
        double[] counts = new double[cells];
        for (int i = 0; i < coins.length; i++) {
            (coins[i] ? in : out).get(i).addTo(counts, 1);
        }
        return counts;
    }

    /** The square of the L2 norm of the sum of all directions, each as often as {@code times} says. */
    double squaredNorm(double[] times) {
        double[] sum = spread(times);
        double squares = 0;
        for (double cell : sum) {
            squares += cell * cell;
        }
        return squares;
    }

    /** The sum of all directions, each as often as {@code times} says. */
    double[] spread(double[] times) {
        double[] sum = new double[cells];
        for (int i = 0; i < times.length; i++) {
            directions.get(i).addTo(sum, times[i]);
        }
        return sum;
    }
}
