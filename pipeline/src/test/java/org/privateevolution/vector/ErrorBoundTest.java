package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorBoundTest {

    private static final int CHECKED_LANES_APART = 5;

    private final Random random = new Random(6);

    static TileScorer[] scorers() {
        return new TileScorer[] {new ScalarTile(), new FourQueryTile(), new SixQueryTile(), new EightQueryTile()};
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void floatScoresStayWithinTheMargin(TileScorer scorer) {
        for (int dimension : new int[] {1, 2, 7, 32, 131, 509}) {
            assertThat(largestErrorOverMargin(scorer, dimension, random::nextGaussian))
                    .isLessThan(1);
            assertThat(largestErrorOverMargin(scorer, dimension, () -> 100 + random.nextGaussian()))
                    .isLessThan(1);
            assertThat(largestErrorOverMargin(scorer, dimension, () -> Math.exp(9 * random.nextGaussian())))
                    .isLessThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void aHundredthOfTheMarginWouldBeTooLittle(TileScorer scorer) {
        assertThat(largestErrorOverMargin(scorer, 7, random::nextGaussian)).isGreaterThan(0.01);
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void scoresOfSmallIntegersAndTheirHalvesAreExact(TileScorer scorer) {
        assertThat(largestErrorOverMargin(scorer, 63, () -> random.nextInt(16) / 2.0))
                .isZero();
    }

    @Test
    void coarseGridsNeedNoMarginUntilSumsOutgrowTheirBits() {
        assertThat(margin(Metric.L2, 0, 1, new float[] {1, 0, 0, 1})).isZero();
        assertThat(margin(Metric.L2, -1, 2, new float[] {0.5f, 0, 3, 1})).isZero();
        assertThat(margin(Metric.L2, 0, 1, new float[] {1 / 3f, 0, 0, 1})).isPositive();
        assertThat(margin(Metric.INNER_PRODUCT, 0, 1, new float[] {(1 << 22) + 1, 0, 0, 0}))
                .isZero();
        assertThat(margin(Metric.INNER_PRODUCT, 0, 3, new float[] {(1 << 22) + 1, 0, 0, 0}))
                .isPositive();
        assertThat(margin(Metric.COSINE, 0, 1, new float[] {1, 0, 0, 1})).isPositive();
    }

    @Test
    void normsThatCouldOverflowHaveNoFiniteMargin() {
        assertThat(margin(Metric.L2, 0, 1, new float[] {1e13f, 0, 0, 0})).isInfinite();
        assertThat(margin(Metric.L2, 0, 1e13, new float[] {1, 0, 0, 0})).isInfinite();
        assertThat(margin(Metric.L2, 0, 1e12, new float[] {1e12f, 0, 0, 0})).isFinite();
    }

    @Test
    void gridIsTheLargestPowerOfTwoThatDividesAll() {
        assertThat(ErrorBound.grid(new float[] {0, 3, -8}, 0, 3)).isZero();
        assertThat(ErrorBound.grid(new float[] {0, 3, -8}, 2, 1)).isEqualTo(3);
        assertThat(ErrorBound.grid(new float[] {0.75f, 6}, 0, 2)).isEqualTo(-2);
        assertThat(ErrorBound.grid(new float[] {Math.nextUp(1f)}, 0, 1)).isEqualTo(-23);
    }

    @Test
    void onlyCoarseGridsMayHaveExactScores() {
        assertThat(mayBeExact(Metric.L2, 1e3, 0)).isTrue();
        assertThat(mayBeExact(Metric.L2, 1e4, 0)).isFalse();
        assertThat(mayBeExact(Metric.L2, 1, -20)).isFalse();
        assertThat(mayBeExact(Metric.L2, 0, 127)).isTrue();
        assertThat(mayBeExact(Metric.COSINE, 1, 0)).isFalse();
    }

    private static boolean mayBeExact(Metric metric, double largestNorm, int grid) {
        return new ErrorBound(metric, 4, largestNorm, grid).mayBeExact();
    }

    private static double margin(Metric metric, int grid, double largestNorm, float[] query) {
        double norm = Math.sqrt(Metric.dot(query, 0, query, 0, query.length));
        return new ErrorBound(metric, query.length, largestNorm, grid).margin(query, 0, query.length, norm);
    }

    /** Of float scores of L2 from those in real arithmetic; 0 where there is neither error nor margin. */
    private static double largestErrorOverMargin(TileScorer scorer, int dimension, DoubleSupplier components) {
        int lanes = scorer.lanes();
        float[] candidates = vectors(lanes, dimension, components);
        float[] queries = vectors(scorer.queries(), dimension, components);
        float[] panel = transposed(candidates, lanes, dimension);
        float[] group = transposed(queries, scorer.queries(), dimension);
        float[] bias = new float[lanes];
        double largestSquares = 0;
        for (int lane = 0; lane < lanes; lane++) {
            double squares = Metric.dot(candidates, lane * dimension, candidates, lane * dimension, dimension);
            bias[lane] = (float) (-squares / 2);
            largestSquares = Math.max(largestSquares, squares);
        }
        ErrorBound errors = new ErrorBound(
                Metric.L2, dimension, Math.sqrt(largestSquares), ErrorBound.grid(candidates, 0, candidates.length));
        float[] floors = new float[scorer.queries()];
        float[] tile = new float[scorer.queries() * lanes];
        scorer.score(panel, group, 0, 0, dimension, bias, 0, floors, 0, true, tile);
        double largest = 0;
        for (int query = 0; query < scorer.queries(); query++) {
            int at = query * dimension;
            double norm = Math.sqrt(Metric.dot(queries, at, queries, at, dimension));
            double margin = errors.margin(queries, at, dimension, norm);
            for (int lane = 0; lane < lanes; lane += CHECKED_LANES_APART) {
                BigDecimal exact = score(queries, at, candidates, lane * dimension, dimension);
                double error = new BigDecimal(tile[query * lanes + lane])
                        .subtract(exact)
                        .abs()
                        .doubleValue();
                if (error > 0) {
                    largest = Math.max(largest, error / margin);
                }
            }
        }
        return largest;
    }

    private static BigDecimal score(float[] queries, int at, float[] candidates, int candidateAt, int dimension) {
        BigDecimal twice = BigDecimal.ZERO;
        for (int j = 0; j < dimension; j++) {
            BigDecimal q = new BigDecimal(queries[at + j]);
            BigDecimal c = new BigDecimal(candidates[candidateAt + j]);
            twice = twice.add(c.multiply(q.add(q).subtract(c)));
        }
        return twice.divide(BigDecimal.valueOf(2));
    }

    private static float[] vectors(int rows, int dimension, DoubleSupplier components) {
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) components.getAsDouble();
        }
        return values;
    }

    private static float[] transposed(float[] rows, int count, int dimension) {
        float[] columns = new float[rows.length];
        for (int row = 0; row < count; row++) {
            for (int j = 0; j < dimension; j++) {
                columns[j * count + row] = rows[row * dimension + j];
            }
        }
        return columns;
    }
}
