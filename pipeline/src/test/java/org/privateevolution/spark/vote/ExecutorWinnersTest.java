package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.spark.vote.ExecutorWinners.Rows;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.Winners;

class ExecutorWinnersTest {

    @Test
    void winnersAreThoseOfTheRowsTheyWereKeptFor() {
        ExecutorWinners kept = new ExecutorWinners(10_000);
        Winners first = winners(3);
        Winners second = winners(3);
        kept.keep(new Rows("block", 0), first);
        kept.keep(new Rows("block", 3), second);

        assertThat(kept.of(new Rows("block", 0))).isSameAs(first);
        assertThat(kept.of(new Rows("block", 3))).isSameAs(second);
        assertThat(kept.of(new Rows("other", 0))).isSameAs(Winners.NONE);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() {
        ExecutorWinners kept = new ExecutorWinners(2 * (ExecutorWinners.ENTRY_BYTES + 7 * Integer.BYTES));
        Winners winners = winners(7);
        kept.keep(new Rows("a", 0), winners);
        kept.keep(new Rows("b", 0), winners);
        kept.keep(new Rows("a", 0), winners);
        kept.keep(new Rows("c", 0), winners);

        assertThat(kept.of(new Rows("b", 0))).isSameAs(Winners.NONE);
        assertThat(kept.of(new Rows("a", 0))).isSameAs(winners);
        assertThat(kept.of(new Rows("c", 0))).isSameAs(winners);
    }

    @Test
    void whatDoesNotFitIsNotKept() {
        ExecutorWinners kept = new ExecutorWinners(ExecutorWinners.ENTRY_BYTES);
        kept.keep(new Rows("block", 0), winners(1));

        assertThat(kept.of(new Rows("block", 0))).isSameAs(Winners.NONE);
    }

    private static Winners winners(int rows) {
        return Kernels.scalar()
                .index(Metric.L2, 1, List.of(new float[] {1, 2}))
                .search(new float[rows], 0, rows, 1, new int[rows])
                .winners();
    }
}
