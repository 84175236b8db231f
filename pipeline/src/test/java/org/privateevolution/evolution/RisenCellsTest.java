package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.NumberBins;
import org.privateevolution.table.TableBins;

class RisenCellsTest {

    private static final double SIGMA = 20;
    private static final int RECORDS = 10_000;

    private static final NumericColumn COLUMN =
            new NumericColumn("n", ColumnType.parse("double"), 0, 20_000, false, false);
    private static final NumberBins BINS = (NumberBins)
            new TableBins(new TableSchema(List.of(COLUMN)), TableBins.fine(new TableSchema(List.of(COLUMN)), 20))
                    .column(0);

    private final Random random = new Random(3);

    @Test
    void whatIsEvenIsTakenToBeEvenWhateverTheNoise() {
        int kept = 0;
        int emptied = 0;
        for (int n = 0; n < 200; n++) {
            double[] counts = noisy(counts(random.doubles(RECORDS, 0, 20_000).toArray()));
            RisenCells risen = RisenCells.of(BINS, counts, SIGMA);

            double[] flattened = risen.flattened(counts);

            // The narrowest cell holds less than one record in ten thousand.
            kept += flattened[0] > 1 ? 1 : 0;
            emptied += Math.abs(sum(flattened, 0, BINS.ordered()) - sum(counts, 0, BINS.ordered())) > 1e-6 ? 1 : 0;
        }
        // 24 comparisons at three standard deviations, some of which leave the innermost cell to itself.
        assertThat(kept).isLessThan(15);
        // Two comparisons at three standard deviations.
        assertThat(emptied).isLessThan(5);
    }

    @Test
    void aBoundThatIsTooWideAddsNoRecords() {
        int merged = 0;
        double far = 0;
        double farNoise = 0;
        double near = 0;
        for (int n = 0; n < 100; n++) {
            double[] exact = counts(
                    random.doubles(RECORDS).map(p -> -40 * Math.log(1 - p)).toArray());
            double[] counts = noisy(exact);
            RisenCells risen = RisenCells.of(BINS, counts, SIGMA);

            double[] flattened = risen.flattened(counts);

            far += sum(flattened, BINS.around(625), BINS.ordered());
            farNoise += Arrays.stream(counts, BINS.around(625), BINS.ordered())
                    .map(count -> Math.max(0, count))
                    .sum();
            near += sum(flattened, 0, BINS.around(625));
            int[] groups = risen.merged().groups();
            merged += groups[BINS.around(625)] == groups[BINS.ordered() - 1] ? 1 : 0;
        }
        // About 30 comparisons at three standard deviations.
        assertThat(merged).isGreaterThan(90);
        // Without a tail, each of more than 20 cells keeps its noise where that is above 0.
        assertThat(farNoise / 100).isGreaterThan(8 * SIGMA);
        assertThat(far / 100).isLessThan(SIGMA);
        assertThat(near / 100).isCloseTo(RECORDS, within(3 * SIGMA));
    }

    /** With few records, often no cell rises but a narrow one that noise has raised. */
    @Test
    void noiseInANarrowCellDrawsNoRecordsToIt() {
        for (int n = 0; n < 200; n++) {
            double[] counts = noisy(counts(random.ints(300)
                    .mapToDouble(i -> 9_000 + 2_000 * random.nextGaussian())
                    .toArray()));
            counts[BINS.ordered() - 1] = 3.2 * SIGMA;

            assertThat(RisenCells.of(BINS, counts, SIGMA).tails()).noneMatch(tail -> tail.holds(BINS.around(9_000)));
        }
    }

    @Test
    void aSecondHillFarOutIsKept() {
        double[] values =
                random.doubles(RECORDS).map(p -> -40 * Math.log(1 - p)).toArray();
        Arrays.fill(values, 0, 300, 15_500);
        double[] counts = noisy(counts(values));

        double[] flattened = RisenCells.of(BINS, counts, SIGMA).flattened(counts);

        assertThat(flattened[BINS.around(15_500)]).isEqualTo(counts[BINS.around(15_500)]);
        assertThat(sum(flattened, BINS.around(17_000), BINS.ordered())).isLessThan(2 * SIGMA);
    }

    @Test
    void whatIsSkewedKeepsItsShape() {
        // Exponential with mean 40, in a range of 20,000: all but a few in the first of 20 cells.
        double[] counts = noisy(
                counts(random.doubles(RECORDS).map(p -> -40 * Math.log(1 - p)).toArray()));
        RisenCells risen = RisenCells.of(BINS, counts, SIGMA);

        double[] flattened = risen.flattened(counts);

        assertThat(below(flattened, 62.5) / RECORDS).isCloseTo(1 - Math.exp(-62.5 / 40), within(0.02));
        assertThat(below(flattened, 15.625) / RECORDS).isCloseTo(1 - Math.exp(-15.625 / 40), within(0.02));
        assertThat(risen.spikes()).isEmpty();
        assertThat(flattened[BINS.bin(0)]).isLessThan(5);
    }

    @Test
    void aSpikeIsFoundInFrontOfASkew() {
        double[] values =
                random.doubles(RECORDS).map(p -> -40 * Math.log(1 - p)).toArray();
        Arrays.fill(values, 0, 3_000, 0);
        double[] counts = noisy(counts(values));

        RisenCells risen = RisenCells.of(BINS, counts, SIGMA);

        assertThat(risen.spikes()).containsExactly(0.0);
        assertThat(risen.flattened(counts)[BINS.bin(0)]).isCloseTo(3_000, within(4 * SIGMA));
    }

    @Test
    void valuesWithACellEachAreNeverTakenTogether() {
        for (int most : new int[] {1, 2, 5, 19}) {
            TableSchema schema = new TableSchema(
                    List.of(new NumericColumn("n", ColumnType.parse("integer"), 0, most, false, false)));
            NumberBins bins = (NumberBins) new TableBins(schema, TableBins.fine(schema, 20)).column(0);

            int[] groups =
                    RisenCells.of(bins, new double[most + 1], SIGMA).merged().groups();

            assertThat(groups).doesNotHaveDuplicates().hasSize(most + 1);
        }
    }

    /** A bound that no record reaches: the last value on a grid is a tail of its own. */
    @Test
    void aTailOfASingleValueIsATailToo() {
        TableSchema schema =
                new TableSchema(List.of(new NumericColumn("n", ColumnType.parse("integer"), 0, 5, false, false)));
        NumberBins bins = (NumberBins) new TableBins(schema, TableBins.fine(schema, 20)).column(0);
        for (double[] counts : new double[][] {
            {1_000, 1_000, 1_000, 1_000, 1_000, 10}, {10, 1_000, 1_000, 1_000, 1_000, 1_000}, {10, 0, 0, 0, 0, 1_000}
        }) {
            RisenCells risen = RisenCells.of(bins, counts, SIGMA);

            double[] flattened = risen.flattened(counts);

            assertThat(risen.tails()).hasSize(1);
            assertThat(sum(flattened, 0, 6)).isCloseTo(sum(counts, 0, 6), within(SIGMA));
            assertThat(Arrays.stream(flattened)).allMatch(count -> count >= 0);
        }
        assertThat(EmptyTail.of(bins, new double[] {10, 20, 0, 0, 0, 1_000}, 3 * SIGMA)
                        .get(0)
                        .shares())
                .containsExactly(new double[] {1 / 31.0, 2 / 31.0, 4 / 31.0, 8 / 31.0, 16 / 31.0}, within(1e-12));
    }

    @Test
    void aSpikeIsNoSkewAndASkewNoSpike() {
        double[] values = random.doubles(RECORDS, 0, 20_000).toArray();
        Arrays.fill(values, 0, 3_000, 0);
        double[] counts = noisy(counts(values));

        RisenCells risen = RisenCells.of(BINS, counts, SIGMA);

        assertThat(risen.spikes()).containsExactly(0.0);
        assertThat(below(risen.flattened(counts), 62.5)).isLessThan(100);
    }

    @Test
    void whatSaysNothingIsTakenTogether() {
        double[] even = random.doubles(RECORDS, 0, 20_000).toArray();

        int[] groups = RisenCells.of(BINS, noisy(counts(even)), SIGMA).merged().groups();

        int halves = BINS.around(1_000);
        assertThat(Arrays.copyOf(groups, halves)).containsOnly(0);
        assertThat(groups[halves]).isEqualTo(halves);
        assertThat(groups[BINS.bin(0)]).isZero();

        Arrays.fill(even, 0, 3_000, 0);
        int[] withSpike =
                RisenCells.of(BINS, noisy(counts(even)), SIGMA).merged().groups();

        assertThat(withSpike[BINS.bin(0)]).isEqualTo(BINS.bin(0));
    }

    private static double[] counts(double... values) {
        double[] counts = new double[BINS.count()];
        for (double value : values) {
            counts[BINS.bin(value)]++;
        }
        return counts;
    }

    private double[] noisy(double... counts) {
        return Arrays.stream(counts)
                .map(count -> count + SIGMA * random.nextGaussian())
                .toArray();
    }

    /** Of the cells in order that start below a code. */
    private static double below(double[] counts, double code) {
        return sum(counts, 0, BINS.around(code));
    }

    private static double sum(double[] counts, int from, int to) {
        return Arrays.stream(counts, from, to).sum();
    }
}
