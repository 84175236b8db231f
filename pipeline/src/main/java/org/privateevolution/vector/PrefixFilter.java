package org.privateevolution.vector;

import java.util.Arrays;

/**
 * Bounds scores from above by the first coordinates of queries and candidates along a few directions, and by
 * Cauchy-Schwarz for the rest: {@code q.c <= a_q.a_c + |r_q| |r_c|}, where {@code a} are the coordinates and {@code r}
 * is the remainder. The bound is computed in stages with more and more coordinates. Rows of bounds are laid out so that
 * a {@link TileScorer} can compute them: a stage's coordinates are followed by one component with the length of the
 * remainder, and the next stage starts with a component that subtracts it again.
 *
 * <p>With {@code B} the matrix of the directions, {@code a = B x + e}, {@code r = x - B'a} and {@code B B' = I + E},
 *
 * <pre>
 * q.c     = a_q.a_c - a_q.e_c - a_c.e_q - a_q.E a_c + r_q.r_c
 * |r_q|^2 = |q|^2 - |a_q|^2 + 2 a_q.e_q + a_q.E a_q
 * </pre>
 *
 * so that neither rounded coordinates nor directions that are not quite orthonormal can lose a candidate.
 */
final class PrefixFilter {

    /** Within this range of norms, rounding errors are relative to the norms. */
    private static final double LEAST_NORM = 0x1p-30;

    private static final double LARGEST_NORM = 0x1p30;
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    private final TileScorer scorer;
    private final int dimension;
    private final double largestNorm;
    /** First component of each stage, followed by the number of components. */
    private final int[] starts;
    /** Number of coordinates up to each stage. */
    private final int[] coordinates;
    /** The directions in the layout of the scorer's candidates, {@code [panel][component][lane]}. */
    private final float[][] directionPanels;

    private final float[][] panels;
    private final double defect;
    private final double coordinateError;
    private final double boundError;

    /** Coordinates of the stages as a share of the dimension. */
    private static final double[] STAGES = {1 / 3.0, 1 / 2.0, 2 / 3.0};

    private static final double BUILD_OPERATIONS_PER_SECOND = 4e9;
    private static final int LEAST_DIMENSION = 128;
    private static final int LEAST_CANDIDATES = 2000;

    /**
     * @param scales factor of each candidate, {@code [panel][lane]}
     * @param largestNorm norm of the longest candidate after scaling
     */
    PrefixFilter(TileScorer scorer, CandidateRows candidates, float[][] scales, double largestNorm) {
        this.scorer = scorer;
        this.dimension = candidates.dimension();
        this.largestNorm = largestNorm;
        int[] stages = Arrays.stream(STAGES)
                .mapToInt(share -> (int) Math.ceil(share * dimension))
                .distinct()
                .toArray();
        float[][] directions = new PrincipalBasis(scorer).directions(candidates, stages[stages.length - 1]);
        this.coordinates = Arrays.stream(stages)
                .map(stage -> Math.min(stage, directions.length))
                .distinct()
                .toArray();
        this.starts = new int[coordinates.length + 1];
        for (int stage = 0; stage < coordinates.length; stage++) {
            int before = stage == 0 ? 0 : coordinates[stage - 1];
            int extra = stage == 0 ? 1 : 2;
            starts[stage + 1] = starts[stage] + coordinates[stage] - before + extra;
        }
        this.defect = defect(directions);
        double roundings = (dimension + 4) * UNIT_ROUNDOFF;
        this.coordinateError =
                Math.sqrt(directions.length) * (1 + defect) * roundings / (1 - roundings) + Float.MIN_NORMAL;
        double boundRoundings = (components() + 8) * UNIT_ROUNDOFF;
        this.boundError = boundRoundings / (1 - boundRoundings);
        this.directionPanels = directionPanels(directions);
        this.panels = panels(candidates, scales, directions);
    }

    /** Whether a filter could save any time at all. */
    static boolean isWorthwhile(int dimension, int candidates) {
        return dimension >= LEAST_DIMENSION && candidates >= LEAST_CANDIDATES;
    }

    /** The approximate time to build it, in compiled code. */
    static double buildSeconds(int dimension, int candidates) {
        double directions =
                Math.min(STAGES[STAGES.length - 1] * dimension, PrincipalBasis.mostDirections(dimension, candidates));
        return (PrincipalBasis.operations(dimension, directions) + 2.0 * candidates * dimension * directions)
                / BUILD_OPERATIONS_PER_SECOND;
    }

    /** Whether the norm is in the range in which the bounds hold. */
    static boolean applies(double norm) {
        return norm >= LEAST_NORM && norm <= LARGEST_NORM;
    }

    int stages() {
        return coordinates.length;
    }

    /** The number of components of a row of bounds. */
    int components() {
        return starts[coordinates.length];
    }

    /** The first component of a stage; for the number of stages, {@link #components}. */
    int start(int stage) {
        return starts[stage];
    }

    float[] panel(int panel) {
        return panels[panel];
    }

    /** The amount by which a bound in float may lie below the score in real arithmetic, for a query of this norm. */
    double slack(double norm) {
        // Written so that it is also true if a norm or a direction is not a number.
        if (!(norm <= LARGEST_NORM && defect < 1)) {
            return Double.POSITIVE_INFINITY;
        }
        double lengths = (norm + LEAST_NORM) * largestNorm * (1 + defect + coordinateError);
        double terms = (2 * coordinates.length + 1) * lengths + largestNorm * largestNorm / 2;
        return (2 * coordinateError + defect) * lengths * (1 + defect + coordinateError) + 2 * boundError * terms;
    }

    /**
     * Projects a group of queries.
     *
     * @param groups holds the group at {@code groupAt}, {@code [component][query]}
     * @param norms the queries' norms, at {@code normsAt}
     * @param scratch {@code [queries][lanes]}
     * @param rows receives each query's components from {@code normsAt} on, row by row
     */
    void project(float[] groups, int groupAt, double[] norms, int normsAt, float[] scratch, float[][] rows) {
        float[] unreachable = new float[scorer.queries()];
        Arrays.fill(unreachable, Float.NaN);
        float[] zeros = new float[scorer.lanes()];
        float[][] coordinatesByQuery = new float[scorer.queries()][directionPanels.length * scorer.lanes()];
        for (int panel = 0; panel < directionPanels.length; panel++) {
            scorer.score(
                    directionPanels[panel], groups, groupAt, 0, dimension, zeros, 0, unreachable, 0, true, scratch);
            for (int query = 0; query < scorer.queries(); query++) {
                System.arraycopy(
                        scratch,
                        query * scorer.lanes(),
                        coordinatesByQuery[query],
                        panel * scorer.lanes(),
                        scorer.lanes());
            }
        }
        for (int query = 0; query < scorer.queries() && normsAt + query < rows.length; query++) {
            write(coordinatesByQuery[query], norms[normsAt + query], 1, rows[normsAt + query]);
        }
    }

    /**
     * The length that the first stage leaves of a query: the longer, the looser are the query's bounds.
     *
     * @param row the query's components
     */
    float rest(float[] row) {
        return row[starts[1] - 1];
    }

    /**
     * @param sign of the components that subtract a remainder again: 1 for queries, -1 for candidates
     */
    private void write(float[] along, double norm, int sign, float[] components) {
        double squares = 0;
        int from = 0;
        for (int stage = 0; stage < coordinates.length; stage++) {
            int at = starts[stage];
            if (stage > 0) {
                components[at] = sign * components[at - 1];
                at++;
            }
            for (int j = from; j < coordinates[stage]; j++) {
                components[at++] = along[j];
                squares += (double) along[j] * along[j];
            }
            from = coordinates[stage];
            components[at] = rest(norm, squares);
        }
    }

    private float rest(double norm, double squares) {
        double length = Math.sqrt(squares);
        double most = norm * norm * (1 + 1e-12)
                - squares * (1 - 1e-12)
                + 2 * length * coordinateError * norm
                + defect * squares;
        return Math.nextUp((float) Math.sqrt(Math.max(0, most)));
    }

    private float[][] directionPanels(float[][] directions) {
        int lanes = scorer.lanes();
        float[][] packed = new float[(directions.length + lanes - 1) / lanes][lanes * dimension];
        for (int i = 0; i < directions.length; i++) {
            for (int j = 0; j < dimension; j++) {
                packed[i / lanes][j * lanes + i % lanes] = directions[i][j];
            }
        }
        return packed;
    }

    private float[][] panels(CandidateRows candidates, float[][] scales, float[][] directions) {
        int lanes = scorer.lanes();
        float[][] packed = new float[scales.length][lanes * components()];
        float[] along = new float[directions.length];
        float[] row = new float[components()];
        float[] scratch = new float[lanes];
        for (int candidate = 0; candidate < candidates.distinctSize(); candidate++) {
            int first = candidates.firstRow(candidate);
            float[] values = candidates.chunkOf(first);
            int at = candidates.offsetOf(first);
            double scale = scales[candidate / lanes][candidate % lanes];
            for (int i = 0; i < along.length; i++) {
                along[i] = (float) (scorer.dot(directions[i], 0, values, at, dimension, scratch) * scale);
            }
            write(along, Math.sqrt(Metric.dot(values, at, values, at, dimension)) * scale, -1, row);
            for (int j = 0; j < row.length; j++) {
                packed[candidate / lanes][j * lanes + candidate % lanes] = row[j];
            }
        }
        return packed;
    }

    /** Frobenius norm of {@code B B' - I}, which bounds its spectral norm. */
    private static double defect(float[][] directions) {
        double squares = 0;
        for (int i = 0; i < directions.length; i++) {
            for (int j = 0; j <= i; j++) {
                double product = Metric.dot(directions[i], 0, directions[j], 0, directions[i].length);
                double off = i == j ? product - 1 : product;
                squares += (i == j ? 1 : 2) * off * off;
            }
        }
        return Math.sqrt(squares) * (1 + 1e-9) + 1e-12;
    }
}
