package org.privateevolution.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ColumnType;
import org.privateevolution.privacy.NoisyHistogram;

class DiscoveredTableTest {

    private static final double VOTE = 1.0 / (1 << 30);
    private static final long ONE = 1L << 30;

    /** Counts of 100 columns, or any number, with noise of a seed. */
    private static final class Counts {
        private final DiscoveryCells cells;
        private final long[] votes;
        private final Map<String, Long> partitions = new TreeMap<>();

        Counts(int columns, double noise) {
            cells = new DiscoveryCells(columns);
            Random random = new Random(17);
            votes = IntStream.range(0, cells.size())
                    .mapToLong(i -> Math.round(noise * ONE * random.nextGaussian()))
                    .toArray();
        }

        Counts add(long records, Object... values) {
            cells.ballot(values).cells().forEach(cell -> votes[cell] += records * ONE);
            return this;
        }

        Counts pass(String partition, long records) {
            partitions.put(partition, records * ONE);
            return this;
        }

        DiscoveredTable read() {
            long[] all = new long[votes.length + partitions.size()];
            System.arraycopy(votes, 0, all, 0, votes.length);
            int next = votes.length;
            for (long count : partitions.values()) {
                all[next++] = count;
            }
            List<String> names =
                    IntStream.range(0, cells.columns()).mapToObj(c -> "c" + c).toList();
            NoisyHistogram released =
                    NoisyHistogram.restored("discovery", 1, all, new ArrayList<>(partitions.keySet()));
            return DiscoveredTable.of(names, "", released, 1, 20);
        }

        DiscoveredColumn column() {
            return read().columns().get(0);
        }
    }

    @Test
    void noiseAloneIsNoColumn() {
        DiscoveredTable table = new Counts(300, 1).read();

        assertThat(table.columns()).allMatch(DiscoveredColumn::leftOut);
        assertThat(table.records()).isCloseTo(0, within(5 * Math.sqrt(ValueKind.values().length / 300.0)));
        assertThat(table.noise()).isEqualTo(1);
        assertThat(table.least()).isEqualTo(20);
    }

    @Test
    void boundsAreThoseOfTheCellsThatRise() {
        DiscoveredColumn column =
                new Counts(1, 1).add(900, 5).add(900, 40).add(3, 100_000).column();

        assertThat(column.type()).isEqualTo("long");
        assertThat(column.min()).isEqualTo("5");
        assertThat(Integer.parseInt(column.max())).isBetween(40, 44);
        assertThat(column.nullable()).isFalse();
    }

    /** None of the eight cells rises alone. */
    @Test
    void anOctaveRisesTogether() {
        Counts counts = new Counts(1, 1).add(900, 5);
        for (int number = 64; number < 128; number++) {
            counts.add(1, number);
        }
        DiscoveredColumn column = counts.column();

        assertThat(Integer.parseInt(column.max())).isBetween(120, 128);
    }

    @Test
    void decimalsAreTheMostThatRise() {
        DiscoveredColumn column = new Counts(1, 1)
                .add(900, 5.25)
                .add(400, 3)
                .add(100, 1.5)
                .add(2, 1.2345)
                .column();

        assertThat(column.type()).isEqualTo("double");
        assertThat(column.decimals()).isEqualTo(2);
        assertThat(Double.parseDouble(column.min())).isBetween(1.3, 1.5);
    }

    @Test
    void aCategoryNamedOtherIsKeptApart() {
        DiscoveredColumn column = new Counts(1, 1)
                .add(900, "other")
                .add(300, "wine")
                .pass("0:other", 900)
                .pass("0:wine", 300)
                .add(100, (Object) null)
                .column();

        assertThat(column.categories()).containsExactly("other", "wine", "(other)");
        assertThat(column.other()).isEqualTo("(other)");
        assertThat(column.nulls()).isCloseTo(100.0 / 1_300, within(0.01));
    }

    @Test
    void mixedColumnsAreLeftOut() {
        assertThat(new Counts(1, 1).add(500, 5).add(500, "five").column().note())
                .contains("several kinds");
    }

    @Test
    void monthsAreNotSpecial() {
        Counts counts = new Counts(1, 1);
        for (int month = 1; month <= 12; month++) {
            counts.add(100, month).pass("0:" + month, 100);
        }
        DiscoveredColumn column = counts.column();

        assertThat(column.special()).isEmpty();
        assertThat(column.min()).isEqualTo("1");
        assertThat(column.max()).isEqualTo("12");
    }

    @Test
    void sentinelsOfDatesWidenTheYears() {
        DiscoveredColumn column =
                new Counts(1, 1).add(900, "1987-05-01").add(100, "9999-12-31").column();

        assertThat(column.type()).isEqualTo("date");
        assertThat(column.min()).isEqualTo("1987-01-01");
        assertThat(column.max()).isEqualTo("9999-12-31");
    }

    @Test
    void instantsKeepTheirZone() {
        DiscoveredColumn column =
                new Counts(1, 1).add(900, "2020-05-01T10:00:00Z").column();

        assertThat(column.type()).isEqualTo("timestamp");
        assertThat(column.min()).isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    void aTypeOfTheSourceLimitsTheBounds() {
        DiscoveredColumn column = new Counts(1, 1).add(900, 3).add(900, 127).column();

        assertThat(column.withType(ColumnType.of(ColumnType.Kind.BYTE)).max()).isEqualTo("127");
        assertThat(column.withType(ColumnType.parse("decimal(4,1)")).type()).isEqualTo("decimal(4,1)");
        assertThat(column.withType(ColumnType.of(ColumnType.Kind.DOUBLE)).decimals())
                .isZero();
        assertThat(column.withType(ColumnType.of(ColumnType.Kind.STRING))).isEqualTo(column);
    }

    @Test
    void manyDecimalsOfASourcesDoublesStay() {
        DiscoveredColumn column = new Counts(1, 1).add(900, 48.123456789).column();

        assertThat(column.withType(ColumnType.of(ColumnType.Kind.DOUBLE)).decimals())
                .isEqualTo(-1);
    }

    @Test
    void aReleaseOfOtherColumnsIsRefused() {
        NoisyHistogram released = NoisyHistogram.restored("discovery", 1, new long[10]);

        assertThatThrownBy(() -> DiscoveredTable.of(List.of("a"), "", released, VOTE, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
