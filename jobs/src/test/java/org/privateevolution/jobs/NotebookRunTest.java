package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.RunResult;

class NotebookRunTest {

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = TestSpark.local().getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void aDataFrameBecomesASyntheticOneWithGuaranteeAndMetrics() throws Exception {
        RunSpec spec = spec();
        NotebookRun.on(spark).privateData(people()).check(spec);
        assertThat(folder.resolve("out")).doesNotExist();

        RunResult result = NotebookRun.on(spark).privateData(people()).run(spec);

        assertThat(result.synthetic().columns()).containsExactly("country", "age", "born", "card");
        assertThat(result.guarantee().sentence())
                .isEqualTo("(2, 1e-4)-differential privacy for one record, added or removed");
        assertThat(result.metrics()).extracting(MetricValue::iteration).contains(1, 2, 3);
        assertThat(result.location()).isEqualTo("file:" + folder.resolve("out"));
    }

    /** As on Databricks, where the driver continues with other work. */
    @Test
    void aCommandThatFailsInAProcessOfOthersDoesNotEndIt() {
        assertThatThrownBy(() ->
                        Pe.main(new String[] {"run", folder.resolve("none.yaml").toString()}))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("exit code 2");
    }

    @Test
    void whatTheCommandLineRefusesIsRefusedInTheSameWords() {
        Path file = Inputs.write(folder.resolve("file"), "");
        RunSpec spec = spec("output.path=" + file.resolve("out"));

        assertThatThrownBy(() -> NotebookRun.on(spark).privateData(people()).run(spec))
                .satisfies(e -> assertThat(Failure.of(e).kind()).isEqualTo("STORAGE"))
                .satisfies(e -> assertThat(Failure.of(e).lines())
                        .singleElement()
                        .asString()
                        .startsWith("output.path: cannot write to "));
        assertThatThrownBy(() -> NotebookRun.on(spark).run(spec())).satisfies(e -> assertThat(Failure.of(e))
                .isEqualTo(new Failure(
                        "USAGE",
                        "PE-101",
                        List.of("private_data.format is dataframe, but no DataFrame was given: only a program or"
                                + " notebook can give one, with privateData(...)"))));
        assertThatThrownBy(() -> NotebookRun.on(spark).privateData(people()).run(spec("tabular.columns.1.max=79")))
                .satisfies(e -> assertThat(Failure.of(e).kind()).isEqualTo("PRIVATE_DATA"));
    }

    @Test
    void aNotebookDiscoversAsTheCommandLineDoes() {
        Dataset<Row> towns =
                spark.range(2_000).selectExpr("id % 40 + 20 AS age", "IF(id % 2 = 0, 'Ulm', 'Bonn') AS town");

        String draft = discovered(towns, "add-remove");

        assertThat(draft)
                .contains("private_data: {format: dataframe, name: \"towns\"}")
                .contains("{name: \"age\", type: long, min: 20, ")
                .contains("categories: [\"Bonn\", \"Ulm\", \"other\"]");
        assertThat(folder.resolve("found/draft.yaml")).hasContent(draft);
        assertThat(discovered(towns, "add-remove")).isEqualTo(draft);
        assertThat(NotebookAnswers.ledger(spark, folder.resolve("ledger").toString()))
                .contains("\"kind\" : \"discovery\"")
                .doesNotContain("\"sequence\" : 2");
        assertThatThrownBy(() -> discovered(towns, "any"))
                .satisfies(e -> assertThat(Failure.of(e).kind()).isEqualTo("USAGE"))
                .hasMessageContaining("adjacency: ");
    }

    private String discovered(Dataset<Row> records, String adjacency) {
        return NotebookAnswers.discover(
                spark,
                records,
                "dataframe",
                "towns",
                Map.of(),
                List.of(),
                null,
                8,
                1e-5,
                adjacency,
                folder.resolve("ledger").toString(),
                folder.resolve("found").toString());
    }

    @Test
    void aRunDiscoversTheColumnsOfADataFrame() {
        Dataset<Row> towns =
                spark.range(2_000).selectExpr("id % 40 + 20 AS age", "IF(id % 2 = 0, 'Ulm', 'Bonn') AS town");
        RunSpec spec = RunConfiguration.parse(
                """
                private_data: {format: dataframe, name: towns}
                privacy: {epsilon: 8, delta: 1e-5, ledger: %s}
                tabular: {discover: {}}
                evolution: {selection: estimate, samples: 20, votes: 1}
                output: {path: %s, rows: 30}
                """
                        .formatted(folder.resolve("ledger"), folder.resolve("out")),
                "towns.yaml",
                List.of());
        assertThat(NotebookAnswers.plan(spec, 0)).contains("discovery_epsilon_alone");
        NotebookRun.on(spark).privateData(towns).check(spec);
        List<String> told = new ArrayList<>();

        RunResult result =
                NotebookRun.on(spark).progress(told::add).privateData(towns).run(spec);

        assertThat(result.synthetic().columns()).containsExactly("age", "town");
        assertThat(result.synthetic().count()).isEqualTo(30);
        assertThat(String.join("\n", told)).contains("discovered town: string, Bonn, Ulm, other");
    }

    private Dataset<Row> people() {
        return spark.read().option("header", "true").csv(Inputs.people(folder).toString());
    }

    private RunSpec spec(String... overrides) throws RuntimeException {
        try {
            String yaml = Files.readString(Inputs.configuration(folder))
                    .replace(
                            "{format: csv, path: " + folder.resolve("people.csv") + "}",
                            "{format: dataframe, name: people}")
                    .replace("delta: 1e-4", "delta: 1e-4, ledger: " + folder.resolve("ledger"));
            return RunConfiguration.parse(yaml, "people.yaml", List.of(overrides));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
