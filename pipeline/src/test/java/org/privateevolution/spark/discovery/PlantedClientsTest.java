package org.privateevolution.spark.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.SeededNoise;

/**
 * Clients and their visits, of which the right declaration is known: what a discovery finds of them at epsilon 0.1, 1
 * and 10. The noise is seeded, so the tests pass or fail always.
 */
class PlantedClientsTest {

    private static final SparkSession SPARK = TestSession.spark();

    private static final int CLIENTS = 20_000;
    private static final double DELTA = 1e-6;

    /** Half of the chosen visits are of kind a, a quarter of kind b, and so on. */
    private static final List<String> KINDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    @TempDir
    private Path directory;

    /**
     * Of 100 clients, 20 have no visit, 40 have one, 30 have 5, 9 have 12 and one has 60; one client has 9,000. Thus 98
     * % of the clients with visits have at most 12. All visits of a client are of one kind, so that it does not matter
     * which is chosen.
     */
    @BeforeEach
    void plant() {
        SPARK.range(CLIENTS)
                .selectExpr("id", "18 + (id * 7) % 73 AS age")
                .coalesce(1)
                .write()
                .option("header", "true")
                .csv(at("clients.csv"));
        SPARK.range(CLIENTS)
                .selectExpr(
                        "id",
                        "CASE WHEN id = 77 THEN 9000 WHEN id % 100 < 20 THEN 0 WHEN id % 100 < 60 THEN 1"
                                + " WHEN id % 100 < 90 THEN 5 WHEN id % 100 < 99 THEN 12 ELSE 60 END AS number",
                        "substring('abcdefgh', 1 + CAST(least(7, floor(-log2(((id * 7919) % " + CLIENTS + " + 0.5) / "
                                + CLIENTS + "))) AS int), 1) AS kind")
                .selectExpr("id AS client", "explode(sequence(0, number)) AS n", "number", "kind")
                .where("n < number")
                .selectExpr("client", "kind", "CAST((client * 31 + n) % 100 AS int) AS cost")
                .coalesce(2)
                .write()
                .option("header", "true")
                .csv(at("visits.csv"));
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private DiscoveredTables found(double epsilon, long seed) {
        String name = "planted-" + epsilon + "-" + seed;
        DiscoveryRequest request = new DiscoveryRequest(
                "csv",
                at("clients.csv"),
                Map.of(),
                List.of("age"),
                "id",
                epsilon,
                DELTA,
                Adjacency.ADD_REMOVE,
                at(name + "-ledger"),
                at(name),
                List.of(new DiscoveryRequest.Child("visits", "csv", at("visits.csv"), "client")));
        return Discovery.on(SPARK).noise(SeededNoise.of(seed)).run(request).tables();
    }

    private static DiscoveredColumn column(DiscoveredTables found, String name) {
        return found.children().get(0).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> kinds(DiscoveredTables found) {
        Set<String> kinds = new LinkedHashSet<>(column(found, "kind").categories());
        kinds.remove("other");
        return kinds;
    }

    private static void requirePlausible(DiscoveredTables found) {
        assertThat(kinds(found)).isSubsetOf(KINDS).contains("a", "b");
        assertThat(column(found, "kind").nullable()).isFalse();
        assertThat(column(found, "cost").nullable()).isFalse();
        assertThat(column(found, "cost").type()).isEqualTo("long");
    }

    @Test
    void epsilonOneFindsWhatWasPlanted() {
        DiscoveredTables found = found(1, 1);

        requirePlausible(found);
        assertThat(found.children().get(0).rows()).hasValue(12);
        assertThat(kinds(found)).contains("a", "b", "c", "d", "e");
        assertThat(found.root().records()).isBetween(CLIENTS - 200.0, CLIENTS + 200.0);
        assertThat(Double.parseDouble(found.root().columns().get(0).min())).isBetween(17.0, 20.0);
        assertThat(Double.parseDouble(found.root().columns().get(0).max())).isBetween(88.0, 98.0);
    }

    /** Prints the table of docs/discovery.md. */
    @Test
    @Tag("statistics")
    void moreEpsilonFindsMore() {
        List<Integer> kinds = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (double epsilon : new double[] {0.1, 1, 10}) {
            DiscoveredTables found = found(epsilon, 1);
            requirePlausible(found);
            kinds.add(kinds(found).size());
            int rows = found.children().get(0).rows().orElseThrow();
            assertThat(rows).isBetween(epsilon < 1 ? 5 : 12, 12);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %d | %d of 8 | %s to %s | %.0f |",
                    epsilon,
                    found.root().noise(),
                    found.root().least(),
                    rows,
                    kinds(found).size(),
                    column(found, "cost").min(),
                    column(found, "cost").max(),
                    found.root().records()));
        }
        lines.forEach(System.out::println);

        assertThat(kinds).isSorted();
    }
}
