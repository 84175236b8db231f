package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.fixtures.Visits;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.evaluation.EvaluationRequest;
import org.privateevolution.spark.evaluation.TableEvaluation;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spi.RunListener;

/** Tests whole runs on a table of subscriptions that declares a constraint of every kind. */
class ConstraintRunTest {

    private static final SparkSession SPARK = TestSession.spark();
    private static final int PRIVATE_ROWS = 900;

    /** The conditions, which Spark reads, too. */
    private static final List<String> CONDITIONS = List.of(
            "began <= ended",
            "total = fee + tax",
            "NOT (status = 'trial' AND fee > 20)",
            "ended IS NULL OR status = 'closed'",
            "ended IS NOT NULL OR status != 'closed'",
            "code RLIKE '^[AB][0-9]$'",
            "plan = 'plus' OR seats <= 3");

    @TempDir
    static Path folder;

    @BeforeAll
    static void writePrivateRows() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>(List.of("plan,began,ended,fee,tax,total,status,code,city,country,seats"));
        for (int i = 0; i < PRIVATE_ROWS; i++) {
            boolean plus = i % 3 == 0;
            int began = random.nextInt(300);
            String status = List.of("trial", "open", "closed").get(random.nextInt(3));
            int fee = random.nextInt(status.equals("trial") ? 20 : 60);
            // Real rows have cents that do not add up now and then.
            double tax = Math.rint(fee * 19) / 100 + (i % 30 == 0 ? 0.01 : 0);
            int city = random.nextInt(4);
            lines.add(String.join(
                    ",",
                    plus ? "plus" : "basic",
                    day(began),
                    status.equals("closed") ? day(began + random.nextInt(300 - began + 1)) : "",
                    fee + ".00",
                    String.format(Locale.ROOT, "%.2f", tax),
                    String.format(Locale.ROOT, "%.2f", fee + Math.rint(fee * 19) / 100),
                    status,
                    (random.nextBoolean() ? "A" : "B") + random.nextInt(3),
                    List.of("Oslo", "Bergen", "Wien", "Graz").get(city),
                    city < 2 ? "Norway" : "Austria",
                    Integer.toString(1 + random.nextInt(plus ? 9 : 3))));
        }
        Files.write(folder.resolve("private.csv"), lines);
    }

    private static String day(int n) {
        return LocalDate.of(2024, 1, 1).plusDays(n).toString();
    }

    private static RunSpec spec(String out, String... overrides) {
        String yaml =
                """
                private_data: {format: csv, path: DIR/private.csv}
                labels: {column: plan, values: [basic, plus]}
                privacy: {epsilon: 8, delta: 1e-5, ledger: DIR/OUT-ledger}
                evolution: {samples: 60, votes: 3, selection: estimate}
                tabular:
                  columns:
                    - {name: id, type: id}
                    - {name: began, type: date, min: 2024-01-01, max: 2024-12-31}
                    - {name: ended, type: date, min: 2024-01-01, max: 2024-12-31, nullable: true}
                    - {name: fee, type: double, min: 0, max: 60, decimals: 2}
                    - {name: tax, type: "decimal(6,2)", min: 0, max: 12}
                    - {name: total, type: double, min: 0, max: 75, decimals: 2}
                    - {name: status, type: string, categories: [trial, open, closed]}
                    - {name: code, type: string, categories: [A0, A1, A2, B0, B1, B2, X, C10]}
                    - {name: city, type: string, categories: [Oslo, Bergen, Wien, Graz]}
                    - {name: country, type: string, categories: [Norway, Austria, Italy]}
                    - {name: seats, type: integer, min: 1, max: 9}
                  constraints:
                    - CONDITIONS
                    - city DETERMINES country
                    - UNIQUE (plan, began, code)
                    - UNIQUE (id)
                output: {path: DIR/OUT, rows: 150}
                """
                        .replace(
                                "- CONDITIONS",
                                String.join(
                                        "\n    ",
                                        CONDITIONS.stream()
                                                .map(text -> "- \"" + text + "\"")
                                                .toList()))
                        .replace("DIR", folder.toString())
                        .replace("OUT", out);
        return RunConfiguration.parse(yaml, "constraints.yaml", List.of(overrides));
    }

    private static RunSpec byRank(String out, String... overrides) {
        return spec(
                out,
                Stream.concat(
                                Stream.of("evolution={samples: 90, votes: 2, selection: rank}", "output.rows=null"),
                                Stream.of(overrides))
                        .toArray(String[]::new));
    }

    /** Asks Spark, which has a parser of its own. */
    private static void assertObeys(Dataset<Row> rows) {
        for (String condition : CONDITIONS) {
            String exact = condition.equals("total = fee + tax")
                    ? "abs(total - fee - CAST(tax AS DOUBLE)) < 0.001"
                    : condition;
            assertThat(rows.filter("NOT (" + exact + ")").count()).as(condition).isZero();
        }
        assertThat(rows.select("city", "country").distinct().count())
                .isEqualTo(rows.select("city").distinct().count());
        assertThat(rows.select("plan", "began", "code").distinct().count()).isEqualTo(rows.count());
        assertThat(rows.select("id").distinct().count()).isEqualTo(rows.count());
    }

    @Test
    void rowsOfAnEstimateAndRowsDrawnLaterObeyAllConstraints() throws IOException {
        RunSpec spec = spec("estimate");
        RunResult result = PrivateEvolution.on(SPARK).run(spec);

        List<Row> first = result.synthetic().collectAsList();
        assertThat(first).hasSize(150);
        assertObeys(result.synthetic());
        assertThat(result.guarantee().charges().stream()
                        .map(entry -> entry.release().releaseId()))
                .containsExactlyInAnyOrder("marginals-1", "marginals-2", "vote-001", "vote-002", "vote-003");
        // What is learnt is what holds for the private rows.
        assertThat(result.synthetic()
                        .filter("(city IN ('Oslo', 'Bergen')) != (country = 'Norway')")
                        .count())
                .isZero();
        assertThat(result.synthetic().filter("ended IS NULL").count()).isBetween(60L, 140L);
        assertThat(result.verdict()).contains("Every row obeys the constraints of the configuration (10).");
        assertThat(Files.readString(folder.resolve("estimate/report.html")))
                .contains("Every row obeys the constraints");

        SavedEstimate estimate = SavedEstimate.of(SPARK, spec.output().location());
        Dataset<Row> more = estimate.draw(400, 5);
        assertThat(more.count()).isEqualTo(400);
        assertThat(more.schema()).isEqualTo(result.synthetic().schema());
        assertObeys(more.union(result.synthetic()));
        assertThat(estimate.draw(400, 5).collectAsList()).isEqualTo(more.collectAsList());
        assertThatThrownBy(() -> estimate.where("fee > 10").draw(5, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a condition is not allowed with the constraint UNIQUE (plan, began, code)");
        assertThatThrownBy(() -> estimate.draw(6_000_000, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("at most 4999850 can be drawn");

        RunResult again = PrivateEvolution.on(SPARK).run(spec);
        assertThat(again.synthetic().collectAsList()).isEqualTo(first);

        Evaluation evaluation = evaluated(spec, result.synthetic());
        List<Figure> figures = figures(evaluation);
        assertThat(figures).hasSize(11).allMatch(figure -> figure.value() == 0);
        assertThat(figures.stream()
                        .filter(figure -> figure.subject().equals("total = fee + tax"))
                        .findFirst()
                        .orElseThrow()
                        .attainable()
                        .orElseThrow())
                .isEqualTo(1 / 30.0);
        assertThat(evaluation.notes())
                .contains(
                        "Constraint `total = fee + tax`: broken by 0 of 150 synthetic rows and 30 of 900 real ones.",
                        "Constraint `UNIQUE (id)`: broken by 0 of 150 synthetic rows.",
                        "Constraint `city DETERMINES country`: broken by 0 of 150 synthetic rows and 0 of 900 real"
                                + " ones.");
    }

    @Test
    void rowsThatVotesSelectObeyAllConstraints() {
        RunSpec spec = byRank("rank");
        RunResult result = PrivateEvolution.on(SPARK).run(spec);

        List<Row> first = result.synthetic().collectAsList();
        assertThat(first).hasSize(90);
        assertObeys(result.synthetic());
        assertThat(PrivateEvolution.on(SPARK).run(spec).synthetic().collectAsList())
                .isEqualTo(first);
    }

    @Test
    void rowsOfAGeneratorFromOutsideAreRepaired() {
        RunSpec spec = byRank("foreign", "tabular.generation={name: dice}");
        RunResult result = PrivateEvolution.on(SPARK).run(spec);

        assertThat(result.synthetic().count()).isEqualTo(90);
        assertObeys(result.synthetic());
    }

    private static Evaluation evaluated(RunSpec spec, Dataset<Row> synthetic) {
        Constraints constraints = Constraints.of(spec.tabular(), spec.labels());
        EvaluationRequest request = new EvaluationRequest(
                List.of(),
                Optional.of("plan"),
                0,
                300,
                7,
                spec.tabular().schema().columns(),
                spec.tabular().generated().columns(),
                Optional.empty(),
                Optional.empty(),
                Maker.ESTIMATING_RUN,
                constraints);
        Table real = Table.open(SPARK, "csv", folder.resolve("private.csv").toString(), Map.of());
        Dataset<Row> rows = synthetic.withColumn("_problem", functions.lit(null).cast("string"));
        try (TableEvaluation evaluation = new TableEvaluation(
                SPARK, real, Optional.empty(), List.of(synthetic.columns()), request, new RunListener() {})) {
            return evaluation.compare(new Table(rows, "synthetic"));
        }
    }

    private static List<Figure> figures(Evaluation evaluation) {
        return evaluation.figures().stream()
                .filter(figure -> figure.measure().key().equals("constraint_violations"))
                .toList();
    }

    @Test
    void rowsThatBreakConstraintsAreCountedInAnEvaluation() {
        RunSpec spec = spec("broken");
        Dataset<Row> made = SPARK.read()
                .option("header", true)
                .csv(folder.resolve("private.csv").toString())
                .withColumn("began", functions.expr("IF(CAST(fee AS DOUBLE) > 50, '2024-12-31', began)"))
                .withColumn(
                        "country", functions.expr("IF(city = 'Graz' AND CAST(fee AS DOUBLE) > 55, 'Italy', country)"))
                .withColumn("id", functions.lit("7"));
        long late = made.filter("began > ended").count();
        long italian = made.filter("country = 'Italy'").count();

        Evaluation evaluation = evaluated(spec, made);

        assertThat(late).isPositive();
        assertThat(italian).isPositive();
        assertThat(evaluation.notes())
                .contains(
                        "Constraint `began <= ended`: broken by " + late + " of 900 synthetic rows and 0 of 900 real"
                                + " ones.",
                        "Constraint `city DETERMINES country`: broken by " + italian
                                + " of 900 synthetic rows and 0 of 900 real ones.",
                        "Constraint `UNIQUE (id)`: broken by 899 of 900 synthetic rows.");
        assertThat(figures(evaluation).get(0).subject()).isEmpty();
        assertThat(figures(evaluation).get(0).advice()).contains("tabular.constraints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "began < ended AND ended < began AND ended IS NOT NULL",
                "total = fee + tax + 100",
                "code RLIKE '^Z'",
                "NOT (status IN ('trial', 'open', 'closed'))",
                "seats > 3 AND plan = 'plus'",
            })
    void whatNoRowCanObeyIsRefusedAndNothingIsCharged(String condition) {
        assertThatThrownBy(() -> spec("refused", "tabular.constraints.10=\"" + condition + "\""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.constraints.10: `" + condition + "` can");
        assertThat(folder.resolve("refused-ledger")).doesNotExist();
    }

    @Test
    void recordsWithATextObeyThem() throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            for (String selection : List.of("estimate", "rank")) {
                RunResult result = PrivateEvolution.on(SPARK)
                        .run(Visits.run(
                                visits,
                                server.url(),
                                folder.resolve("visits-" + selection),
                                "evolution.selection=" + selection,
                                "tabular.constraints=[\"stars >= 3 OR city IS NULL\"]"));
                assertThat(result.synthetic().count()).isPositive();
                assertThat(result.synthetic()
                                .filter("stars < 3 AND city IS NOT NULL")
                                .count())
                        .isZero();
            }
        }
        assertThatThrownBy(() -> Visits.run(
                        visits,
                        "http://localhost",
                        folder.resolve("x"),
                        "tabular.constraints=[\"UNIQUE (city, stars)\"]"))
                .hasMessageContaining("tabular.constraints.0: UNIQUE of learnt columns is not allowed beside text");
        assertThatThrownBy(() -> Visits.run(
                        visits,
                        "http://localhost",
                        folder.resolve("x"),
                        "evolution.selection=rank",
                        "tabular.constraints=[city DETERMINES stars]"))
                .hasMessageContaining("DETERMINES without a map of values needs evolution.selection: estimate");
    }
}
