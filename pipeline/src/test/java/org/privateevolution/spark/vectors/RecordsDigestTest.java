package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsDigestTest {

    private static final RecordsDigest TWO =
            RecordsDigest.of(new int[] {0, 1}, new int[] {4, 5}, new float[] {1, 2, 3, 4});

    @Test
    void theOrderOfRecordsAndHowTheyArePackedDoNotMatter() {
        RecordsDigest turned = RecordsDigest.of(new int[] {1, 0}, new int[] {5, 4}, new float[] {3, 4, 1, 2});
        RecordsDigest first = RecordsDigest.of(new int[] {0}, new int[] {4}, new float[] {1, 2});
        RecordsDigest second = RecordsDigest.of(new int[] {1}, new int[] {5}, new float[] {3, 4});

        assertThat(turned).isEqualTo(TWO).hasSameHashCodeAs(TWO);
        assertThat(first.plus(second)).isEqualTo(TWO);
        assertThat(second.plus(RecordsDigest.NONE).plus(first)).isEqualTo(TWO);
        assertThat(RecordsDigest.of(new int[0], new int[0], new float[0])).isEqualTo(RecordsDigest.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4, 5, 1, 2, 3, 4", // a label
        "1, 0, 4, 5, 1, 2, 3, 4", // labels that change places
        "0, 1, 4, 4, 1, 2, 3, 4", // a client
        "0, 1, 5, 4, 1, 2, 3, 4",
        "0, 1, 4, 5, 1, 2, 3, 4.0000005", // the last bit of a vector
        "0, 1, 4, 5, 3, 4, 1, 2",
        "0, 1, 4, 5, 2, 1, 3, 4",
        "0, 1, 4, 5, 1, 2, 1, 2",
    })
    void everyChangeOfARecordMatters(
            int label, int otherLabel, int client, int otherClient, float a, float b, float c, float d) {
        assertThat(RecordsDigest.of(
                        new int[] {label, otherLabel}, new int[] {client, otherClient}, new float[] {a, b, c, d}))
                .isNotEqualTo(TWO);
    }

    /** An exclusive or would not see it. */
    @Test
    void aRecordTwiceIsNotNone() {
        RecordsDigest one = RecordsDigest.of(new int[] {0}, new int[0], new float[] {1});

        assertThat(one.plus(one)).isNotEqualTo(RecordsDigest.NONE).isNotEqualTo(one);
        assertThat(one.plus(one).isEmpty()).isFalse();
    }

    @Test
    void itSurvivesTheCacheAndShowsNothing() {
        assertThat(RecordsDigest.of(TWO.bytes())).isEqualTo(TWO);
        assertThat(TWO).hasToString("RecordsDigest[private]");
        assertThat(new VectorBlock(new int[] {0}, new int[0], new float[] {1}, "").digest())
                .hasToString("RecordsDigest[private]");
    }

    @Test
    void readsAreTheSameOnlyIfEachPartitionIsThereOnceAndSound() {
        RecordsRead first = read(0, TWO);
        first.merge(read(1, RecordsDigest.NONE));

        RecordsRead turned = read(1, RecordsDigest.NONE);
        turned.merge(read(0, TWO));
        assertThat(turned.sameAs(first)).isTrue();

        RecordsRead moved = read(1, TWO);
        moved.merge(read(0, RecordsDigest.NONE));
        assertThat(moved.sameAs(first)).as("records in another partition").isFalse();
        assertThat(read(0, TWO).sameAs(first)).as("a partition is missing").isFalse();

        RecordsRead more = read(2, RecordsDigest.NONE);
        more.merge(turned);
        assertThat(more.sameAs(first)).as("a partition too many").isFalse();

        RecordsRead doubled = read(0, TWO);
        doubled.merge(turned);
        assertThat(doubled.sameAs(first)).as("a partition twice").isFalse();
        RecordsRead merged = new RecordsRead();
        merged.merge(doubled);
        assertThat(merged.sameAs(first)).as("a partition twice, merged before").isFalse();

        RecordsRead refused = read(1, RecordsDigest.NONE);
        refused.add(RecordsDigest.NONE, "column 'x': refused");
        refused.merge(read(0, TWO));
        assertThat(refused.sameAs(first)).as("a refused block").isFalse();
        assertThat(refused.problems()).containsExactly("column 'x': refused");
        assertThat(refused).hasToString("RecordsRead[private]");
    }

    private static RecordsRead read(int partition, RecordsDigest digest) {
        RecordsRead read = RecordsRead.ofPartition(partition);
        read.add(digest, "");
        return read;
    }
}
