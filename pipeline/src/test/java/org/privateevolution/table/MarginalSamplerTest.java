package org.privateevolution.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

class MarginalSamplerTest {

    private static final int DRAWS = 20_000;
    /** Five standard deviations of a share of one half: fails by chance once in a million. */
    private static final double TOLERANCE = 5 * 0.5 / Math.sqrt(DRAWS);

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void drawsHaveTheSharesOfTheCells() {
        MarginalSampler sampler = sampler(number("double", true), 0.25, 0, 0.5, 0.05, 0.2);
        double[] counts = new double[5];
        ColumnBins bins = ColumnBins.of(number("double", true), 4);
        for (int n = 0; n < DRAWS; n++) {
            counts[bins.bin(sampler.random(random).code(0))] += 1.0 / DRAWS;
        }

        assertThat(counts).containsExactly(new double[] {0.25, 0, 0.5, 0.05, 0.2}, within(TOLERANCE));
    }

    @Test
    void variationsLandInNoGapAndKeepTheShares() {
        MarginalSampler sampler = sampler(number("integer", false), 0.9, 0, 0, 0.1);
        ColumnBins bins = ColumnBins.of(number("integer", false), 4);
        TableRow row = sampler.random(random);
        double[] counts = new double[4];
        for (int n = 0; n < DRAWS; n++) {
            row = sampler.varied(row, 0.5, random);
            counts[bins.bin(row.code(0))] += 1.0 / DRAWS;
        }

        assertThat(counts[1] + counts[2]).isZero();
        // Steps are correlated, so the tolerance is wider than that of independent draws.
        assertThat(counts[0]).isCloseTo(0.9, within(3 * TOLERANCE));
    }

    @Test
    void aVariationOfDegreeZeroIsTheRow() {
        for (Column column : List.of(number("integer", true), category())) {
            double[] shares = new double[ColumnBins.of(column, 20).count()];
            java.util.Arrays.fill(shares, 1);
            MarginalSampler sampler = new MarginalSampler(bins(column), new double[][] {shares});
            for (int n = 0; n < 200; n++) {
                TableRow row = sampler.random(random);

                assertThat(sampler.varied(row, 0, random)).isEqualTo(row);
            }
        }
    }

    @Test
    void aNumberMovesByAtMostTheDegreeOfItsRank() {
        MarginalSampler sampler = sampler(number("double", false), 1, 1, 1, 1);
        for (int n = 0; n < 1_000; n++) {
            TableRow row = sampler.random(random);

            assertThat(sampler.varied(row, 0.1, random).code(0)).isCloseTo(row.code(0), within(10 + 1e-9));
        }
    }

    @Test
    void aColumnOfNullsOnlyGivesNulls() {
        MarginalSampler sampler = sampler(number("double", true), 0, 0, 0, 0, 1);

        assertThat(sampler.random(random).code(0)).isNaN();
        assertThat(sampler.varied(sampler.random(random), 1, random).code(0)).isNaN();
    }

    @Test
    void aSpikeIsHitExactlyAndLeftAsOftenAsItIsEntered() {
        NumericColumn column = number("double", false);
        TableBins bins = new TableBins(
                new TableSchema(List.of(column)),
                List.of(new NumberCells(NumberCells.even(column, 4).starts(), List.of(0.0))));
        MarginalSampler sampler = new MarginalSampler(bins, new double[][] {{0.1, 0.1, 0.1, 0.1, 0.6}});
        TableRow row = sampler.random(random);
        int spikes = 0;
        for (int n = 0; n < DRAWS; n++) {
            row = sampler.varied(row, 0.5, random);
            spikes += row.code(0) == 0 ? 1 : 0;
        }

        // Steps are correlated, so the tolerance is wider than that of independent draws.
        assertThat(spikes / (double) DRAWS).isCloseTo(0.6, within(3 * TOLERANCE));
    }

    @Test
    void sharesThatSayNothingAreRefused() {
        assertThatThrownBy(() -> sampler(number("double", false), 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 cells");
    }

    @Test
    void aCodeIsFoundAgainByItsCellAndFraction() {
        for (Column column : List.of(number("integer", false), number("double", false), category())) {
            ColumnBins bins = ColumnBins.of(column, 7);
            for (int cell = 0; cell < bins.count(); cell++) {
                for (double fraction : new double[] {0.01, 0.3, 0.99}) {
                    double code = bins.code(cell, fraction);

                    assertThat(bins.bin(code)).isEqualTo(cell);
                    assertThat(bins.code(cell, bins.fraction(code))).isCloseTo(code, within(1e-9));
                }
            }
        }
    }

    /** Of a column with four cells, or five with nulls. */
    private static MarginalSampler sampler(NumericColumn column, double... shares) {
        TableBins bins = bins(column);
        double[] fine = new double[bins.column(0).count()];
        int each = 20 / 4;
        for (int cell = 0; cell < 20; cell++) {
            fine[cell] = shares[cell / each] / each;
        }
        if (column.nullable()) {
            fine[20] = shares[4];
        }
        return new MarginalSampler(bins, new double[][] {fine});
    }

    private static TableBins bins(Column column) {
        return new TableBins(
                new TableSchema(List.of(column)),
                List.of(column instanceof NumericColumn numeric ? NumberCells.even(numeric, 20) : NumberCells.NONE));
    }

    private static NumericColumn number(String type, boolean nullable) {
        // Twenty values a cell of four, for the integer.
        double max = type.equals("integer") ? 99 : 100;
        return new NumericColumn("n", ColumnType.parse(type), 0, max, nullable, false);
    }

    private static CategoricalColumn category() {
        return new CategoricalColumn("c", ColumnType.parse("string"), List.of("a", "b", "c"), false, null);
    }
}
