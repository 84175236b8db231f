package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateColumns;

/** Tests a run on a table whose private columns {@code id} and {@code note} are declared as made up. */
class IdentifierRunTest {

    private static final SparkSession SPARK = TestSession.spark();
    private static final int ROWS = 40;

    @TempDir
    static Path directory;

    private static RunSpec spec;
    private static RunResult result;

    @BeforeAll
    static void finishARun() {
        Path data = directory.resolve("private");
        Customers.rows(SPARK).write().parquet(data.toString());
        spec = spec("tabular.columns.12={name: id, type: id, pattern: \"K[0-9]{3}\"}", "output.rows=" + ROWS);
        result = PrivateEvolution.on(SPARK).run(spec);
    }

    private static RunSpec spec(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "evolution={samples: 40, votes: 2, selection: estimate}",
                "privacy={epsilon: 8, delta: 1e-5, ledger: " + directory.resolve("ledger") + "}",
                "tabular.columns.13={name: note, type: email}",
                "tabular.columns.14={name: number, type: id}"));
        all.addAll(0, List.of(overrides));
        return Customers.spec(directory.resolve("private"), directory.resolve("out"), all.toArray(String[]::new));
    }

    private static Set<String> texts(Dataset<Row> rows, String column) {
        return new HashSet<>(rows.select(column).collectAsList().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList());
    }

    @Test
    void suchColumnsAreNotReadAndHaveNoPartInVectorsOrReleases() {
        assertThat(PrivateColumns.of(spec).names()).doesNotContain("id", "note", "number");
        RunSpec without = Customers.spec(directory.resolve("private"), directory.resolve("other"));
        assertThat(PrivateEvolution.embeddingDimension(spec)).isEqualTo(PrivateEvolution.embeddingDimension(without));
        Dataset<Row> estimate =
                SPARK.read().parquet(directory.resolve("out/estimate").toString());
        assertThat(estimate.columns()).doesNotContain("id", "note", "number").contains("color", "tier");
    }

    @Test
    void theirValuesDifferAreOfTheirTypesAndStandInTheirPlaces() {
        Dataset<Row> written =
                SPARK.read().parquet(directory.resolve("out/synthetic/parquet").toString());

        assertThat(written.columns()).containsSubsequence("opened", "id", "note", "number", "tier");
        assertThat(written.schema().apply("id").dataType()).isEqualTo(DataTypes.StringType);
        assertThat(written.schema().apply("number").dataType()).isEqualTo(DataTypes.LongType);
        assertThat(texts(written, "id")).hasSize(ROWS).allMatch(id -> id.matches("K\\d{3}"));
        assertThat(texts(written, "note")).hasSize(ROWS).allMatch(note -> note.matches("[a-z.]+\\d+@example\\..*"));
        assertThat(texts(written, "number")).hasSize(ROWS).contains("1", "40");
        assertThat(result.verdict()).contains("Made up, and never read from the private data: id, note, number.");
    }

    @Test
    void aSecondStartPublishesTheSameValues() throws IOException {
        List<Row> first = result.synthetic().collectAsList();

        RunResult again = PrivateEvolution.on(SPARK).run(spec);

        assertThat(again.synthetic().collectAsList()).isEqualTo(first);
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("never read from the private data");
    }

    @Test
    void rowsThatAreDrawnLaterGoOnBehindThoseOfTheRun() {
        SavedEstimate estimate =
                SavedEstimate.of(SPARK, directory.resolve("out").toString());

        Dataset<Row> drawn = estimate.draw(70, 1);
        assertThat(drawn.schema()).isEqualTo(result.synthetic().schema());
        for (String column : List.of("id", "note", "number")) {
            Set<String> all = texts(drawn, column);
            assertThat(all).hasSize(70);
            all.addAll(texts(result.synthetic(), column));
            all.addAll(texts(estimate.draw(30, 2, 110), column));
            assertThat(all).as(column).hasSize(ROWS + 70 + 30);
        }
        assertThat(texts(drawn, "number")).contains("41", "110").doesNotContain("40", "111");
        assertThat(estimate.draw(70, 1).collectAsList()).isEqualTo(drawn.collectAsList());
        assertThatThrownBy(() -> estimate.draw(961, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("column 'id': 1001 rows need as many ids, but only 1000 have the pattern");
    }

    @Test
    void aLanguageWithoutNamesIsRefusedBeforeAnythingIsCharged() {
        String ledger = directory.resolve("untouched-ledger").toString();
        RunSpec unknown = Customers.spec(
                directory.resolve("private"),
                directory.resolve("refused"),
                "privacy={epsilon: 8, delta: 1e-5, ledger: " + ledger + "}",
                "tabular.columns.12={name: note, type: name}",
                "tabular.locale=tlh");

        assertThatThrownBy(() -> PrivateEvolution.on(SPARK).run(unknown))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.locale: no names are known for 'tlh'");
        assertThatThrownBy(() -> PrivateEvolution.on(SPARK).check(unknown)).hasMessageContaining("tabular.locale");
        assertThat(directory.resolve("ledger/entry-000001.json")).exists();
        assertThat(Path.of(ledger, "entry-000001.json")).doesNotExist();
    }
}
