package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PruningChoiceTest {

    private static final double BUILD_SECONDS = 1;
    private static final long WHOLE_NANOS = 10_000_000;

    private int built;

    @Test
    void theFilterIsBuiltOnceItsCostIsSmallAgainstTheSearchSoFar() {
        PruningChoice choice = choice(Pruning.AUTO);
        double seconds = 0;
        while (choice.next() == null) {
            choice.took(false, 1, WHOLE_NANOS);
            seconds += WHOLE_NANOS / 1e9;
        }
        assertThat(seconds).isBetween(20 * BUILD_SECONDS, 40 * BUILD_SECONDS);
        assertThat(built).isEqualTo(1);
    }

    @Test
    void aFasterFilterIsTaken() {
        assertThat(secondsOfTenThousandBlocks(WHOLE_NANOS / 4)).isBetween(25.0, 52.0);
    }

    @Test
    void aSlowerFilterCostsLessThanATwentieth() {
        for (double slower : new double[] {1.1, 2, 3, 10, 100}) {
            assertThat(secondsOfTenThousandBlocks((long) (slower * WHOLE_NANOS)))
                    .isLessThan(1.05 * (100 + 24 * BUILD_SECONDS) - 24 * BUILD_SECONDS + slower * WHOLE_NANOS / 1e9);
        }
    }

    /** The filter's first blocks are slow, for want of compiled code, and many threads ask before any is done. */
    @Test
    void manyThreadsDoNotKeepAFasterFilterOut() {
        PruningChoice choice = choice(Pruning.AUTO);
        while (choice.next() == null) {
            choice.took(false, 1, WHOLE_NANOS);
        }
        int threads = 31;
        Deque<Boolean> underWay = new ArrayDeque<>();
        int blocks = 10_000;
        int filtered = 0;
        for (int block = 0; block < blocks; block++) {
            underWay.add(choice.next() != null);
            if (underWay.size() == threads) {
                boolean withFilter = underWay.remove();
                filtered += withFilter ? 1 : 0;
                choice.took(withFilter, 1, withFilter && filtered > 35 ? WHOLE_NANOS / 10 : 3 * WHOLE_NANOS);
            }
        }
        assertThat(filtered).isBetween(blocks * 7 / 10, blocks - threads);
    }

    @Test
    void noneIsBuiltWherePruningIsOff() {
        PruningChoice choice = choice(Pruning.NEVER);
        choice.took(false, 1, Long.MAX_VALUE / 2);
        assertThat(choice.next()).isNull();
        assertThat(built).isZero();
    }

    @Test
    void itIsTakenAtOnceWherePruningIsForced() {
        assertThat(choice(Pruning.ALWAYS).next()).isNotNull();
    }

    /** After the filter is there. */
    private double secondsOfTenThousandBlocks(long filteredNanos) {
        PruningChoice choice = choice(Pruning.AUTO);
        while (choice.next() == null) {
            choice.took(false, 1, WHOLE_NANOS);
        }
        double seconds = 0;
        for (int block = 0; block < 10_000; block++) {
            boolean filtered = choice.next() != null;
            long nanos = filtered ? filteredNanos : WHOLE_NANOS;
            choice.took(filtered, 1, nanos);
            seconds += nanos / 1e9;
        }
        return seconds;
    }

    private PruningChoice choice(Pruning pruning) {
        return new PruningChoice(pruning, BUILD_SECONDS, () -> {
            built++;
            return filter();
        });
    }

    private static PrefixFilter filter() {
        float[] rows = new float[30];
        Random random = new Random(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
        }
        TileScorer scorer = new ScalarTile();
        float[][] scales = new float[1][scorer.lanes()];
        return new PrefixFilter(scorer, new CandidateRows(3, List.of(rows)), scales, 3);
    }
}
