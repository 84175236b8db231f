package org.privateevolution.spark.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.SeededNoise;

/**
 * A table whose right declaration is known: what a discovery finds of it at epsilon 0.1, 1 and 10. The noise is
 * seeded, so the tests pass or fail always; the bounds are those of the counts' noise, with room for other seeds.
 */
class PlantedDiscoveryTest {

    private static final SparkSession SPARK = TestSession.spark();

    private static final int ROWS = 100_000;
    private static final double DELTA = 1e-6;

    /** Twelve categories, each half as frequent as the one before it: from 50,000 records down to 24 and a rest. */
    private static final List<String> HALVES =
            List.of("c00", "c01", "c02", "c03", "c04", "c05", "c06", "c07", "c08", "c09", "c10", "c11");

    @TempDir
    java.nio.file.Path directory;

    private Dataset<Row> planted;

    @BeforeEach
    void plant() {
        // Record i, without randomness: the truth is exact. Multipliers without common factors keep columns apart.
        planted = SPARK.range(ROWS)
                .selectExpr(
                        "CASE WHEN id = 77 THEN 'only once' ELSE concat('c', lpad(CAST(least(11,"
                                + " floor(-log2((id + 0.5) / " + ROWS + "))) AS string), 2, '0')) END AS half",
                        "CAST(18 + (id * 7) % 73 AS int) AS age",
                        "CASE WHEN id % 5 = 0 THEN 99.99 ELSE round(1 + ((id * 13) % " + ROWS + ") * 0.005, 2) END"
                                + " AS price",
                        "CASE WHEN id % 10 <> 3 THEN CAST((id * 17) % 1000 - 500 AS double) / 10 END AS change",
                        "date_add(DATE'1950-01-01', CAST((id * 31) % 18262 AS int)) AS born",
                        "id % 3 = 0 AS member",
                        "concat('name ', id) AS name")
                .coalesce(2);
    }

    /** What a release says beside what was planted. */
    private record Found(DiscoveredTable table) {

        DiscoveredColumn column(String name) {
            Map<String, DiscoveredColumn> columns =
                    table.columns().stream().collect(Collectors.toMap(DiscoveredColumn::name, Function.identity()));
            return columns.get(name);
        }

        Set<String> halves() {
            Set<String> found = new LinkedHashSet<>(column("half").categories());
            found.remove("other");
            return found;
        }

        /** The largest error of a bound, as a share of the planted range; 1 if the column was left out. */
        double boundsError(String name, double low, double high) {
            DiscoveredColumn column = column(name);
            if (column.leftOut()) {
                return 1;
            }
            double error = Math.max(Math.abs(number(column.min()) - low), Math.abs(number(column.max()) - high));
            return error / (high - low);
        }

        private static double number(String bound) {
            return bound.matches("\\d{4}-\\d\\d-\\d\\d")
                    ? java.time.LocalDate.parse(bound).toEpochDay()
                    : Double.parseDouble(bound);
        }

        double bornError() {
            return boundsError("born", number("1950-01-01"), number("1999-12-31"));
        }

        String line(double epsilon) {
            DiscoveredColumn change = column("change");
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %d of 12 | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %s | %s | %.0f |",
                    epsilon == Math.rint(epsilon) ? Integer.toString((int) epsilon) : Double.toString(epsilon),
                    table.noise(),
                    table.least(),
                    halves().size(),
                    100 * boundsError("age", 18, 90),
                    100 * boundsError("price", 1, 501),
                    100 * boundsError("change", -50, 49.9),
                    100 * bornError(),
                    String.join(", ", column("price").special()),
                    change.leftOut() ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * change.nulls()),
                    table.records());
        }
    }

    private Found found(double epsilon, long seed) {
        String name = "planted-" + epsilon + "-" + seed;
        DiscoveryRequest request = new DiscoveryRequest(
                "dataframe",
                "planted",
                Map.of(),
                List.of(),
                "",
                epsilon,
                DELTA,
                Adjacency.ADD_REMOVE,
                directory.resolve(name + "-ledger").toString(),
                directory.resolve(name).toString());
        return new Found(Discovery.on(SPARK)
                .privateData(planted)
                .noise(SeededNoise.of(seed))
                .run(request)
                .table());
    }

    @Test
    void epsilonOneFindsWhatWasPlanted() {
        Found found = found(1, 1);

        requirePlausible(found);
        // A category of 320 records and more is certain at seven columns: noise 19, threshold about 150.
        assertThat(found.halves()).containsAll(HALVES.subList(0, 8)).isSubsetOf(HALVES);
        assertThat(found.column("price").special()).containsExactly("99.99");
        assertThat(found.column("change").nulls()).isBetween(0.095, 0.105);
        assertThat(found.column("age").nullable()).isFalse();
        assertThat(found.boundsError("age", 18, 90)).isLessThan(0.1);
        assertThat(found.boundsError("price", 1, 501)).isLessThan(0.1);
        assertThat(found.boundsError("change", -50, 49.9)).isLessThan(0.1);
        assertThat(found.bornError()).isLessThan(0.03);
        assertThat(found.table().records()).isBetween(99_500.0, 100_500.0);
    }

    /** Prints the table of docs/discovery.md. */
    @Test
    @Tag("statistics")
    void moreEpsilonFindsMore() {
        List<String> lines = new ArrayList<>(List.of(
                "| epsilon | noise | a value needs | categories | bounds of age | of price | of change | of birth dates"
                        + " | special price | nulls | records |"));
        List<Integer> categories = new ArrayList<>();
        for (double epsilon : new double[] {0.1, 1, 10}) {
            Found found = found(epsilon, 1);
            requirePlausible(found);
            categories.add(found.halves().size());
            lines.add(found.line(epsilon));
        }
        lines.forEach(System.out::println);

        assertThat(categories).isSorted();
        assertThat(categories.get(0)).isBetween(4, 6);
        assertThat(categories.get(2)).isBetween(10, 12);
    }

    /** Of any release, however noisy: nothing that is not planted, nothing of a single record. */
    private static void requirePlausible(Found found) {
        assertThat(found.halves()).isSubsetOf(HALVES);
        assertThat(found.column("half").other()).isEqualTo("other");
        assertThat(found.column("name").leftOut()).isTrue();
        assertThat(found.column("member").type()).isEqualTo("boolean");
        assertThat(found.column("age").type()).isEqualTo("integer");
        assertThat(found.column("born").type()).isEqualTo("date");
        for (double bound : Arrays.asList(
                found.boundsError("age", 18, 90),
                found.boundsError("price", 1, 501),
                found.boundsError("change", -50, 49.9),
                found.bornError())) {
            assertThat(bound).isLessThan(1);
        }
    }

    /** Whether a category of 1,000 records is found does not depend on others: the rule is the threshold alone. */
    @Test
    @Tag("statistics")
    void categoriesAboveTheThresholdByThreeDeviationsAreFoundAndThoseFarBelowNever() {
        for (long seed = 1; seed <= 8; seed++) {
            Found found = found(1, seed);
            for (int c = 0; c < HALVES.size(); c++) {
                double records = ROWS * Math.pow(2, -c - 1);
                if (records > found.table().least() + 4 * found.table().noise()) {
                    assertThat(found.halves()).contains(HALVES.get(c));
                } else if (records < found.table().least() - 5 * found.table().noise()) {
                    assertThat(found.halves()).doesNotContain(HALVES.get(c));
                }
            }
        }
    }
}
