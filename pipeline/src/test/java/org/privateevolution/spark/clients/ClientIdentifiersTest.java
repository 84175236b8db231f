package org.privateevolution.spark.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.evaluation.ClientEvaluation;
import org.privateevolution.spark.evaluation.ClientFiles;
import org.privateevolution.spark.evaluation.EvaluationRequest;
import org.privateevolution.spark.evaluation.RunOutput;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spi.RunListener;

/** Runs whose child table has made-up columns. Two of them are also columns of the private rows. */
class ClientIdentifiersTest {

    private static final String[] MADE_UP = {
        "tabular.columns.2={name: mail, type: email}",
        "tabular.columns.3={name: token, type: uuid}",
        "tabular.children.0.columns.3={name: number, type: id, pattern: 'O-[0-9]{4}'}",
        "tabular.children.0.columns.4={name: mail, type: email}",
        "tabular.children.0.columns.5={name: courier, type: name}",
        "tabular.children.0.columns.6={name: token, type: uuid}",
        "tabular.children.0.columns.7={name: place, type: id}"
    };

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    /** Adds an order number and a courier to every private order. */
    private RunSpec spec(String... overrides) throws IOException {
        Orders.write(folder, 120, 1);
        Path orders = folder.resolve("orders.csv");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(orders)) {
            lines.add(
                    lines.isEmpty()
                            ? line + ",number,courier"
                            : line + "," + "secret-" + lines.size() + "," + "Jane Doe");
        }
        Files.write(orders, lines);
        List<String> all = new ArrayList<>(List.of(MADE_UP));
        all.addAll(List.of(overrides));
        return Orders.spec(folder, all.toArray(String[]::new));
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private Dataset<Row> orders() {
        return spark.read()
                .parquet(folder.resolve("out/children/orders/parquet").toString());
    }

    private static Set<String> texts(Dataset<Row> rows, String column) {
        return new HashSet<>(rows.select(column).collectAsList().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList());
    }

    @Test
    void theirValuesDifferAndAreThoseOfTheirTypes() throws IOException {
        RunResult result = run(spec());

        Dataset<Row> orders = orders();
        int rows = (int) orders.count();
        assertThat(rows).isGreaterThan(60);
        assertThat(orders.schema().simpleString())
                .isEqualTo("struct<customer:bigint,day:int,shop:string,amount:double,number:string,mail:string,"
                        + "courier:string,token:string,place:bigint>");
        assertThat(texts(orders, "number")).hasSize(rows).allMatch(id -> id.matches("O-\\d{4}"));
        assertThat(texts(orders, "mail")).hasSize(rows).allMatch(mail -> mail.matches("[a-z.]+\\d+@example\\..*"));
        assertThat(texts(orders, "courier")).hasSizeGreaterThan(50).allMatch(name -> name.contains(" "));
        assertThat(texts(orders, "place")).hasSize(rows).allSatisfy(place -> assertThat(Integer.parseInt(place))
                .as("five of each of 60 clients")
                .isBetween(1, 300));
        Set<String> tokens = texts(orders, "token");
        assertThat(tokens).hasSize(rows);
        tokens.addAll(texts(result.synthetic(), "token"));
        assertThat(tokens).as("no row has the token of a client").hasSize(rows + 60);
        assertThat(result.verdict())
                .contains("Made up, and never read from the private data: mail, token, orders_number, orders_mail,"
                        + " orders_courier, orders_token, orders_place.");
        assertThat(result.guarantee().charges()).hasSize(5);
    }

    /** The mail address is that of the row's person, who is not the client. */
    @Test
    void aRowsNameAndMailBelongToOnePerson() throws IOException {
        run(spec("tabular.children.0.columns.5={name: courier, type: first_name}"));

        assertThat(orders().select("courier", "mail").collectAsList())
                .isNotEmpty()
                .allSatisfy(row -> {
                    String first = row.getString(0).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
                    assertThat(row.getString(1)).startsWith(first + ".");
                });
    }

    @Test
    void aResumedRunWritesTheSameValues() throws IOException {
        interruptAt("vote 2");
    }

    @Tag("faults")
    @Test
    void aRunThatIsResumedEarlierDoesSoToo() throws IOException {
        interruptAt("initial population");
    }

    private void interruptAt(String stage) throws IOException {
        RunSpec spec = spec();
        RunListener stops = new RunListener() {
            @Override
            public void stageStarted(String started, long total) {
                if (started.startsWith(stage)) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
        assertThatThrownBy(() -> PrivateEvolution.on(spark).listener(stops).run(spec))
                .hasMessageContaining("stopped");
        run(spec);
        List<Row> resumed = orders().collectAsList();

        run(spec);

        assertThat(orders().collectAsList()).isEqualTo(resumed);
    }

    @Test
    void theyHaveNoPartInReleasesAndAreNotRead() throws IOException {
        RunSpec spec = spec();
        assertThat(spec.tabular().schema())
                .isEqualTo(Orders.spec(folder).tabular().schema());
        Orders.write(folder, 120, 1);

        assertThat(run(spec).synthetic().count())
                .as("orders without these columns")
                .isEqualTo(60);
    }

    @Test
    void anEvaluationDoesNotCompareThemButCountsRepeats() throws IOException {
        RunSpec spec = spec();
        run(spec);
        RunOutput output = RunOutput.at(spark, folder.resolve("out").toString()).orElseThrow();
        ClientFiles real = new ClientFiles(csv("customers.csv"), List.of(Optional.of(csv("orders.csv"))));
        ClientFiles made =
                output.publishedClients(output.spec().modality().clients().orElseThrow());

        Evaluation evaluation = evaluation(spec, real, made);

        assertThat(evaluation.notes())
                .contains(
                        "Left out, since they are declared as made up, and nothing in them was learnt: number, mail,"
                                + " courier, token, place of table 'orders'.",
                        "The synthetic values of 'number' of table 'orders' all differ, as they should.");
        assertThat(evaluation.figures())
                .noneMatch(figure ->
                        figure.subject().contains("number") || figure.subject().contains("courier"));
        Table rows = made.children().get(0).orElseThrow();
        ClientFiles twice = new ClientFiles(
                made.root(), List.of(Optional.of(new Table(rows.rows().union(rows.rows()), rows.location()))));
        assertThat(evaluation(spec, real, twice).notes())
                .anyMatch(note -> note.startsWith(
                        "WARNING: the synthetic values of 'number' of table 'orders' should all differ"));
    }

    private Table csv(String file) {
        return Table.open(spark, "csv", folder.resolve(file).toString(), Map.of());
    }

    private Evaluation evaluation(RunSpec spec, ClientFiles real, ClientFiles made) {
        EvaluationRequest request = new EvaluationRequest(
                List.of(),
                Optional.empty(),
                0,
                100,
                7,
                List.of(),
                Optional.empty(),
                Optional.of(spec.privateData().clientColumn()),
                Maker.OTHER);
        return new ClientEvaluation(
                        spark,
                        spec.modality().clients().orElseThrow(),
                        List.of(),
                        real,
                        Optional.empty(),
                        request,
                        new RunListener() {})
                .compare(made);
    }

    @Test
    void aLanguageWithoutNamesIsRefusedBeforeAnythingIsCharged() throws IOException {
        Orders.write(folder, 120, 1);
        RunSpec spec =
                Orders.spec(folder, "tabular.children.0.columns.3={name: courier, type: name}", "tabular.locale=tlh");

        assertThatThrownBy(() -> run(spec))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.locale: no names are known for 'tlh'");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).check(spec)).hasMessageContaining("tabular.locale");
        assertThat(Path.of(spec.privacy().ledger().replaceFirst("^file:", ""), "entry-000001.json"))
                .doesNotExist();
    }
}
