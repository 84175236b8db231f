package org.privateevolution.discovery;

import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.model.ChildTable;

/** Infers how many rows of a client are to count, from noisy counts of clients by their numbers of rows. */
final class RowsOfClients {

    /** The share of the clients with rows that may have more of them than count. */
    private static final double CUT = 0.02;

    private static final int FIRST = MagnitudeCells.of(1);
    private static final int CELLS = MagnitudeCells.of(ClientColumns.MOST_COUNTED) - FIRST + 1;

    private RowsOfClients() {}

    /**
     * The 98 % quantile of the number of rows, over the clients with rows, rounded up to the end of its cell: exact up
     * to 15, and at most 10 % too large from there on. Numbers beyond the last cell that rises above the noise do not
     * count. Within this range, each cell counts with its noise, so that the quantile is as often too large as too
     * small. At most {@link ChildTable#MOST_ROWS}.
     *
     * @return empty if no number is visible through the noise
     */
    static OptionalInt most(NoisyColumn numbers) {
        int from = DiscoveryCells.NUMBERS_AT + FIRST;
        Optional<int[]> risen = numbers.risen(from, CELLS, MagnitudeCells.AN_OCTAVE, -1);
        if (risen.isEmpty()) {
            return OptionalInt.empty();
        }
        int last = risen.get()[1];
        double all = 0;
        for (int cell = 0; cell <= last; cell++) {
            all += numbers.count(from + cell);
        }
        double above = 0;
        int cell = last;
        while (cell > 0 && above + numbers.count(from + cell) <= CUT * all) {
            above += numbers.count(from + cell);
            cell--;
        }
        // The upper edge belongs to the next cell.
        int most = (int) Math.ceil(MagnitudeCells.upper(FIRST + cell)) - 1;
        return OptionalInt.of(Math.min(ChildTable.MOST_ROWS, Math.max(1, most)));
    }
}
