package org.privateevolution.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privateevolution.discovery.DiscoveryCells.Ballot;

class DiscoveryCellsTest {

    @Test
    void aNumberLiesWithinItsCell() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            double number = (random.nextBoolean() ? 1 : -1) * Math.pow(2, random.nextDouble() * 95 - 31.5);
            int cell = MagnitudeCells.of(number);
            double slack = Math.abs(number) * 1e-12;
            assertThat(number).isBetween(MagnitudeCells.lower(cell) - slack, MagnitudeCells.upper(cell) + slack);
        }
        assertThat(MagnitudeCells.lower(MagnitudeCells.of(0))).isZero();
        assertThat(MagnitudeCells.of(1e300)).isEqualTo(MagnitudeCells.COUNT - 1);
        assertThat(MagnitudeCells.of(-1e300)).isZero();
        for (int cell = 1; cell < MagnitudeCells.COUNT; cell++) {
            assertThat(MagnitudeCells.lower(cell)).isGreaterThanOrEqualTo(MagnitudeCells.upper(cell - 1));
        }
    }

    @Test
    void aRecordHasAtMostThreeDifferentVotesAColumn() {
        DiscoveryCells cells = new DiscoveryCells(5);

        Ballot ballot = cells.ballot("12", null, "2020-05-05", "some words of text", true);

        assertThat(ballot.cells().size() + ballot.partitions().size()).isLessThanOrEqualTo(15);
        assertThat(new HashSet<>(ballot.cells())).hasSameSizeAs(ballot.cells());
        assertThat(ballot.cells()).isSorted().allMatch(cell -> cell >= 0 && cell < cells.size());
        assertThat(ballot.partitions()).containsExactly("0:12", "2:2020-05-05", "3:some words of text");
    }

    @Test
    void yearsHaveCellsOfTheirOwn() {
        assertThat(DiscoveryCells.year(1799)).isZero();
        assertThat(DiscoveryCells.year(1800)).isOne();
        assertThat(DiscoveryCells.year(2199)).isEqualTo(DiscoveryCells.YEARS - 2);
        assertThat(DiscoveryCells.year(9999)).isEqualTo(DiscoveryCells.YEARS - 1);
    }

    @Test
    void travels() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(new DiscoveryCells(4));

        assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isEqualTo(new DiscoveryCells(4));
    }
}
