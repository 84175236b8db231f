package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privateevolution.constraint.ConstraintReader.Problem;
import org.privateevolution.model.Constraint;

class ContradictionsTest {

    private static Optional<Problem> found(Constraint... constraints) {
        return new Contradictions(
                        List.of(constraints),
                        Constraints.of(TestTable.table(TestTable.SCHEMA, constraints), TestTable.LABELS))
                .find();
    }

    private static void assertFound(int rule, String message, Constraint... constraints) {
        Problem problem = found(constraints).orElseThrow();
        assertThat(problem.message()).contains(message);
        assertThat(problem.rule()).isEqualTo(rule);
    }

    @Test
    void constraintsThatSomeRowObeysAreSound() {
        assertThat(found(TestTable.texts(
                        "low <= high", "gross = net + tax", "end IS NULL OR plan = 'plus'", "UNIQUE (id)")))
                .isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void aConstraintThatNoDeclaredRowObeysIsNamedWithItsColumns() {
        assertFound(
                0, "`low > 50` can never hold: no declared row obeys it (low is 0 to 40)", TestTable.texts("low > 50"));
        assertFound(
                0,
                "`low < high - 30 AND high IS NOT NULL` can never hold: no declared row obeys it (low is 0 to 40;"
                        + " high is -10 to 30 or null)",
                TestTable.texts("low < high - 30 AND high IS NOT NULL"));
        assertFound(
                0,
                "`country RLIKE '^X'` can never hold: no declared row obeys it (country is Norway, Austria, Italy)",
                TestTable.texts("country RLIKE '^X'"));
        assertFound(
                0, "`NOT (married OR NOT married)` can never hold", TestTable.texts("NOT (married OR NOT married)"));
        assertFound(
                1,
                "`gross = net + 121` can never hold: no declared row obeys it (gross is 0.0 to 120.0; net is 0.0 to"
                        + " 100.0)",
                TestTable.texts("low >= 0", "gross = net + 121"));
    }

    @Test
    void constraintsThatContradictEachOtherAreNamedWithoutTheOthers() {
        assertFound(
                2,
                "`low > 20` contradicts `low < 10`: no declared row obeys both (low is 0 to 40)",
                TestTable.texts("low < 10", "start <= end", "low > 20"));
        assertFound(
                3,
                "`gross < net` contradicts `net < weight` and `weight < gross`: no declared row obeys all of them",
                TestTable.texts("net < weight", "stars = 1", "weight < gross", "gross < net"));
        assertFound(
                2,
                "`city IS NOT NULL` contradicts `city DETERMINES country` and `NOT (country = 'Austria' OR country ="
                        + " 'Norway')`: no declared row obeys all of them",
                TestTable.mapped(
                        "city DETERMINES country",
                        Map.of("Oslo", "Norway", "Bergen", "Norway", "Wien", "Austria", "Graz", "Austria")),
                new Constraint("NOT (country = 'Austria' OR country = 'Norway')"),
                new Constraint("city IS NOT NULL"));
    }

    @Test
    void aLabelThatIsLeftWithoutARowIsNamed() {
        assertFound(
                0,
                "`plan = 'basic' AND stars = 1` can never hold: no declared row with plan = 'plus' obeys it",
                TestTable.texts("plan = 'basic' AND stars = 1"));
    }

    private static Optional<Problem> keys(long rows, String... texts) {
        Constraint[] constraints = TestTable.texts(texts);
        return new Contradictions(
                        List.of(constraints),
                        Constraints.of(TestTable.table(TestTable.SCHEMA, constraints), TestTable.LABELS))
                .tooFewKeys(rows);
    }

    @Test
    void aKeyMustHaveAsManyValuesAsThereAreRowsWhateverTheirLabels() {
        assertThat(keys(205, "UNIQUE (low, stars)")).isEmpty();
        assertThat(keys(206, "UNIQUE (low, stars)").orElseThrow().message())
                .contains("`UNIQUE (low, stars)`: 206 rows need as many different values of low, stars, but only 205"
                        + " were found");
        assertThat(keys(6, "UNIQUE (plan, stars)").orElseThrow().rule()).isZero();
        assertThat(keys(100, "low < 10", "UNIQUE (low, stars)").orElseThrow().message())
                .contains("but only 50 were found");
        assertThat(keys(50, "low < 10", "UNIQUE (low, stars)")).isEmpty();
        assertThat(keys(1_000, "stars = 1 OR plan = 'plus'", "UNIQUE (low, stars)"))
                .isPresent();
        assertThat(keys(42, "stars = 1 OR plan = 'plus'", "UNIQUE (low, stars)")
                        .orElseThrow()
                        .message())
                .contains("but only 41 were found");
        assertThat(keys(1_000_000, "UNIQUE (weight)")).isEmpty();
        assertThat(keys(1_000_000_000, "UNIQUE (id)")).isEmpty();
        assertThat(keys(1_000_000_000, "UNIQUE (weight)").orElseThrow().message())
                .contains("more than the 5000000 that can be kept apart");
    }
}
