package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.model.ColumnType.Kind;

class NumericColumnTest {

    private static final String SECRET = "31415926";

    @ParameterizedTest
    @CsvSource({
        "byte, -128, 127",
        "short, -32768, 32767",
        "integer, -2147483648, 2147483647",
        "long, -9007199254740992, 9007199254740992",
        "float, -1e30, 1e30",
        "double, -8e307, 8e307",
        "'decimal(15,4)', -99999999999.9999, 99999999999.9999",
        "'decimal(5,5)', -0.99999, 0.99999",
        "date, 0001-01-01, 9999-12-31",
        "timestamp, 1700-01-01, 2255-01-01",
        "timestamp_ntz, 1700-01-01, 2255-01-01"
    })
    void everyValueOfTheTypeComesBackFromItsCodeAndFromItsText(String typeName, String min, String max) {
        ColumnType type = ColumnType.parse(typeName);
        NumericColumn column = new NumericColumn(
                "c", type, NumericColumn.boundCode(type, min), NumericColumn.boundCode(type, max), false, false);
        Random random = new Random(7919);
        for (int i = 0; i < 1_009; i++) {
            double place = i == 0 ? 0 : i == 1 ? 1 : random.nextDouble();
            double code = column.round(column.min() + place * (column.max() - column.min()));
            assertThat(column.holds(code)).isTrue();
            assertThat(column.round(code)).isEqualTo(code);
            assertThat(column.encode(column.decode(code))).isEqualTo(code);
            assertThat(column.encode(column.text(code))).isEqualTo(code);
            assertThat(column.encode(" " + column.text(code) + " ")).isEqualTo(code);
        }
        assertThat(column.decode(column.min())).isEqualTo(column.decode(Double.NEGATIVE_INFINITY));
        assertThat(column.decode(column.max())).isEqualTo(column.decode(Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BYTE", "SHORT", "INTEGER", "LONG"})
    void aWholeNumberIsReadFromEveryNumberType(Kind kind) {
        NumericColumn column = new NumericColumn("c", ColumnType.of(kind), 0, 10, false, false);
        List<Object> threes = List.of(
                (byte) 3, (short) 3, 3, 3L, 3f, 3.0, new BigDecimal("3.0"), BigInteger.valueOf(3), "3", "3.0", " 3e0 ");
        assertThat(threes).allSatisfy(three -> assertThat(column.encode(three)).isEqualTo(3));
        assertThat(column.decode(3.4)).hasToString("3");
    }

    @Test
    void decodesToTheTypesThatSparkRowsHold() {
        assertThat(column("byte", 0, 9).decode(3)).isEqualTo((byte) 3);
        assertThat(column("short", 0, 9).decode(3)).isEqualTo((short) 3);
        assertThat(column("integer", 0, 9).decode(3)).isEqualTo(3);
        assertThat(column("long", 0, 9).decode(3)).isEqualTo(3L);
        assertThat(column("float", 0, 9).decode(0.1)).isEqualTo(0.1f);
        assertThat(column("double", 0, 9).decode(0.1)).isEqualTo(0.1);
        assertThat(column("decimal(7,3)", 0, 9).decode(3)).isEqualTo(new BigDecimal("3.000"));
        assertThat(column("date", 0, 9).decode(3)).isEqualTo(Date.valueOf("1970-01-04"));
        assertThat(column("timestamp", 0, 9).decode(3)).isEqualTo(Timestamp.from(Instant.ofEpochSecond(0, 3_000)));
        assertThat(column("timestamp_ntz", 0, 9).decode(3)).isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 3_000));
    }

    @Test
    void aFractionInAColumnOfWholeNumbersIsAnError() {
        NumericColumn column = new NumericColumn("c", ColumnType.of(Kind.INTEGER), 0, 10, false, true);
        for (Object value : List.of(3.5, "3.5", new BigDecimal("3.5"), 3.5f)) {
            assertThatThrownBy(() -> column.encode(value))
                    .isInstanceOf(UndeclaredValueException.class)
                    .hasMessageContaining("a whole number");
        }
    }

    @Test
    void aValueOutOfBoundsIsAnErrorThatKeepsTheValueToItself() {
        NumericColumn column = new NumericColumn("age", ColumnType.of(Kind.INTEGER), 0, 120, false, false);
        assertThatThrownBy(() -> column.encode(SECRET))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessage("column 'age': a private value is outside the declared bounds [0, 120]:"
                        + " widen min/max or set out_of_range: clamp")
                .hasNoCause();
        assertThat(column.encode(0)).isEqualTo(0);
        assertThat(column.encode(120)).isEqualTo(120);
        assertThatThrownBy(() -> column.encode(-1)).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(() -> column.encode(121)).isInstanceOf(UndeclaredValueException.class);
    }

    @Test
    void aClampedValueMovesToTheBoundEvenBeyondTheType() {
        NumericColumn column = new NumericColumn("age", ColumnType.of(Kind.BYTE), 0, 120, false, true);
        assertThat(column.encode(-1)).isEqualTo(0);
        assertThat(column.encode(121)).isEqualTo(120);
        assertThat(column.encode("1e300")).isEqualTo(120);
        assertThat(column.encode(Long.MIN_VALUE)).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STRING", "BOOLEAN"})
    void whatIsNotAFiniteValueOfTheTypeIsAlwaysAnError(Kind kind) {
        NumericColumn column = new NumericColumn("c", ColumnType.of(kind), 0, 10, false, true);
        List<Object> values = Arrays.asList(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                "NaN",
                "Infinity",
                "-inf",
                "1e400",
                "x" + SECRET,
                "3d",
                "0x3",
                "2024-13-01",
                "2024-02-30",
                "2024-01-01 25:00:00",
                true,
                List.of(SECRET));
        assertThat(values).allSatisfy(value -> assertThatThrownBy(() -> column.encode(value))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("column 'c': a private value is not a")
                .hasMessageNotContaining(SECRET)
                .hasNoCause());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STRING", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ"})
    void aNumberThatIsMissingInPandasOrSparkIsNull(Kind kind) {
        NumericColumn column = new NumericColumn("c", ColumnType.of(kind), 0, 10, true, false);

        assertThat(List.<Object>of(Double.NaN, Float.NaN, "NaN", " nan "))
                .allSatisfy(value -> assertThat(column.encode(value)).isNaN());
        assertThatThrownBy(() -> new NumericColumn("c", ColumnType.of(kind), 0, 10, false, false).encode(Double.NaN))
                .hasMessageContaining("it is NaN, which nullable: true takes for null");
        assertThatThrownBy(() -> column.encode("nano")).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(() -> column.encode(Double.POSITIVE_INFINITY)).isInstanceOf(UndeclaredValueException.class);
    }

    @Test
    void nanIsNoDay() {
        NumericColumn column = new NumericColumn("c", ColumnType.of(Kind.DATE), 0, 10, true, false);

        assertThatThrownBy(() -> column.encode("NaN"))
                .hasMessageContaining("declare the column's type to match its values");
    }

    @Test
    void aDecimalCommaIsNamed() {
        NumericColumn column = column("decimal(10,2)", 0, 5000);

        for (String value : List.of("1,5", "-1.230,50", "1 230,50", "1'230,50")) {
            assertThatThrownBy(() -> column.encode(value))
                    .hasMessageEndingWith("it seems to have a decimal comma; write the numbers with a decimal point")
                    .hasMessageNotContaining(value);
        }
        assertThatThrownBy(() -> column.encode("1,x")).hasMessageContaining("declare the column's type");
    }

    @Test
    void nullNeedsANullableColumn() {
        NumericColumn nullable = new NumericColumn("c", ColumnType.of(Kind.DOUBLE), 0, 1, true, false);
        for (Object value : Arrays.asList(null, "", "  ")) {
            assertThat(nullable.encode(value)).isNaN();
            assertThatThrownBy(() -> column("double", 0, 1).encode(value))
                    .isInstanceOf(UndeclaredValueException.class)
                    .hasMessageContaining("nullable: true");
        }
        assertThat(nullable.decode(TableRow.NULL)).isNull();
        assertThat(nullable.text(TableRow.NULL)).isEmpty();
        assertThat(nullable.round(TableRow.NULL)).isNaN();
        assertThat(nullable.position(TableRow.NULL)).isNaN();
        assertThat(nullable.holds(TableRow.NULL)).isTrue();
        assertThat(column("double", 0, 1).holds(TableRow.NULL)).isFalse();
    }

    @Test
    void negativeZeroIsZero() {
        TableRow zero = new TableRow(new double[] {0.0});
        for (String type : List.of("double", "float", "decimal(9,2)", "integer")) {
            NumericColumn column = column(type, -1, 1);
            assertThat(new TableRow(new double[] {column.encode(-0.0)})).isEqualTo(zero);
            assertThat(new TableRow(new double[] {column.round(-0.001 * column.step())}))
                    .isEqualTo(zero);
        }
    }

    @Test
    void decimalsAreTheDoublesNearestToTheirDigits() {
        NumericColumn column = column("decimal(12,2)", -1e9, 1e9);
        Random random = new Random(104_729);
        for (int i = 0; i < 10_007; i++) {
            long cents = random.nextLong(-100_000_000_000L, 100_000_000_001L);
            BigDecimal exact = BigDecimal.valueOf(cents, 2);
            assertThat(column.encode(exact)).isEqualTo(exact.doubleValue());
            assertThat(column.decode(exact.doubleValue() + 0.004)).isEqualTo(exact);
            assertThat(column.round(exact.doubleValue() - 0.004)).isEqualTo(exact.doubleValue());
        }
        assertThat(column.encode(0.1 + 0.2)).isEqualTo(0.3);
    }

    @Test
    void limitedDecimalsAreThoseOfTheValuesThatAreMade() {
        NumericColumn column =
                new NumericColumn("n", ColumnType.parse("double"), 0.0, 9.99, false, false, 2, List.of());

        assertThat(column.decode(1.0 / 3)).isEqualTo(0.33);
        assertThat(column.text(2.0 / 3)).isEqualTo("0.67");
        assertThat(column.step()).isEqualTo(0.01);
        // What is private is not changed.
        assertThat(column.encode(1.0 / 3)).isEqualTo(1.0 / 3);
    }

    @Test
    void decimalsReachTheLimitsOfTheirPrecision() {
        ColumnType whole = ColumnType.decimal(38, 0);
        BigDecimal largest = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);
        NumericColumn wide = new NumericColumn(
                "c",
                whole,
                NumericColumn.boundCode(whole, largest.negate()),
                NumericColumn.boundCode(whole, largest.toPlainString()),
                false,
                false);
        assertThat(wide.decode(wide.max())).isEqualTo(largest);
        assertThat(wide.decode(wide.min())).isEqualTo(largest.negate());
        assertThat(((BigDecimal) wide.decode(1.5e37)).precision()).isLessThanOrEqualTo(38);

        NumericColumn fractions = column("decimal(38,38)", 0, 0.5);
        assertThat(fractions.decode(0.3)).isEqualTo(new BigDecimal("0.3").setScale(38));
        assertThatThrownBy(() -> column("decimal(38,38)", 0, 2)).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> column("decimal(5,2)", 0, 1000)).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> column("decimal(5,2)", 0, 0.125)).hasMessageContaining("2 digits after the point");
    }

    @Test
    void longsKeepToTheirBoundsAtTheExtremes() {
        NumericColumn column = column("long", -0x1p62, 0x1p62);
        assertThat(column.decode(0x1p62)).isEqualTo(1L << 62);
        assertThat(column.decode(0x1p63)).isEqualTo(1L << 62);
        assertThatThrownBy(() -> column("long", 0, 0x1p64)).hasMessageContaining("does not fit into long");
        NumericColumn widest = column("long", Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(widest.decode(widest.encode(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(widest.decode(widest.encode(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void floatBoundsAreFloats() {
        NumericColumn column = column("float", 0.1, 0.3);
        assertThat(column.encode(0.1f)).isEqualTo(0.1f);
        assertThat(column.encode("0.3")).isEqualTo(0.3f);
        assertThat(column.round(0.2)).isEqualTo(0.2f);
    }

    @Test
    void aTimestampTextWithoutOffsetIsInUtcWhateverTheClocksDoLocally() {
        NumericColumn column = column("timestamp", -1e16, 1e16);
        double code = column.encode(Timestamp.from(Instant.parse("2024-03-31T02:30:00.123456Z")));
        for (String text : List.of(
                "2024-03-31 02:30:00.123456",
                "2024-03-31T02:30:00.123456",
                "2024-03-31T02:30:00.123456Z",
                "2024-03-31 04:30:00.123456+02:00",
                "2024-03-31 04:30:00.123456+0200",
                "2024-03-30T21:00:00.123456-05:30")) {
            assertThat(column.encode(text)).as(text).isEqualTo(code);
        }
        assertThat(column.encode("2024-03-31")).isEqualTo(column.encode("2024-03-31 00:00"));
        assertThat(column.text(code)).isEqualTo("2024-03-31T02:30:00.123456Z");
    }

    @Test
    void nanosecondsAreCutToMicrosecondsDownward() {
        NumericColumn column = column("timestamp", -1e16, 1e16);
        assertThat(column.encode(Instant.ofEpochSecond(0, 1_999))).isEqualTo(1);
        assertThat(column.encode(Instant.ofEpochSecond(-1, 999_999_999))).isEqualTo(-1);
        assertThat(column("timestamp_ntz", -1e16, 1e16).encode(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1_999)))
                .isEqualTo(1);
    }

    @Test
    void aTimestampWithAndOneWithoutZoneAreNotMistakenForEachOther() {
        NumericColumn instants = column("timestamp", -1e16, 1e16);
        NumericColumn locals = column("timestamp_ntz", -1e16, 1e16);
        assertThatThrownBy(() -> instants.encode(LocalDateTime.MIN)).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(() -> locals.encode(Instant.EPOCH)).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(() -> locals.encode("2024-03-31T02:30:00Z")).isInstanceOf(UndeclaredValueException.class);
    }

    @Test
    void timestampsAtTheEndsOfTimeStayInBounds() {
        NumericColumn column = column("timestamp", 0, 1e15);
        NumericColumn clamped = new NumericColumn("c", ColumnType.of(Kind.TIMESTAMP), 0, 1e15, false, true);
        for (Instant end : List.of(Instant.MIN, Instant.MAX)) {
            assertThatThrownBy(() -> column.encode(end)).hasMessageContaining("declared bounds");
        }
        assertThat(clamped.encode(Instant.MAX)).isEqualTo(1e15);
        ColumnType type = ColumnType.of(Kind.TIMESTAMP_NTZ);
        NumericColumn widest = new NumericColumn(
                "c",
                type,
                NumericColumn.boundCode(type, "0001-01-01"),
                NumericColumn.boundCode(type, "9999-12-31 23:59:59.999999"),
                false,
                false);
        assertThat(widest.decode(widest.max())).isEqualTo(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    }

    @Test
    void datesAreReadInEveryForm() {
        NumericColumn column = column("date", -1e5, 1e5);
        double code = LocalDate.of(2024, 2, 29).toEpochDay();
        assertThat(column.encode("2024-02-29")).isEqualTo(code);
        assertThat(column.encode(LocalDate.of(2024, 2, 29))).isEqualTo(code);
        assertThat(column.encode(Date.valueOf("2024-02-29"))).isEqualTo(code);
        assertThat(column.text(code)).isEqualTo("2024-02-29");
        assertThat(column.round(code + 0.4)).isEqualTo(code);
    }

    @Test
    void aConstantColumnLiesAtZero() {
        NumericColumn column = column("integer", 7, 7);
        assertThat(column.position(7)).isEqualTo(0);
        assertThat(column.encode(7)).isEqualTo(7);
        assertThat(column.round(1e9)).isEqualTo(7);
    }

    @Test
    void positionRunsFromZeroToOne() {
        NumericColumn column = column("double", -8e307, 8e307);
        assertThat(column.position(-8e307)).isEqualTo(0);
        assertThat(column.position(0)).isEqualTo(0.5);
        assertThat(column.position(8e307)).isEqualTo(1);
    }

    @Test
    void aDeclarationThatCannotWorkIsRefused() {
        assertRefused("integer", 1, 0, "min 1 is greater than max 0");
        assertRefused("date", 1, 0, "min 1970-01-02 is greater than max 1970-01-01");
        assertRefused("integer", 0.5, 1, "min 0.5 is not of type integer");
        assertRefused("byte", 0, 128, "128.0 does not fit into byte");
        assertRefused("double", Double.NaN, 1, "min is NaN");
        assertRefused("double", 0, Double.POSITIVE_INFINITY, "max is Infinity");
        assertRefused("double", -Double.MAX_VALUE, Double.MAX_VALUE, "max - min");
        assertRefused("float", 0, 1e39, "does not fit into float");
        assertRefused("date", -1e6, 0, "years 1 to 9999");
        assertRefused("string", 0, 1, "declare its categories");
        assertRefused("boolean", 0, 1, "declare its categories");
        assertThatThrownBy(() -> NumericColumn.boundCode(ColumnType.of(Kind.DATE), "12/31/2024"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'12/31/2024' is not of type date, which takes a date such as 2024-12-31");
    }

    private static void assertRefused(String type, double min, double max, String message) {
        assertThatThrownBy(() -> column(type, min, max))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'c'")
                .hasMessageContaining(message);
    }

    private static NumericColumn column(String type, double min, double max) {
        return new NumericColumn("c", ColumnType.parse(type), min, max, false, false);
    }
}
