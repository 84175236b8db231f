package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NearestNeighborKernelTest {

    private final Random random = new Random(20);

    static Stream<NearestNeighborKernel> kernels() {
        return Stream.of(
                        new TiledKernel("scalar", new ScalarTile()),
                        new TiledKernel("vector of four queries", new FourQueryTile()),
                        new TiledKernel("vector of six queries", new SixQueryTile()),
                        new TiledKernel("vector of eight queries", new EightQueryTile()))
                .flatMap(kernel -> Stream.of(kernel.with(Pruning.NEVER), kernel.with(Pruning.ALWAYS)));
    }

    static Stream<Arguments> kernelsAndMetrics() {
        return kernels().flatMap(kernel -> Arrays.stream(Metric.values()).map(metric -> Arguments.of(kernel, metric)));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void agreesWithTheDefinitionOnAwkwardSizes(NearestNeighborKernel kernel, Metric metric) {
        for (int[] shape : new int[][] {
            {1, 1, 1, 1},
            {3, 2, 1, 2},
            {5, 15, 2, 7},
            {7, 16, 3, 16},
            {4, 17, 5, 3},
            {47, 31, 16, 1},
            {49, 33, 17, 32},
            {101, 257, 31, 2},
            {6, 1021, 127, 5},
            {481, 509, 13, 1},
            {53, 67, 509, 1},
            {5, 37, 4096, 3}
        }) {
            float[] candidates = gaussian(shape[1] * shape[2]);
            float[] queries = gaussian(shape[0] * shape[2]);
            assertAgrees(kernel, metric, shape[2], candidates, queries, shape[3]);
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void tiesOfOneHotTablesGoToTheLowestIndex(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = oneHot(1009, 3, 5);
        float[] queries = oneHot(211, 3, 5);
        assertAgrees(kernel, metric, 15, candidates, queries, 1);
        assertAgrees(kernel, metric, 15, candidates, queries, 32);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void tiesOfOneHotTablesWithFractionsGoToTheLowestIndex(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = oneHot(1009, 3, 5);
        float[] queries = oneHot(211, 3, 5);
        for (float[] rows : List.of(candidates, queries)) {
            for (int row = 0; row < rows.length / 15; row++) {
                rows[row * 15 + 14] = random.nextInt(7) / 7f;
            }
        }
        assertAgrees(kernel, metric, 15, candidates, queries, 1);
        assertAgrees(kernel, metric, 15, candidates, queries, 9);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void zerosOfQueriesAreSkipped(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = numbersAndCategories(5003);
        float[] queries = numbersAndCategories(211);
        assertAgrees(kernel, metric, 37, candidates, queries, 1);
        assertAgrees(kernel, metric, 37, candidates, queries, 9);
        long multiplyAdds = kernel.with(Pruning.NEVER)
                .index(metric, 37, List.of(candidates))
                .search(queries, 0, 211, 1, new int[211])
                .multiplyAdds();
        // Three numbers and two categories, and a few panels that are scored with the zeros.
        assertThat(multiplyAdds).isBetween(211L * 5003 * 5, 211L * 5003 * 10);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void zerosAreSkippedAmongKeptAndNewCandidates(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = numbersAndCategories(5003);
        float[] queries = numbersAndCategories(211);
        CandidateIndex before = kernel.index(metric, 37, List.of(Arrays.copyOf(candidates, 2711 * 37)));
        Winners winners = before.search(queries, 0, 211, 1, new int[211]).winners();
        int[] neighbors = new int[211];
        kernel.index(metric, 37, List.of(candidates), Optional.of(before))
                .search(queries, 0, 211, 1, neighbors, winners);
        assertThat(neighbors).isEqualTo(BruteForce.search(metric, 37, candidates, queries, 1));
    }

    /** Rows of three numbers and two categories of seventeen. */
    private float[] numbersAndCategories(int rows) {
        float[] values = new float[rows * 37];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < 3; j++) {
                values[row * 37 + j] = (float) random.nextGaussian();
            }
            values[row * 37 + 3 + random.nextInt(17)] = 0.7f;
            values[row * 37 + 20 + random.nextInt(17)] = 0.7f;
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void duplicatesAreNeighboursOfTheirOwnAndTieToTheLowestIndex(NearestNeighborKernel kernel, Metric metric) {
        float[] distinct = gaussian(23 * 11);
        float[] candidates = new float[503 * 11];
        for (int row = 0; row < 503; row++) {
            System.arraycopy(distinct, random.nextInt(23) * 11, candidates, row * 11, 11);
        }
        float[] queries = Arrays.copyOf(gaussian(29 * 11), 29 * 11);
        assertAgrees(kernel, metric, 11, candidates, queries, 1);
        assertAgrees(kernel, metric, 11, candidates, queries, 32);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void candidatesThatDifferInTheirLastBitsAreToldApart(NearestNeighborKernel kernel, Metric metric) {
        float[] base = gaussian(37);
        float[] candidates = new float[401 * 37];
        for (int row = 0; row < 401; row++) {
            for (int j = 0; j < 37; j++) {
                candidates[row * 37 + j] = base[j] + Math.ulp(base[j]) * (random.nextInt(3) - 1);
            }
        }
        float[] queries = gaussian(31 * 37);
        System.arraycopy(candidates, 100 * 37, queries, 0, 37);
        assertAgrees(kernel, metric, 37, candidates, queries, 1);
        assertAgrees(kernel, metric, 37, candidates, queries, 10);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void moreCandidatesThatScoresCannotTellApartThanAShortlistHolds(NearestNeighborKernel kernel, Metric metric) {
        float[] base = gaussian(16);
        float[] candidates = new float[2 * Shortlist.LONGEST * 16];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = base[i % 16] + Math.ulp(base[i % 16]) * (random.nextInt(3) - 1);
        }
        float[] queries = gaussian(5 * 16);
        assertAgrees(kernel, metric, 16, candidates, queries, 1);
        assertAgrees(kernel, metric, 16, candidates, queries, 3);
    }

    /** Threads that search while one of them builds the filter, and after. */
    @Test
    void aFilterThatIsBuiltDuringSearchesChangesNoAnswer() throws Exception {
        NearestNeighborKernel kernel = new TiledKernel("vector of eight queries", new EightQueryTile());
        int dimension = 128;
        int rows = 5003;
        float[] candidates = clustered(2003 * dimension, dimension);
        float[] queries = clustered(rows * dimension, dimension);
        int[] expected = new int[rows];
        long whole = kernel.with(Pruning.NEVER)
                .index(Metric.L2, dimension, List.of(candidates))
                .search(queries, 0, rows, 1, expected)
                .multiplyAdds();
        CandidateIndex index = kernel.index(Metric.L2, dimension, List.of(candidates));
        AtomicInteger filtered = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<Boolean>> searches = new ArrayList<>();
            for (int thread = 0; thread < 5; thread++) {
                searches.add(threads.submit(() -> {
                    int[] neighbors = new int[rows];
                    while (filtered.get() < 5) {
                        if (index.search(queries, 0, rows, 1, neighbors).multiplyAdds() != whole) {
                            filtered.incrementAndGet();
                        }
                        if (!Arrays.equals(neighbors, expected)) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> search : searches) {
                assertThat(search.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void farOffsetsDoNotDrownSmallDistances(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = gaussian(211 * 19);
        float[] queries = gaussian(41 * 19);
        for (float[] rows : List.of(candidates, queries)) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = 10_000 + rows[i];
            }
        }
        assertAgrees(kernel, metric, 19, candidates, queries, 3);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void extremeMagnitudesNeitherOverflowNorVanish(NearestNeighborKernel kernel, Metric metric) {
        float[] scales = {Float.MIN_VALUE, 1e-41f, 1e-30f, 1e-10f, 1, 1e10f, 1e15f, 1e19f, 5e37f};
        for (float candidateScale : scales) {
            for (float queryScale : scales) {
                float[] candidates = scaled(43 * 7, candidateScale);
                float[] queries = scaled(13 * 7, queryScale);
                assertAgrees(kernel, metric, 7, candidates, queries, 4);
            }
        }
        float[] mixed = new float[0];
        for (float scale : scales) {
            mixed = concatenate(mixed, scaled(5 * 7, scale));
        }
        assertAgrees(kernel, metric, 7, mixed, mixed, 6);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void zeroVectorsAreOrdinaryVectors(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = concatenate(gaussian(3 * 5), new float[2 * 5], gaussian(3 * 5));
        candidates[3 * 5] = -0f;
        float[] queries = concatenate(new float[5], gaussian(9 * 5));
        assertAgrees(kernel, metric, 5, candidates, queries, 8);
        assertAgrees(kernel, metric, 5, candidates, queries, 1);
        assertAgrees(kernel, metric, 5, new float[3 * 5], queries, 3);
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void pruningKeepsEveryNeighborOfVectorsThatLieInFewDirections(NearestNeighborKernel kernel, Metric metric) {
        float[] candidates = decaying(1019, 67);
        float[] queries = decaying(211, 67);
        assertAgrees(kernel, metric, 67, candidates, queries, 1);
        assertAgrees(kernel, metric, 67, candidates, queries, 8);
        CandidateIndex index = kernel.index(metric, 67, List.of(candidates));
        long multiplyAdds = index.search(queries, 0, 211, 1, new int[211]).multiplyAdds();
        if (((TiledKernel) kernel).pruning() == Pruning.ALWAYS) {
            CandidateIndex brute = kernel.with(Pruning.NEVER).index(metric, 67, List.of(candidates));
            assertThat(multiplyAdds)
                    .isLessThan(brute.search(queries, 0, 211, 1, new int[211]).multiplyAdds());
        } else {
            assertThat(multiplyAdds).isBetween(211L * 1019 * 67, 220L * 1056 * 67);
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndMetrics")
    void pruningKeepsNeighborsThatDifferInTheirLastBits(NearestNeighborKernel kernel, Metric metric) {
        float[] base = decaying(7, 131);
        float[] candidates = new float[601 * 131];
        for (int i = 0; i < candidates.length; i++) {
            float value = base[i % base.length];
            candidates[i] = value + Math.ulp(value) * (random.nextInt(3) - 1);
        }
        assertAgrees(kernel, metric, 131, candidates, decaying(41, 131), 3);
        assertAgrees(kernel, metric, 131, candidates, Arrays.copyOf(candidates, 41 * 131), 1);
    }

    @Tag("scale")
    @ParameterizedTest
    @EnumSource
    void agreesWithTheDefinitionOnAHundredThousandRows(Metric metric) {
        float[] candidates = clustered(503 * 384, 384);
        float[] queries = clustered(100_003 * 384, 384);
        int[] expected = BruteForce.search(metric, 384, candidates, queries, 1);
        kernels().forEach(kernel -> {
            int[] neighbors = new int[100_003];
            kernel.index(metric, 384, List.of(candidates)).search(queries, 0, 100_003, 1, neighbors);
            assertThat(neighbors).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void chunksAndRangesOfRowsDoNotChangeAnswers(NearestNeighborKernel kernel) {
        float[] candidates = gaussian(97 * 6);
        float[] queries = gaussian(83 * 6);
        List<float[]> chunks = List.of(
                new float[0],
                Arrays.copyOfRange(candidates, 0, 6),
                new float[0],
                new float[0],
                Arrays.copyOfRange(candidates, 6, 50 * 6),
                Arrays.copyOfRange(candidates, 50 * 6, 97 * 6),
                new float[0]);
        CandidateIndex index = kernel.index(Metric.L2, 6, chunks);
        int[] neighbors = new int[21 * 2];
        index.search(queries, 17, 21, 2, neighbors);
        assertThat(index.size()).isEqualTo(97);
        assertThat(index.dimension()).isEqualTo(6);
        assertThat(neighbors)
                .isEqualTo(BruteForce.search(Metric.L2, 6, candidates, Arrays.copyOfRange(queries, 17 * 6, 38 * 6), 2));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void manyThreadsShareAnIndex(NearestNeighborKernel kernel) throws Exception {
        float[] candidates = gaussian(301 * 9);
        float[] queries = gaussian(401 * 9);
        CandidateIndex index = kernel.index(Metric.L2, 9, List.of(candidates));
        int[] expected = BruteForce.search(Metric.L2, 9, candidates, queries, 3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<int[]>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(() -> {
                    int[] neighbors = new int[401 * 3];
                    index.search(queries, 0, 401, 3, neighbors);
                    return neighbors;
                }));
            }
            for (Future<int[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void queriesThatAreNotFiniteAreRefusedWithoutBeingPrinted(NearestNeighborKernel kernel) {
        CandidateIndex index = kernel.index(Metric.L2, 3, List.of(gaussian(12)));
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] queries = {1, 2, 3, 4.625f, bad, 7.375f};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.search(queries, 0, 2, 1, new int[2]))
                    .withMessage("a query holds NaN or infinity; embeddings must be finite");
            index.search(queries, 0, 1, 1, new int[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void unfitArgumentsAreRefused(NearestNeighborKernel kernel) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.index(Metric.L2, 0, List.of(new float[1])))
                .withMessage("dimension is 0, must be 1 to 4096");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.index(Metric.L2, 4097, List.of(new float[4097])))
                .withMessage("dimension is 4097, must be 1 to 4096");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.index(Metric.L2, 3, List.of(new float[3], new float[4])))
                .withMessage("chunk 1 has 4 floats, which is not a whole number of vectors of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.index(Metric.L2, 3, List.of()))
                .withMessage("no candidates: an index needs at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.index(Metric.L2, 2, List.of(new float[] {0, 0, 0, Float.NaN})))
                .withMessage("candidate 1 holds NaN or infinity at component 1");
        CandidateIndex index = kernel.index(Metric.L2, 2, List.of(gaussian(100)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(new float[2], 0, 1, 33, new int[33]))
                .withMessage("k is 33, must be 1 to 32 for 50 candidates");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        kernel.index(Metric.L2, 2, List.of(new float[4])).search(new float[2], 0, 1, 3, new int[3]))
                .withMessage("k is 3, must be 1 to 2 for 2 candidates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(new float[10], 4, 2, 1, new int[2]))
                .withMessage("rows 4 to 6 do not lie within 10 floats of dimension 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(new float[10], 0, 5, 2, new int[9]))
                .withMessage("room for 9 neighbours, 5 rows need 10 for k 2");
    }

    private static void assertAgrees(
            NearestNeighborKernel kernel, Metric metric, int dimension, float[] candidates, float[] queries, int k) {
        int rows = queries.length / dimension;
        int[] neighbors = new int[rows * k];
        kernel.index(metric, dimension, List.of(candidates)).search(queries, 0, rows, k, neighbors);
        assertThat(neighbors).isEqualTo(BruteForce.search(metric, dimension, candidates, queries, k));
    }

    private float[] gaussian(int length) {
        return scaled(length, 1);
    }

    private float[] scaled(int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    /** Vectors around a few centres, as embeddings lie. */
    private float[] clustered(int length, int dimension) {
        float[] centres = gaussian(29 * dimension);
        float[] values = scaled(length, 0.3f);
        for (int row = 0; row < length / dimension; row++) {
            int centre = random.nextInt(29) * dimension;
            for (int j = 0; j < dimension; j++) {
                values[row * dimension + j] += centres[centre + j];
            }
        }
        return values;
    }

    /** Vectors whose later components are ever smaller, so that the first ones tell most. */
    private float[] decaying(int rows, int dimension) {
        float[] values = gaussian(rows * dimension);
        for (int i = 0; i < values.length; i++) {
            values[i] /= 1 + i % dimension;
        }
        return values;
    }

    private float[] oneHot(int rows, int columns, int categories) {
        float[] values = new float[rows * columns * categories];
        IntStream.range(0, rows * columns).forEach(i -> values[i * categories + random.nextInt(categories)] = 1);
        return values;
    }

    private static float[] concatenate(float[]... parts) {
        float[] all =
                new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
