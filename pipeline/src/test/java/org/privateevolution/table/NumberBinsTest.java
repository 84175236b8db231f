package org.privateevolution.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;

class NumberBinsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 19, 20, 21, 23, 101, 997, 7_919})
    void aGridIsSharedOutEvenlyInOrder(int values) {
        NumberBins bins = new NumberBins(column("integer", -5, values - 6.0), 20);
        int expected = Math.min(20, values);
        assertThat(bins.count()).isEqualTo(expected);
        int[] perBin = new int[expected];
        int previous = 0;
        for (int value = 0; value < values; value++) {
            int bin = bins.bin(value - 5.0);
            assertThat(bin).isBetween(previous, previous + 1);
            perBin[bin]++;
            previous = bin;
        }
        int fewest = IntStream.of(perBin).min().orElseThrow();
        int most = IntStream.of(perBin).max().orElseThrow();
        assertThat(fewest).isPositive();
        assertThat(most - fewest).isLessThanOrEqualTo(1);
    }

    @Test
    void theTextOfAGridCellNamesItsFirstAndLastValue() {
        NumberBins bins = new NumberBins(column("integer", 0, 120), 20);
        for (int bin = 0; bin < 20; bin++) {
            String[] ends = bins.text(bin).split(" to ", -1);
            assertThat(bins.bin(Double.parseDouble(ends[0]))).isEqualTo(bin);
            assertThat(bins.bin(Double.parseDouble(ends[1]))).isEqualTo(bin);
            if (bin > 0) {
                assertThat(bins.bin(Double.parseDouble(ends[0]) - 1)).isEqualTo(bin - 1);
            }
        }
        assertThat(new NumberBins(column("integer", 0, 9), 20).text(3)).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "double, 0, 1, 0.45 to 0.5",
        "double, -1.01, 98.99, 43.99 to 48.99",
        "double, 0, 3, 1.35 to 1.5",
        "'decimal(9,2)', 0, 99.99, 45 to 49.99",
        "double, 0, 2e30, 9E+29 to 1E+30",
        "float, 0, 2e-20, 9E-21 to 1E-20",
        "date, 0, 3652, 1974-07-03 to 1975-01-01",
        "timestamp, 0, 1728000000000, 1970-01-10 to 1970-01-11",
        "timestamp, 0, 20000000, 1970-01-01T00:00:09 to 1970-01-01T00:00:10"
    })
    void edgesAreShownWithTheDigitsThatTheyNeed(String type, double min, double max, String text) {
        assertThat(new NumberBins(column(type, min, max), 20).text(9)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "double, -8e307, 8e307", "double, 0, 4.9e-324", "float, -3e38, 3e38", "long, -9.2e18, 9.2e18",
        "'decimal(38,0)', -1e37, 1e37", "timestamp, -6e16, 2e17", "double, 7, 7", "'decimal(5,5)', 0.5, 0.5"
    })
    void extremeBoundsGiveCellsInRangeAndATextForEach(String type, double min, double max) {
        for (int most : new int[] {20, 1_000}) {
            NumberBins bins = new NumberBins(column(type, min, max), most);
            assertThat(bins.bin(min)).isZero();
            assertThat(bins.bin(max)).isEqualTo(bins.count() - 1);
            assertThat(bins.spacing()).isBetween(1e-3, 1.0);
            for (int bin = 0; bin < bins.count(); bin++) {
                assertThat(bins.text(bin)).isNotBlank();
            }
        }
    }

    @Test
    void nullsHaveTheLastCell() {
        NumberBins bins = new NumberBins(new NumericColumn("n", ColumnType.parse("double"), 0, 1, true, false), 20);
        assertThat(bins.count()).isEqualTo(21);
        assertThat(bins.ordered()).isEqualTo(20);
        assertThat(bins.bin(TableRow.NULL)).isEqualTo(20);
        assertThat(bins.text(20)).isEqualTo("(null)");
    }

    private static NumericColumn column(String type, double min, double max) {
        return new NumericColumn("n", ColumnType.parse(type), min, max, false, false);
    }
}
