package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.privateevolution.generation.tabular.UniformRows;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.table.RowSampler;

class ConstraintsTest {

    private static final List<Constraint> CHOICE = List.of(
            new Constraint("low <= high"),
            new Constraint("low < high + 5"),
            new Constraint("gross = net + tax"),
            new Constraint("net - tax >= 10"),
            new Constraint("start < end"),
            new Constraint("end <= start + 30 OR end IS NULL"),
            new Constraint("end IS NULL OR plan = 'plus'"),
            new Constraint("seen >= TIMESTAMP '2010-01-01T00:00:00Z'"),
            new Constraint("NOT (married AND low < 18)"),
            new Constraint("city RLIKE '^[OBW]'"),
            new Constraint("country = home"),
            new Constraint("stars IN (1, 5) OR high IS NOT NULL"),
            new Constraint("stars <= low"),
            new Constraint("weight > 0.25 OR stars = 3"),
            new Constraint("weight + net < gross + 2"),
            new Constraint("low != high"),
            new Constraint("tax IS NOT NULL"),
            new Constraint(
                    "city DETERMINES country",
                    Map.of("Oslo", "Norway", "Bergen", "Norway", "Wien", "Austria", "Graz", "Austria")));

    private static void assertObeys(Constraints constraints, int label, TableRow row, Object of) {
        TestTable.SCHEMA.requireRow(row);
        for (int c = 0; c < row.size(); c++) {
            if (TestTable.COLUMNS.get(c) instanceof NumericColumn numeric) {
                assertThat(Double.compare(numeric.round(row.code(c)), row.code(c)))
                        .as("%s of %s", numeric.name(), of)
                        .isZero();
            }
        }
        RowRules rules = constraints.rules();
        for (int i = 0; i < rules.conditions().size(); i++) {
            assertThat(rules.conditions().get(i).holds(rules.codes(label, row)))
                    .as("%d of %s", i, of)
                    .isTrue();
        }
    }

    @Test
    void everyRepairedOrSampledRowObeysAllConstraintsAndIsDeclared() {
        Random shuffling = new Random(3);
        RandomGenerator random = new Seed(4).generator();
        int checked = 0;
        for (int trial = 0; trial < 300; trial++) {
            List<Constraint> some = new ArrayList<>(CHOICE);
            Collections.shuffle(some, shuffling);
            some = some.subList(0, 1 + random.nextInt(CHOICE.size()));
            Constraints constraints = Constraints.of(
                    TestTable.table(TestTable.SCHEMA, some.toArray(Constraint[]::new)), TestTable.LABELS);
            if (new Contradictions(some, constraints).find().isPresent()) {
                continue;
            }
            RowSampler uniform = new UniformRows(TestTable.SCHEMA);
            RowSampler obeying = constraints.obeying(uniform);
            for (int n = 0; n < 30; n++) {
                int label = n % 2;
                TableRow broken = uniform.random(label, random);
                TableRow repaired = constraints.repaired(label, broken);
                assertObeys(constraints, label, repaired, some);
                assertThat(constraints.repaired(label, broken)).isEqualTo(repaired);
                assertThat(constraints.repaired(label, repaired)).isEqualTo(repaired);
                TableRow row = obeying.random(label, random);
                assertObeys(constraints, label, row, some);
                assertObeys(constraints, label, obeying.varied(label, row, 0.3, random), some);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(5_000);
    }

    @Test
    void columnsThatNoConstraintNamesKeepTheirValues() {
        Constraints constraints = TestTable.read("low <= high", "gross = net + tax");
        RandomGenerator random = new Seed(7).generator();
        for (int n = 0; n < 200; n++) {
            TableRow row = TestTable.uniform(random);
            TableRow repaired = constraints.repaired(0, row);
            for (int c = 5; c < row.size(); c++) {
                assertThat(Double.compare(repaired.code(c), row.code(c))).isZero();
            }
        }
    }

    @Test
    void twoNumbersInTheWrongOrderChangePlacesAndATotalFollowsItsParts() {
        Constraints constraints = TestTable.read("low <= high", "gross = net + tax");
        double[] codes = TestTable.uniform(new Seed(1).generator()).codes();
        codes[0] = 20;
        codes[1] = 7;
        codes[2] = 10.1;
        codes[3] = 0.2;
        codes[4] = 99;

        TableRow repaired = constraints.repaired(0, new TableRow(codes));

        assertThat(repaired.code(0)).isEqualTo(7);
        assertThat(repaired.code(1)).isEqualTo(20);
        assertThat(repaired.code(2)).isEqualTo(10.1);
        assertThat(repaired.code(3)).isEqualTo(0.2);
        assertThat(repaired.code(4)).isEqualTo(10.3);
    }

    @Test
    void aTotalOutOfItsBoundsIsMetByTheParts() {
        Constraints constraints = TestTable.read("gross = net + tax", "gross <= 50");
        double[] codes = TestTable.uniform(new Seed(1).generator()).codes();
        codes[2] = 90;
        codes[3] = 25;
        codes[4] = 40;

        TableRow repaired = constraints.repaired(0, new TableRow(codes));

        assertThat(repaired.code(2) + repaired.code(3)).isCloseTo(repaired.code(4), within(1e-9));
        assertThat(repaired.code(4)).isLessThanOrEqualTo(50);
    }

    @Test
    void constantsAreMeantAsTheyAreWritten() {
        Constraints constraints = TestTable.read("gross = net + 0.29", "low + 0.5 < high OR high IS NULL");
        double[] codes = TestTable.uniform(new Seed(1).generator()).codes();
        codes[0] = 7;
        codes[1] = 8;
        codes[2] = 0.28;
        codes[4] = 0.57;
        TableRow row = new TableRow(codes);

        assertThat(constraints.repaired(0, row)).isEqualTo(row);
        codes[1] = 7;
        codes[4] = 0.58;
        TableRow repaired = constraints.repaired(0, new TableRow(codes));
        assertThat(repaired.code(4)).isEqualTo(0.57);
        assertThat(repaired.code(0)).isLessThan(repaired.code(1));
    }

    @Test
    void nullsBreakNoComparison() {
        Constraints constraints = TestTable.read("low <= high", "start < end", "gross = net + tax");
        double[] codes = TestTable.uniform(new Seed(1).generator()).codes();
        codes[1] = TableRow.NULL;
        codes[3] = TableRow.NULL;
        codes[7] = TableRow.NULL;
        TableRow row = new TableRow(codes);

        assertThat(constraints.repaired(1, row)).isEqualTo(row);
    }

    @Test
    void whatIsRedrawnHasTheConditionalDistribution() {
        Constraints constraints = TestTable.read("low < 20 OR NOT married");
        RowSampler obeying = constraints.obeying(new UniformRows(TestTable.SCHEMA));
        RandomGenerator random = new Seed(9).generator();
        int married = 0;
        int n = 40_000;
        for (int i = 0; i < n; i++) {
            married += (int) obeying.random(0, random).code(12);
        }
        // Of 41 * 2 equally likely pairs, 20 + 41 obey, and 20 of them are married.
        assertThat(married / (double) n).isCloseTo(20 / 61.0, within(0.01));
    }

    @Test
    void determinedValuesAreThoseWithTheMostWeight() {
        Constraints constraints = TestTable.read("city DETERMINES country", "plan, country DETERMINES married");
        RandomGenerator random = new Seed(2).generator();
        List<Sample> rows = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        Map<Double, double[]> votes = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            TableRow row = TestTable.uniform(random);
            rows.add(TestTable.sample(i / 250, row));
            weights.add(random.nextDouble());
            votes.computeIfAbsent(row.code(9), city -> new double[3])[(int) row.code(10)] += weights.get(i);
        }

        List<Sample> published = constraints.published(rows, rows, weights);

        Map<List<Double>, Double> married = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            TableRow row = published.get(i).payload().row().orElseThrow();
            double[] of = votes.get(row.code(9));
            int country = of[0] >= of[1] && of[0] >= of[2] ? 0 : of[1] >= of[2] ? 1 : 2;
            assertThat(row.code(10)).isEqualTo(country);
            double first = married.computeIfAbsent(
                    List.of((double) published.get(i).label(), row.code(10)), key -> row.code(12));
            assertThat(row.code(12)).isEqualTo(first);
        }
        assertThat(constraints.published(published, published, List.of())).isEqualTo(published);
    }
}
