package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedValueTest {

    private static NumericColumn column(String type, String min, String max, String... special) {
        ColumnType of = ColumnType.parse(type);
        return new NumericColumn(
                "c",
                of,
                NumericColumn.exactCode(of, min),
                NumericColumn.exactCode(of, max),
                false,
                false,
                NumericColumn.ALL_DECIMALS,
                List.of(special).stream()
                        .map(text -> NumericColumn.exactCode(of, text))
                        .toList());
    }

    private static String text(NumericColumn column, double code) {
        return PublishedValue.text(column, new TableRow(new double[] {code}), 0);
    }

    private static Object value(NumericColumn column, double code) {
        return PublishedValue.of(column, new TableRow(new double[] {code}), 0);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00Z, 2020-12-31T23:59:59Z, 2020-01-01T00:00:12Z",
        "2020-01-01T00:00:00Z, 2020-12-31T23:59:59.999Z, 2020-01-01T00:00:12.346Z",
        "2020-01-01T00:00:00Z, 2020-12-31T23:59:59.999999Z, 2020-01-01T00:00:12.345678Z",
    })
    void aTimestampHasNoFinerFractionThanItsBounds(String min, String max, String shown) {
        NumericColumn column = column("timestamp", min, max);

        assertThat(text(column, column.min() + 12_345_678)).isEqualTo(shown);
        assertThat(value(column, column.min() + 12_345_678)).isEqualTo(Instant.parse(shown));
        assertThat(value(column, column.max())).isEqualTo(Instant.parse(max));
        assertThat(value(column, column.min())).isEqualTo(Instant.parse(min));
    }

    @Test
    void specialValuesCountAsBounds() {
        NumericColumn column =
                column("timestamp_ntz", "2020-01-01T00:00:00", "2020-12-31T00:00:00", "2020-02-01T00:00:00.5");

        assertThat(value(column, column.special().get(0))).isEqualTo(LocalDateTime.parse("2020-02-01T00:00:00.5"));
        assertThat(value(column, column.min() + 1_600)).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.002"));
    }

    @Test
    void eachDayFromYear1To9999IsKept() {
        NumericColumn column = column("date", "0001-01-01", "9999-12-31");
        for (LocalDate day = LocalDate.of(1582, 9, 1); day.isBefore(LocalDate.of(1582, 12, 1)); day = day.plusDays(1)) {
            assertThat(value(column, day.toEpochDay())).isEqualTo(day);
        }
        assertThat(text(column, column.min())).isEqualTo("0001-01-01");
        assertThat(text(column, column.max())).isEqualTo("9999-12-31");
    }

    @Test
    void theLastMicrosecondStaysInTheYear9999() {
        NumericColumn column = column("timestamp", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z");

        assertThat(value(column, column.max())).isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
        assertThat(value(column, column.min())).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"12345678.5, 12345678.5", "12345678, 12345678.0", "0.5, 0.5", "2e-4, 0.0002", "1e20, 1.0E20"})
    void numbersHaveNoExponentUnlessTheyAreExtreme(double number, String shown) {
        assertThat(text(column("double", "0", "1e300"), number)).isEqualTo(shown);
    }

    @Test
    void decimalsHaveTheirDeclaredDigits() {
        assertThat(text(column("decimal(9,2)", "0", "1000"), 12.5)).isEqualTo("12.50");
        assertThat(text(column("decimal(38,10)", "0", "1"), 0)).isEqualTo("0.0000000000");
    }
}
