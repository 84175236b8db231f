package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.Constraint;

class ConstraintReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "low<=high",
                "`low` <= HIGH",
                "not (married and low < 18) or stars in (1,2)",
                "start <= end - 30",
                "-low + high >= -4.5",
                "end between date '2020-01-01' and '2021-01-01'",
                "seen > '2010-01-01T00:00:00Z'",
                "city RLIKE '^(Oslo|Gr.z)$'",
                "home != country",
                "married = false",
                "city not in ('Oslo')",
                "plan <> 'basic' OR stars is not null",
                "UNIQUE (city, start)",
                "unique(id)",
                "UNIQUE (id, city)",
                "city, plan DETERMINES low",
            })
    void reads(String text) {
        assertThat(TestTable.read(text).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "lwo <= high | no column lwo; the columns are low, high",
                "low <= | expected the name of a column instead of the end",
                "low <= high high | expected AND, OR or the end instead of high",
                "low | expected a comparison instead of the end",
                "(low < 3 | expected ) instead of the end",
                "low % 2 = 0 | cannot read % 2 = 0",
                "low < 'x' | column low has numbers: write 'x' without quotes",
                "city < 'Oslo' | column city has no order: compare it by =, !=, IN or RLIKE",
                "city = 'oslo' | 'oslo' is not a value of column city, which has Oslo, Bergen, Wien, Graz",
                "city = country + 1 | column city is a string",
                "city = married | columns city and married have different types",
                "city < country | columns city and country have no order",
                "start < seen | compare a date with one other date",
                "start + end > 3 | compare a date with one other date",
                "seen < seen | column seen is named twice in a comparison",
                "end <= start + 0.5 | only a whole number of days can be added, and only to a date",
                "start < '2020-13-01' | '2020-13-01' is not of type date",
                "low RLIKE '1' | RLIKE needs a column of strings, but low is a integer",
                "city RLIKE '(' | '(' is no regular expression",
                "city RLIKE '\\d' | write two backslashes for one, as in SQL",
                "city RLIKE Oslo | expected a pattern in 'single quotes' after RLIKE",
                "low = NULL | write IS NULL or IS NOT NULL",
                "3 IS NULL | expected the name of a column before IS NULL",
                "low NOT 3 | expected IN, BETWEEN or RLIKE instead of 3",
                "id = 'K1' | column id is made up after the rest of the row: only UNIQUE may name it",
                "UNIQUE (plan) | name a column besides the label",
                "UNIQUE (city, city) | column city is named twice",
                "UNIQUE (name) | values of the made-up column name may repeat",
                "UNIQUE (city | expected ) instead of the end",
                "low DETERMINES city | column low has no categories",
                "city DETERMINES plan | the label cannot be determined",
                "city DETERMINES city | column city determines itself",
                "city DETERMINES | expected the name of a column instead of the end",
            })
    void refuses(String text, String message) {
        assertThatThrownBy(() -> TestTable.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("`" + text + "`: ")
                .hasMessageContaining(message);
    }

    private static void assertRefused(String message, Constraint... constraints) {
        assertThatThrownBy(() -> Constraints.of(TestTable.table(TestTable.SCHEMA, constraints), TestTable.LABELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesConstraintsThatDoNotFitTogether() {
        assertRefused(
                "column country is determined already, by `city DETERMINES country`",
                TestTable.texts("city DETERMINES country", "home DETERMINES country"));
        assertRefused(
                "column city determines itself, directly or through others",
                TestTable.texts("city DETERMINES country", "country DETERMINES home", "home DETERMINES city"));
        assertRefused(
                "there is another UNIQUE of columns that are learnt, `UNIQUE (city)`",
                TestTable.texts("UNIQUE (city)", "UNIQUE (start)"));
        assertRefused(
                "column country is determined by `city DETERMINES country`, with values that are learnt, so that this"
                        + " might contradict them",
                TestTable.texts("city DETERMINES country", "country != 'Italy'"));
        assertRefused(
                "with values that are learnt: leave it out of the key",
                TestTable.texts("city DETERMINES country", "UNIQUE (country, start)"));
    }

    @Test
    void refusesMapsThatMissAValueOrNameAnother() {
        Map<String, String> values =
                new LinkedHashMap<>(Map.of("Oslo", "Norway", "Bergen", "Norway", "Wien", "Austria"));
        assertRefused(
                "no value is given for Graz of column city: add it",
                TestTable.mapped("city DETERMINES country", values));
        values.put("Graz", "Styria");
        assertRefused(
                "'Styria' is not a declared value of column country",
                TestTable.mapped("city DETERMINES country", values));
        values.put("Graz", "null");
        assertRefused(
                "column country is never null: set nullable: true, or give another value",
                TestTable.mapped("city DETERMINES country", values));
        values.put("Graz", "Austria");
        values.put("Paris", "Italy");
        assertRefused("'Paris' is not a value of column city", TestTable.mapped("city DETERMINES country", values));
        assertRefused(
                "a map of values needs one determining column",
                TestTable.mapped("city, plan DETERMINES country", values));
        assertRefused("only a constraint with DETERMINES has a map of values", TestTable.mapped("low < high", values));
        assertRefused(
                "'99' is not a declared value of column low",
                TestTable.mapped("married DETERMINES low", Map.of("true", "99", "false", "0")));
    }

    @Test
    void allProblemsAreFoundTogether() {
        ConstraintReader reader = new ConstraintReader(
                TestTable.table(TestTable.SCHEMA, TestTable.texts("lwo < 1", "low < high", "UNIQUE ()")),
                TestTable.LABELS);
        reader.read();

        assertThat(reader.problems()).extracting(ConstraintReader.Problem::rule).isEqualTo(List.of(0, 2));
    }
}
