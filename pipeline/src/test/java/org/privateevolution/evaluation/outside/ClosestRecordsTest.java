package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privateevolution.vector.Kernels;

class ClosestRecordsTest {

    private static final float[] RECORDS = {0, 0, 3, 4, 10, 0};

    @Test
    void distancesAreEuclidean() {
        float[] queries = {0, 0, 3, 0, 9, 0};

        ClosestRecords closest = ClosestRecords.of(Kernels.calibrated(), 2, queries, RECORDS);

        // Closest: 0, 3, 1; second: 5, 4, sqrt(52).
        assertThat(closest.quantile(0)).isZero();
        assertThat(closest.quantile(0.5)).isCloseTo(1, within(1e-12));
        assertThat(closest.quantile(0.75)).isCloseTo(2, within(1e-12));
        assertThat(closest.ratioQuantile(0.5)).isCloseTo(1 / Math.sqrt(52), within(1e-12));
    }

    @Test
    void equalRecordsAreAtNoDistanceWhateverTheirSize() {
        Random random = new Random(1);
        float[] records = new float[64 * 37];
        for (int i = 0; i < records.length; i++) {
            records[i] = (float) (5 * random.nextGaussian());
        }

        ClosestRecords closest = ClosestRecords.of(Kernels.calibrated(), 37, records, records);

        assertThat(closest.quantile(1)).isZero();
        assertThat(closest.ratioQuantile(1)).isZero();
    }

    @Test
    void copiesAreNearerToWhatTheyWereCopiedFrom() {
        float[] others = {0, 1, 3, 5, 11, 0};
        ClosestRecords own = ClosestRecords.of(Kernels.calibrated(), 2, RECORDS, RECORDS);
        ClosestRecords other = ClosestRecords.of(Kernels.calibrated(), 2, RECORDS, others);

        assertThat(own.shareNearerThan(other)).isOne();
        assertThat(other.shareNearerThan(own)).isZero();
        assertThat(own.shareNearerThan(own)).isEqualTo(0.5);
    }

    @Test
    void aRecordThatIsTheClosestOfManyQueriesCountsAsOne() {
        float[] apart = {0, 0, 3, 4, 10, 0, 20, 0};
        float[] same = {0, 0, 0, 0, 0, 0, 0, 0};
        float[] others = {0, 1, 3, 5, 11, 0, 21, 0};

        // Four shares of 1/4, and one of 1.
        assertThat(error(apart, apart, others)).isCloseTo(0.25, within(1e-12));
        assertThat(error(same, apart, others)).isCloseTo(0.5, within(1e-12));
        // Ties are half of either: two shares of 1/2.
        assertThat(error(same, apart, apart)).isCloseTo(Math.sqrt(0.5) / 2, within(1e-12));
    }

    private static double error(float[] queries, float[] records, float[] others) {
        return ClosestRecords.of(Kernels.calibrated(), 2, queries, records)
                .errorOfShareNearerThan(ClosestRecords.of(Kernels.calibrated(), 2, queries, others));
    }
}
