package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.model.ColumnType.Kind;

class CategoricalColumnTest {

    private static final String SECRET = "Quetzalcoatl";

    @Test
    void aStringMatchesItsCategoryExactly() {
        CategoricalColumn column = strings(false, null, "low", "Low", " low");
        assertThat(column.encode("low")).isEqualTo(0);
        assertThat(column.encode("Low")).isEqualTo(1);
        assertThat(column.encode(" low")).isEqualTo(2);
        assertThat(column.encode(CharBuffer.wrap("Low"))).isEqualTo(1);
        assertThatThrownBy(() -> column.encode("low ")).isInstanceOf(UndeclaredValueException.class);
    }

    @Test
    void aNumberThatIsMissingInPandasOrSparkIsNull() {
        CategoricalColumn levels =
                new CategoricalColumn("c", ColumnType.of(Kind.INTEGER), List.of("1", "2"), true, null);
        CategoricalColumn names = strings(true, null, "1", "NaN");

        assertThat(levels.encode(Double.NaN)).isNaN();
        assertThat(levels.encode("NaN")).isNaN();
        assertThat(levels.encode(1.0)).isEqualTo(0);
        assertThat(names.encode(Double.NaN)).isNaN();
        assertThat(names.encode("NaN")).isEqualTo(1);
        assertThatThrownBy(() -> strings(false, null, "1").encode(Double.NaN))
                .hasMessageContaining("it is NaN, which nullable: true takes for null");
    }

    @Test
    void everyCategoryComesBackFromItsCodeAmongManyOfThem() {
        int categories = 10_007;
        CategoricalColumn column = new CategoricalColumn(
                "c",
                ColumnType.of(Kind.STRING),
                IntStream.range(0, categories).mapToObj(i -> "é" + i).toList(),
                false,
                null);
        for (int i = 0; i < categories; i++) {
            assertThat(column.encode(column.decode(i))).isEqualTo(i);
        }
    }

    @Test
    void anUndeclaredValueIsAnErrorThatKeepsTheValueToItself() {
        assertThatThrownBy(() -> strings(false, null, "a", "b").encode(SECRET))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("column 'c'")
                .hasMessageContaining("set other")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void otherTakesEveryUndeclaredValueButNoNull() {
        CategoricalColumn column = strings(false, "b", "a", "b");
        assertThat(column.encode(SECRET)).isEqualTo(1);
        assertThatThrownBy(() -> column.encode(null))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("nullable: true");
    }

    @Test
    void nullAndEmptyAreNullUnlessEmptyIsACategory() {
        CategoricalColumn nullable = strings(true, "a", "a");
        assertThat(nullable.encode(null)).isNaN();
        assertThat(nullable.encode("")).isNaN();
        assertThat(nullable.encode(" ")).isEqualTo(0);
        assertThat(nullable.decode(TableRow.NULL)).isNull();
        assertThat(nullable.text(TableRow.NULL)).isEmpty();

        CategoricalColumn withEmpty = strings(true, null, "a", "");
        assertThat(withEmpty.encode("")).isEqualTo(1);
        assertThat(withEmpty.encode(null)).isNaN();

        CategoricalColumn integers = new CategoricalColumn("c", ColumnType.of(Kind.INTEGER), List.of("1"), true, null);
        assertThat(integers.encode("  ")).isNaN();
    }

    @Test
    void aBooleanHasItsTwoCategoriesByDefault() {
        CategoricalColumn column = new CategoricalColumn("c", ColumnType.of(Kind.BOOLEAN), List.of(), false, null);
        assertThat(column.categories()).containsExactly("false", "true");
        assertThat(column.encode(true)).isEqualTo(1);
        assertThat(column.encode(" FALSE ")).isEqualTo(0);
        assertThat(column.decode(1)).isEqualTo(true);
        assertThat(column.text(0)).isEqualTo("false");
        assertThatThrownBy(() -> column.encode("yes"))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("true or false");
        assertThatThrownBy(() -> column.encode(1)).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(
                        () -> new CategoricalColumn("c", ColumnType.of(Kind.BOOLEAN), List.of("Y", "N"), false, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Y'");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BYTE", "SHORT", "INTEGER", "LONG"})
    void aWholeNumberMatchesItsCategoryInWhateverTypeTheSourceHoldsIt(Kind kind) {
        CategoricalColumn column =
                new CategoricalColumn("c", ColumnType.of(kind), List.of("-7", "3", "0"), false, null);
        List<Object> threes = List.of(
                (byte) 3,
                (short) 3,
                3,
                3L,
                3f,
                3.0,
                new BigDecimal("3.00"),
                new BigDecimal("0.3e1"),
                BigInteger.valueOf(3),
                "3",
                " 3.0 ",
                "+3",
                "03");
        assertThat(threes).allSatisfy(three -> assertThat(column.encode(three)).isEqualTo(1));
        assertThat(column.encode(-0.0)).isEqualTo(2);
        assertThat(column.encode(column.decode(0))).isEqualTo(0);
        assertThat(column.decode(0)).hasToString("-7");
    }

    @Test
    void aNumberMatchesAStringCategoryThatIsWrittenAsOne() {
        CategoricalColumn column = strings(false, null, "3", "2.5", "true");
        assertThat(column.encode(3)).isEqualTo(0);
        assertThat(column.encode(3.0)).isEqualTo(0);
        assertThat(column.encode(2.5)).isEqualTo(1);
        assertThat(column.encode(true)).isEqualTo(2);
        assertThatThrownBy(() -> column.encode("3.0")).isInstanceOf(UndeclaredValueException.class);
    }

    @Test
    void longCategoriesBeyondDoublesStayApart() {
        CategoricalColumn column = new CategoricalColumn(
                "c",
                ColumnType.of(Kind.LONG),
                List.of("9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808"),
                false,
                null);
        assertThat(column.encode(9007199254740993L)).isEqualTo(1);
        assertThat(column.encode("9007199254740993")).isEqualTo(1);
        assertThat(column.decode(2)).isEqualTo(Long.MAX_VALUE);
        assertThat(column.decode(3)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aValueOfAnotherKindIsAnErrorEvenWithOther() {
        CategoricalColumn column = new CategoricalColumn("c", ColumnType.of(Kind.INTEGER), List.of("1"), false, "1");
        for (Object value : Arrays.asList(3.5, "3.5", SECRET, Double.NaN, Double.POSITIVE_INFINITY, "NaN", List.of())) {
            assertThatThrownBy(() -> column.encode(value))
                    .isInstanceOf(UndeclaredValueException.class)
                    .hasMessageContaining("a whole number")
                    .hasMessageNotContaining(SECRET)
                    .hasNoCause();
        }
        assertThat(column.encode("1e400000000")).isEqualTo(0);
        CategoricalColumn strings = strings(false, "a", "a");
        assertThatThrownBy(() -> strings.encode(Double.NaN)).isInstanceOf(UndeclaredValueException.class);
        assertThatThrownBy(() -> strings.encode(List.of(SECRET)))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aDeclarationThatCannotWorkIsRefused() {
        assertRefused(Kind.STRING, List.of(), "at least one");
        assertRefused(Kind.STRING, List.of("a", "b", "a"), "'a' is declared twice");
        assertRefused(Kind.STRING, Arrays.asList("a", null), "nullable: true");
        assertRefused(Kind.INTEGER, List.of("1", "1.0"), "'1' is declared twice");
        assertRefused(Kind.INTEGER, List.of("1.5"), "'1.5' is not of type integer");
        assertRefused(Kind.BYTE, List.of("128"), "'128' is not of type byte");
        assertRefused(Kind.LONG, List.of("9223372036854775808"), "is not of type long");
        assertRefused(Kind.DATE, List.of("2024-01-01"), "has no categories");
        assertThatThrownBy(() -> strings(false, "z", "a")).hasMessageContaining("other is 'z'");
        assertThatThrownBy(() -> new CategoricalColumn(" ", ColumnType.of(Kind.STRING), List.of("a"), false, null))
                .hasMessageContaining("no name");
    }

    @Test
    void laterChangesOfTheDeclaredListDoNotReachTheColumn() {
        List<String> categories = new ArrayList<>(List.of("a", "b"));
        CategoricalColumn column = new CategoricalColumn("c", ColumnType.of(Kind.STRING), categories, false, null);
        categories.set(0, "z");
        assertThat(column.encode("a")).isEqualTo(0);
        assertThat(column).isEqualTo(strings(false, null, "a", "b")).hasSameHashCodeAs(strings(false, null, "a", "b"));
    }

    @Test
    void holdsExactlyTheCodesOfItsCategories() {
        CategoricalColumn column = strings(false, null, "a", "b");
        assertThat(column.holds(0)).isTrue();
        assertThat(column.holds(1)).isTrue();
        for (double code : new double[] {-1, 0.5, 2, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(column.holds(code)).isFalse();
        }
        assertThat(strings(true, null, "a").holds(TableRow.NULL)).isTrue();
        assertThatThrownBy(() -> column.decode(0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> column.text(2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(Kind kind, List<String> categories, String message) {
        assertThatThrownBy(() -> new CategoricalColumn("c", ColumnType.of(kind), categories, false, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'c'")
                .hasMessageContaining(message);
    }

    private static CategoricalColumn strings(boolean nullable, String other, String... categories) {
        return new CategoricalColumn("c", ColumnType.of(Kind.STRING), List.of(categories), nullable, other);
    }
}
