package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;

class UniqueRowsTest {

    private static List<Sample> samples(int number, Constraints constraints) {
        RandomGenerator random = new Seed(6).generator();
        List<Sample> samples = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            int label = 2 * n / number;
            samples.add(TestTable.sample(label, constraints.repaired(label, TestTable.uniform(random))));
        }
        return samples;
    }

    private static TableRow row(Sample sample) {
        return sample.payload().row().orElseThrow();
    }

    @Test
    void keysDifferAndEverythingElseStillHolds() {
        Constraints constraints =
                TestTable.read("UNIQUE (low, stars)", "low >= stars", "gross = net + tax", "high IS NULL OR low <= 38");
        List<Sample> rows = samples(150, constraints);

        List<Sample> unique = constraints.published(rows, rows, List.of());

        Set<List<Double>> keys = new HashSet<>();
        int nulls = 0;
        int same = 0;
        for (int i = 0; i < rows.size(); i++) {
            TableRow row = row(unique.get(i));
            TestTable.SCHEMA.requireRow(row);
            assertThat(constraints
                            .rules()
                            .hold(constraints.rules().codes(unique.get(i).label(), row)))
                    .isTrue();
            if (Double.isNaN(row.code(13))) {
                nulls++;
            } else {
                assertThat(keys.add(List.of(row.code(0), row.code(13)))).isTrue();
            }
            same += row.equals(row(rows.get(i))) ? 1 : 0;
        }
        assertThat(nulls).isPositive();
        assertThat(same).isGreaterThan(80).isLessThan(150);
        assertThat(constraints.published(rows, rows, List.of())).isEqualTo(unique);
        assertThat(constraints.published(unique, unique, List.of())).isEqualTo(unique);
    }

    @Test
    void eachOfAllKeysIsGivenOnceAndThenNoneIsLeft() {
        Constraints constraints = TestTable.read("UNIQUE (stars, married)", "stars != 3", "stars IS NOT NULL");
        UniqueRows unique = new UniqueRows(constraints);
        TableRow row = row(samples(1, constraints).get(0));
        Set<List<Double>> keys = new HashSet<>();
        for (int n = 0; n < 8; n++) {
            TableRow next = unique.next(n % 2, row);
            assertThat(next.code(13)).isNotEqualTo(2);
            keys.add(List.of(next.code(12), next.code(13)));
        }

        assertThat(keys).hasSize(8);
        assertThatThrownBy(() -> unique.next(0, row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more values of stars, married are left that no other row has: ask for fewer rows");
    }

    @Test
    void keysOfRowsThatExistAlreadyAreNotGiven() {
        Constraints constraints = TestTable.read("UNIQUE (plan, low)");
        UniqueRows unique = new UniqueRows(constraints);
        TableRow row = row(samples(1, constraints).get(0));
        unique.reserve(0, row);

        assertThat(unique.next(1, row)).isEqualTo(row);
        assertThat(unique.next(0, row).code(0)).isNotEqualTo(row.code(0));
    }

    @Test
    void determinedValuesFollowAKeyThatChanges() {
        Constraints constraints = TestTable.read("UNIQUE (city, low)", "city DETERMINES country");
        List<Sample> rows = samples(120, constraints);

        List<Sample> unique = constraints.published(rows, rows, List.of());

        Set<List<Double>> pairs = new HashSet<>();
        unique.forEach(
                sample -> pairs.add(List.of(row(sample).code(9), row(sample).code(10))));
        assertThat(pairs).hasSize(5);
    }
}
