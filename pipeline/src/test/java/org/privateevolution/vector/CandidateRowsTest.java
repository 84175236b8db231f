package org.privateevolution.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateRowsTest {

    @Test
    void vectorsNearTheMeanComeFirstAndEqualRowsCountOnce() {
        CandidateRows rows = rows(-9, 2, 1, 9, 2, 4);

        rows.sortFromMean(Metric.L2);

        // The mean of the five vectors is 1.4.
        assertThat(firstRows(rows)).containsExactly(2, 1, 5, 3, 0);
        assertThat(rows.isAscending()).isFalse();
    }

    @Test
    void vectorsAsNearToTheMeanStayInTheOrderOfRows() {
        CandidateRows rows = rows(5, -5, 1, -1);

        rows.sortFromMean(Metric.L2);

        assertThat(firstRows(rows)).containsExactly(2, 3, 0, 1);
    }

    @Test
    void keptVectorsComeFirstAndBothPartsKeepTheirOrder() {
        CandidateRows before = rows(5, 7, 2);
        CandidateRows rows = rows(5, -5, 1, -1, 2);
        rows.sortFromMean(Metric.L2);

        int[] kept = rows.keep(before);

        assertThat(firstRows(rows)).containsExactly(4, 0, 2, 3, 1);
        assertThat(kept).containsExactly(1, -1, 0);
    }

    private static CandidateRows rows(float... values) {
        return new CandidateRows(1, List.of(values));
    }

    private static int[] firstRows(CandidateRows rows) {
        int[] firsts = new int[rows.distinctSize()];
        for (int vector = 0; vector < firsts.length; vector++) {
            firsts[vector] = rows.firstRow(vector);
        }
        return firsts;
    }
}
