package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WinnersTest {

    private static final int VOTES = 4;

    private final Random random = new Random(23);

    static Stream<Arguments> kernelsAndMetrics() {
        return NearestNeighborKernelTest.kernelsAndMetrics();
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void votesOfAnEvolutionAreThoseOfTheDefinition(NearestNeighborKernel kernel, Metric metric) {
        assertVotesAgree(kernel, metric, 13, 307, rows(101, 13, this::gaussian), this::gaussian);
        assertVotesAgree(kernel, metric, 131, 97, rows(37, 131, this::gaussian), this::gaussian);
        assertVotesAgree(kernel, metric, 1, 211, rows(53, 1, this::gaussian), this::gaussian);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void tiesGoToTheLowestIndexInWhateverOrderCandidatesAreKept(NearestNeighborKernel kernel, Metric metric) {
        Supplier<Float> coarse = () -> (float) random.nextInt(3);
        assertVotesAgree(kernel, metric, 4, 307, rows(101, 4, coarse), coarse);
        Supplier<Float> sevenths = () -> random.nextInt(3) / 7f;
        assertVotesAgree(kernel, metric, 4, 307, rows(101, 4, sevenths), sevenths);
        Supplier<Float> close = () -> 1 + Math.ulp(1f) * random.nextInt(3);
        assertVotesAgree(kernel, metric, 5, 307, rows(101, 5, close), close);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void extremeMagnitudesAreOrdinary(NearestNeighborKernel kernel, Metric metric) {
        for (float scale : new float[] {Float.MIN_VALUE, 1e-30f, 1e15f, 5e37f}) {
            Supplier<Float> scaled = () -> (float) (random.nextGaussian() * scale);
            assertVotesAgree(kernel, metric, 7, 101, rows(31, 7, this::gaussian), scaled);
            assertVotesAgree(kernel, metric, 7, 101, rows(31, 7, scaled), this::gaussian);
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void rowsWhoseWinnerIsKeptAreNotSearchedAmongTheKept(NearestNeighborKernel kernel, Metric metric) {
        float[] queries = rows(480, 13, this::gaussian);
        float[] kept = rows(640, 13, this::gaussian);
        CandidateIndex first = kernel.index(metric, 13, List.of(kept));
        int[] neighbors = new int[480];
        Search before = first.search(queries, 0, 480, 1, neighbors);
        float[] added = rows(64, 13, this::gaussian);
        float[] all = Arrays.copyOf(added, added.length + kept.length);
        System.arraycopy(kept, 0, all, added.length, kept.length);
        CandidateIndex second = kernel.index(metric, 13, List.of(all), Optional.of(first));

        int[] cold = new int[480];
        int[] warm = new int[480];
        long coldMultiplyAdds = second.search(queries, 0, 480, 1, cold).multiplyAdds();
        long warmMultiplyAdds =
                second.search(queries, 0, 480, 1, warm, before.winners()).multiplyAdds();

        assertThat(warm).isEqualTo(cold);
        assertThat(warmMultiplyAdds).isLessThan(coldMultiplyAdds / 2);
    }

    @Test
    void aTieThatTheNewOrderTurnsRoundIsTurnedRound() {
        for (float[] query : new float[][] {{0, 0.25f, 0}, {0, 1 / 3f, 1e-4f}}) {
            float[] left = {-1, 0.5f, 0};
            float[] right = {1, 0.5f, 0};
            CandidateIndex first = Kernels.scalar().index(Metric.L2, 3, List.of(left, right));
            int[] nearest = new int[1];
            Search before = first.search(query, 0, 1, 1, nearest);
            assertThat(nearest[0]).isZero();
            CandidateIndex second = Kernels.scalar().index(Metric.L2, 3, List.of(right, left), Optional.of(first));

            second.search(query, 0, 1, 1, nearest, before.winners());

            assertThat(nearest[0]).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void winnersOfAnythingElseAreIgnored(NearestNeighborKernel kernel, Metric metric) {
        float[] queries = rows(101, 13, this::gaussian);
        float[] candidates = rows(307, 13, this::gaussian);
        float[] others = rows(307, 13, this::gaussian);
        CandidateIndex first = kernel.index(metric, 13, List.of(candidates));
        CandidateIndex stranger = kernel.index(metric, 13, List.of(others));
        CandidateIndex otherDimension = kernel.index(metric, 1, List.of(others));
        CandidateIndex otherMetric =
                kernel.index(Metric.values()[(metric.ordinal() + 1) % Metric.values().length], 13, List.of(candidates));
        int[] expected = BruteForce.search(metric, 13, candidates, queries, 1);
        for (CandidateIndex before : List.of(first, stranger, otherDimension, otherMetric)) {
            CandidateIndex second = kernel.index(metric, 13, List.of(candidates), Optional.of(before));
            for (Winners winners : List.of(
                    Winners.NONE,
                    stranger.search(queries, 0, 101, 1, new int[101]).winners(),
                    otherMetric.search(queries, 0, 101, 1, new int[101]).winners(),
                    first.search(queries, 0, 100, 1, new int[100]).winners(),
                    first.search(queries, 0, 101, 2, new int[202]).winners(),
                    second.search(queries, 0, 101, 1, new int[101]).winners())) {
                int[] neighbors = new int[101];
                second.search(queries, 0, 101, 1, neighbors, winners);
                assertThat(neighbors).isEqualTo(expected);
            }
        }
    }

    /** Each vote keeps some candidates, in another order, some of them more than once, and adds others. */
    private void assertVotesAgree(
            NearestNeighborKernel kernel,
            Metric metric,
            int dimension,
            int size,
            float[] queries,
            Supplier<Float> component) {
        int rows = queries.length / dimension;
        float[] candidates = rows(size, dimension, component);
        Optional<CandidateIndex> before = Optional.empty();
        Winners winners = Winners.NONE;
        for (int vote = 0; vote < VOTES; vote++) {
            CandidateIndex index = kernel.index(metric, dimension, List.of(candidates), before);
            int[] neighbors = new int[rows];
            winners = index.search(queries, 0, rows, 1, neighbors, winners).winners();
            assertThat(neighbors).isEqualTo(BruteForce.search(metric, dimension, candidates, queries, 1));
            int k = Math.min(size, 5);
            int[] nearest = new int[rows * k];
            index.search(queries, 0, rows, k, nearest, winners);
            assertThat(nearest).isEqualTo(BruteForce.search(metric, dimension, candidates, queries, k));
            before = Optional.of(index);
            candidates = next(candidates, dimension, size, component);
        }
    }

    private float[] next(float[] candidates, int dimension, int size, Supplier<Float> component) {
        List<float[]> next = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int parent = random.nextInt(size / 2) * dimension;
            next.add(
                    random.nextInt(3) == 0
                            ? rows(1, dimension, component)
                            : Arrays.copyOfRange(candidates, parent, parent + dimension));
        }
        Collections.shuffle(next, random);
        float[] flat = new float[size * dimension];
        for (int i = 0; i < size; i++) {
            System.arraycopy(next.get(i), 0, flat, i * dimension, dimension);
        }
        return flat;
    }

    private float gaussian() {
        return (float) random.nextGaussian();
    }

    private static float[] rows(int count, int dimension, Supplier<Float> component) {
        float[] values = new float[count * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = component.get();
        }
        return values;
    }
}
