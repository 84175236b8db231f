package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;

/** Tests the commands that need Spark, on one local session that the test creates, as spark-submit does. */
class SparkCommandsTest {

    private static SparkSession spark;

    @TempDir
    private Path folder;

    private String configuration;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void write() {
        Inputs.people(folder);
        configuration = Inputs.configuration(folder).toString();
    }

    @Test
    void aProgramIsToldOfARunInObjectsAlone() throws IOException {
        Execution run = Execution.of("run", configuration, "--progress", "json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            events.add(new ObjectMapper().readTree(line));
        }
        assertThat(events.get(0).get("event").asText()).isEqualTo("started");
        assertThat(events.get(0).get("votes").asInt()).isEqualTo(3);
        List<Double> epsilons = events.stream()
                .filter(event -> event.get("event").asText().equals("vote"))
                .map(event -> event.get("epsilon").asDouble())
                .toList();
        assertThat(epsilons).hasSize(3).isSorted();
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.get("event").asText()).isEqualTo("finished");
        assertThat(last.get("epsilon").asDouble()).isEqualTo(epsilons.get(2)).isBetween(1.99, 2.01);
        assertThat(last.get("guarantee").asText()).startsWith("(2, 1e-4)-differential privacy");
    }

    @Test
    void aProgramIsToldWhyARunFailed() throws IOException {
        Execution run = Execution.of("run", configuration, "--progress", "json", "--set", "privacy.delta=7");

        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode failed = json(run);
        assertThat(failed.get("event").asText()).isEqualTo("failed");
        assertThat(failed.get("exit_code").asInt()).isEqualTo(2);
        assertThat(failed.get("problems").get(0).asText()).contains("privacy.delta");
        assertThat(failed.get("resumable").asBoolean()).isFalse();
        assertThat(Execution.of("run", configuration, "--progress", "xml").err())
                .contains("--progress: xml is not allowed: must be one of json, text");
    }

    @Test
    void aRunPrintsItsGuaranteeAndTheLedgerTellsWhatItCost() throws IOException {
        Execution run = Execution.of("run", configuration);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Run people")
                .containsPattern("privacy +epsilon 2 at delta 1e-4, for one record, added or removed\n")
                .containsPattern("if interrupted +pe run " + configuration + "\n")
                .containsPattern("votes +3, on 23 candidates in the first and 69 in the last\n")
                .contains("(2, 1e-4)-differential privacy for one record, added or removed");
        assertThat(run.err().lines()).anyMatch(line -> line.endsWith(" s  vote 3 of 3"));
        assertThat(folder.resolve("out/guarantee.json")).exists();

        Execution resumed = Execution.of("run", configuration);
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.err())
                .doesNotContain("vote 1 of 3")
                .contains(
                        "this run has already finished: its results are in ", "--extend", "choose another output.path");
        assertThat(run.err()).doesNotContain("already finished");

        Execution ledger =
                Execution.of("ledger", folder.resolve("people.csv.ledger").toString(), "--delta", "1e-4", "--json");
        assertThat(ledger.exitCode()).isZero();
        JsonNode entries = json(ledger);
        assertThat(entries.get("entries")).hasSize(3);
        assertThat(entries.get("epsilon").asDouble()).isBetween(1.999999, 2.0000001);
        assertThat(Execution.of("ledger", folder.resolve("people.csv.ledger").toString(), "--verbose")
                        .out())
                .contains("vote-001")
                .contains("3 releases cost epsilon ");

        Execution unaffordable = Execution.of(
                "run",
                configuration,
                "--extend",
                "--set",
                "evolution.votes=4",
                "--set",
                "privacy.budget={epsilon: 2.0001, delta: 1e-4}");
        assertThat(unaffordable.exitCode()).isEqualTo(4);
        Execution other = Execution.of("run", configuration, "--set", "evolution.votes=4");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("--extend").doesNotContain("To resume: ");
        assertThat(Execution.of("run", configuration, "--set", "seed=1").exitCode())
                .isEqualTo(2);
        Execution missing = Execution.of("run", configuration, "--set", "private_data.path=" + folder.resolve("none"));
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err())
                .isEqualTo("pe: [PE-200] private_data.path: " + folder.resolve("none") + " does not exist\n");

        Execution extended = Execution.of(
                "run", configuration, "--set", "evolution.votes=4", "--set", "privacy.epsilon=3", "--extend");
        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(extended.out()).contains("(3, 1e-4)-differential privacy");
    }

    @Test
    void moreRowsAreDrawnFromAFinishedRunAtNoCost() throws IOException {
        String out = folder.resolve("out").toString();
        assertFails(2, "no finished run at file:" + out, "sample", out, "--rows", "5");
        assertThat(Execution.of(
                                "run",
                                configuration,
                                "--set",
                                "labels={column: card, values: [gold, plain]}",
                                "--set",
                                "evolution={samples: 40, votes: 2, selection: estimate}")
                        .exitCode())
                .isZero();
        // Neither file is read again.
        Files.move(folder.resolve("people.csv"), folder.resolve("elsewhere.csv"));
        Files.move(folder.resolve("people.csv.ledger"), folder.resolve("elsewhere.ledger"));

        Execution plain = Execution.of("sample", out, "--rows", "57");
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.err()).isEmpty();
        assertThat(plain.out())
                .contains(
                        "rows        57\n",
                        "drawn from  ",
                        " weighted rows\n",
                        "data        file:" + out + "/samples/sample-001")
                .contains("(2, 1e-4)-differential privacy for one record, added or removed")
                .doesNotContain("condition");
        assertThat(spark.read().parquet(out + "/samples/sample-001").count()).isEqualTo(57);

        String elsewhere = folder.resolve("some").toString();
        String[] conditional = {
            "sample",
            out,
            "--rows",
            "30",
            "--where",
            "age >= 60 AND card = 'gold'",
            "--output",
            elsewhere,
            "--format",
            "json"
        };
        Execution some = Execution.of(conditional);
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(some.out()).contains("condition   true for about ", "% of the estimate");
        assertThat(spark.read()
                        .json(elsewhere)
                        .where("age >= 60 AND card = 'gold'")
                        .count())
                .isEqualTo(30);
        assertFails(2, elsewhere + " exists already", conditional);

        String[] printed = {
            "sample", out, "--rows", "20", "--where", "country IN ('USA', 'NO') AND born IS NULL", "--output", "-"
        };
        Execution csv = Execution.of(printed);
        List<String> lines = csv.out().lines().toList();
        assertThat(lines).hasSize(21).startsWith("country,age,born,card");
        assertThat(lines.subList(1, 21)).allMatch(line -> line.matches("(USA|NO),\\d+,,(gold|plain)"));
        assertThat(Execution.of(printed)).isEqualTo(csv);
        List<String> seeded = new ArrayList<>(List.of(printed));
        seeded.addAll(List.of("--seed", "2"));
        assertThat(Execution.of(seeded.toArray(String[]::new)).out()).isNotEqualTo(csv.out());

        Execution few = Execution.of(
                "sample", out, "--rows", "100000", "--where", "age = 33 AND card = 'gold'", "--output", "-");
        assertThat(few.exitCode()).as(few.err()).isZero();
        assertThat(few.out().lines()).hasSize(100_001);
        assertThat(few.err().lines())
                .singleElement()
                .asString()
                .startsWith("note: the 100,000 rows repeat ")
                .endsWith("; a wider condition gives more");

        assertFails(2, "no column `aeg`", "sample", out, "--rows", "5", "--where", "aeg > 60");
        assertFails(2, "yntax error", "sample", out, "--rows", "5", "--where", "age >");
        assertFails(2, "no row of the estimate", "sample", out, "--rows", "5", "--where", "age > 110");
        assertFails(2, "--rows: 0 is not allowed", "sample", out, "--rows", "0");
        assertFails(2, "--format: xml is not allowed", "sample", out, "--rows", "5", "--format", "xml");
        assertFails(
                2, "parquet cannot be printed", "sample", out, "--rows", "5", "--format", "parquet", "--output", "-");
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
        assertThat(folder.resolve("out/samples/sample-002")).doesNotExist();
    }

    private static void assertFails(int exitCode, String reason, String... arguments) {
        Execution failed = Execution.of(arguments);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(exitCode);
        assertThat(failed.err().lines())
                .singleElement()
                .asString()
                .startsWith("pe: ")
                .contains(reason);
    }

    @Test
    void aRunOnTextsShowsTextsAndTheirMeasures() throws IOException {
        String texts = Inputs.textConfiguration(folder).toString();

        Execution validated = Execution.of("validate", texts, "--data");
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(folder.resolve("texts-out")).doesNotExist();

        Execution run = Execution.of("run", texts);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Synthetic text 5 (", "Public note")
                .contains("iteration  distinct_1")
                .contains("iteration  fid")
                .contains("OUTSIDE THE GUARANTEE")
                .contains("-differential privacy for one record")
                .doesNotContain("Private note");
        assertThat(Files.readString(folder.resolve("texts-out/metrics.csv"))).contains("0,,distinct_1,");
        assertThat(Files.readString(folder.resolve("texts-out/metrics-private.csv")))
                .contains("2,,fid,");
        assertThat(run.out()).contains("report-private.html (do not publish)");
    }

    @Test
    void repeatsAreMadeOfPublicRecordsOnlyAndComparedWithTheirSpread() throws IOException {
        Execution refused = Execution.of("run", configuration, "--seeds", "3");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--seeds: private_data.public is false", "each of the 3 repeats would spend");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
        assertFails(2, "--seeds: 1 is not allowed", "run", configuration, "--seeds", "1");

        String[] repeats = {
            "run", configuration, "--set", "private_data.public=true", "--set", "seed=40", "--seeds", "2"
        };
        Execution run = Execution.of(repeats);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Run people, 2 times. Guarantee of each:")
                .contains("The runs differ only in seed and noise. Guarantee of each: epsilon 2")
                .contains("distinct_share", "std. dev.");
        assertThat(run.out().lines().filter(line -> !line.contains(folder.toString())))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        for (int i = 1; i <= 2; i++) {
            Path repeat = folder.resolve("out/seed-" + i);
            assertThat(RunConfiguration.load(repeat.resolve("configuration.yaml"), List.of())
                            .seed())
                    .isEqualTo(39 + i);
            assertThat(json(Execution.of("ledger", repeat + "/ledger", "--json"))
                            .get("entries"))
                    .as("a ledger of its own")
                    .hasSize(3);
            assertThat(Files.readString(repeat.resolve("guarantee.json"))).contains("the records are declared public");
        }
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
        assertThat(Files.readString(folder.resolve("out/comparison.html"))).contains("standard deviation");

        assertFails(
                2,
                "private_data.public was true",
                "run",
                configuration,
                "--set",
                "seed=40",
                "--set",
                "output.path=" + folder.resolve("out/seed-1"),
                "--set",
                "privacy.ledger=" + folder.resolve("out/seed-1/ledger"));
        assertFails(
                2,
                "has charges or a budget",
                "run",
                configuration,
                "--set",
                "private_data.public=true",
                "--set",
                "privacy.ledger=" + folder.resolve("out/seed-1/ledger"),
                "--seeds",
                "2");

        Execution again = Execution.of(repeats);
        assertThat(again.err()).doesNotContain("vote 1 of 3");
        assertThat(json(Execution.of(
                                "ledger", folder.resolve("out/seed-1/ledger").toString(), "--json"))
                        .get("entries"))
                .hasSize(3);
    }

    @Test
    void everyFailureThatLeavesARunNamesTheCommandThatGoesOn() throws IOException {
        Path synthetic = Inputs.write(
                Files.createDirectories(folder.resolve("out")).resolve("synthetic"), "in the way of the results");
        assertStops(5, "cannot write ", "run", configuration);
        Files.delete(synthetic);

        String held =
                "\"host\": \"elsewhere\", \"process_space\": \"elsewhere\", \"pid\": 1, \"process_start\": \"%1$s\","
                        + " \"renewed\": \"%1$s\", \"released\": false";
        Path lease = Inputs.write(
                folder.resolve("out/store/lease-000041.json"),
                Files.readString(folder.resolve("out/store/lease-000001.json"))
                        .replaceAll("\"released\" *: *true", held.formatted(Instant.now())));
        assertStops(5, "is held by process ", "run", configuration);
        Files.delete(lease);

        String[] longer = {"run", configuration, "--extend", "--set", "evolution.votes=4", "--set", "privacy.epsilon=3"
        };
        Path people = folder.resolve("people.csv");
        Files.move(people, folder.resolve("elsewhere.csv"));
        assertStops(3, "nothing exists at " + people, longer);
        Files.move(folder.resolve("elsewhere.csv"), people);

        Path entry = folder.resolve("people.csv.ledger/entry-000002.json");
        String charge = Files.readString(entry);
        Files.writeString(entry, charge.replace("vote-002", "vote-007"));
        assertStops(4, "entry", longer);
        Files.writeString(entry, charge);

        Execution resumed = Execution.of(longer);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).doesNotContain("to go on");
        assertThat(resumed.out()).contains("(3, 1e-4)-differential privacy");
    }

    /** The guarantee of the earlier results would be wrong for half-written new results. */
    @Test
    void resultsThatAreBeingReplacedHaveNoGuarantee() throws IOException {
        Path guarantee = folder.resolve("out/guarantee.json");
        assertThat(Execution.of("run", configuration).exitCode()).isZero();
        assertThat(guarantee).exists();
        Files.move(folder.resolve("out/synthetic"), folder.resolve("before"));
        Path synthetic = Inputs.write(folder.resolve("out/synthetic"), "in the way of the results");

        assertStops(5, "cannot write ", "run", configuration);
        assertThat(guarantee).doesNotExist();

        Files.delete(synthetic);
        assertThat(Execution.of("run", configuration).exitCode()).isZero();
        assertThat(guarantee).exists();
    }

    @Test
    void aGeneratorThatFailsLeavesARunToGoOnWith() throws IOException {
        Path prompt = Inputs.write(
                folder.resolve("prompt.json"),
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"A {card} note.\"}],"
                        + " \"replacement_rules\": []}");
        Path variation = Inputs.write(
                folder.resolve("variation.json"),
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"As {card}: {sample}\"}],"
                        + " \"replacement_rules\": []}");
        String texts = Inputs.textConfiguration(folder).toString();
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertStops(
                6,
                "",
                "run",
                texts,
                "--set",
                "text.corpus=",
                "--set",
                "text.prompts={random: " + prompt + ", variation: " + variation + "}",
                "--set",
                "text.chat={endpoints: [{url: \"http://127.0.0.1:" + port
                        + "/v1\", model: none}], retry: {attempts: 1}}");
    }

    /** YARN copies the file to the driver under its base name. */
    @Test
    void theResumeCommandNamesTheConfigurationAsItWasSubmitted() {
        System.setProperty("spark.privateevolution.configuration", "conf/people.yaml");
        try {
            assertThat(Execution.of("run", configuration).out()).contains("pe run conf/people.yaml");
        } finally {
            System.clearProperty("spark.privateevolution.configuration");
        }
    }

    private static void assertStops(int exitCode, String reason, String... arguments) {
        Execution stopped = Execution.of(arguments);
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(exitCode);
        List<String> lines =
                stopped.err().lines().filter(line -> line.startsWith("pe: ")).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains(reason);
        assertThat(lines.get(1))
                .isEqualTo("pe: Finished work is kept. To resume: " + ResumeCommand.of(List.of(arguments), false));
    }

    @Test
    void aRunBeyondTheBudgetIsRefusedBeforeItReadsAnything() {
        Execution run = Execution.of("run", configuration, "--set", "privacy.budget={epsilon: 1, delta: 1e-4}");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err().lines()).singleElement().asString().contains("budget is epsilon 1 ");
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
    }

    @Test
    void aBudgetThatWasSetByHandHoldsForLaterRuns() throws IOException {
        String ledger = folder.resolve("people.csv.ledger").toString();
        String[] run = {"run", configuration, "--set", "privacy.budget={epsilon: 9, delta: 1e-4}"};
        assertThat(Execution.of("ledger", ledger, "--set-budget", "1.5", "--delta", "1e-4")
                        .exitCode())
                .isZero();

        Execution refused = Execution.of(run);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("budget is epsilon 1.5", "set in the ledger on ", "--set-budget");
        assertThat(json(Execution.of("ledger", ledger, "--json")).get("entries"))
                .isEmpty();
        assertThat(folder.resolve("out/guarantee.json")).doesNotExist();

        assertThat(Execution.of("ledger", ledger, "--set-budget", "2.5").exitCode())
                .isZero();
        Execution done = Execution.of(run);
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.err()).contains("privacy.budget has no effect", "a budget of epsilon 2.5 at delta 1e-4");

        assertThat(Execution.of("ledger", ledger, "--set-budget", "1").exitCode())
                .isZero();
        Execution finished = Execution.of("run", configuration);
        assertThat(finished.exitCode()).as("costs nothing more").isZero();
        Execution another = Execution.of("run", configuration, "--set", "output.path=" + folder.resolve("another"));
        assertThat(another.exitCode()).isEqualTo(4);
        assertThat(another.err()).contains("nothing is left");
        JsonNode account = json(Execution.of("ledger", ledger, "--json"));
        assertThat(account.get("entries")).hasSize(3);
        assertThat(account.get("budgets")).hasSize(3);
    }

    @Test
    void outputThatCannotBeWrittenIsAStorageError() {
        Path file = Inputs.write(folder.resolve("file"), "");
        Execution run = Execution.of("run", configuration, "--set", "output.path=" + file.resolve("out"));

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("pe: [PE-400] output.path: cannot write to ");
    }

    @Test
    void whatItCannotWriteIsFoundWithTheData() {
        Path file = Inputs.write(folder.resolve("file"), "");
        String elsewhere = "privacy.ledger=" + file.resolve("ledger");
        assertThat(Execution.of("validate", configuration, "--set", elsewhere).exitCode())
                .isZero();
        Execution ledger = Execution.of("validate", configuration, "--data", "--set", elsewhere);
        assertThat(ledger.exitCode()).isEqualTo(5);
        assertThat(ledger.err().lines())
                .singleElement()
                .asString()
                .startsWith("pe: [PE-400] privacy.ledger: cannot write to ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aHeapThatIsTooSmallStopsARunAndIsToldOfAConfiguration() {
        String large = "evolution.samples=100000000";
        Execution run = Execution.of("run", configuration, "--set", large);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("--driver-memory ");

        Execution validated = Execution.of("validate", configuration, "--set", large);
        assertThat(validated.exitCode()).isZero();
        assertThat(validated.out()).contains("note: on this machine, the driver's heap of ", "--driver-memory ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void validDataPassTheCheckAndNothingIsWritten() {
        Execution execution = Execution.of("validate", configuration, "--data");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out()).startsWith(configuration + " is valid, and the private data matches it");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(spark.sparkContext().isStopped())
                .as("the session that was there stays")
                .isFalse();
    }

    @Test
    void aContextThatWasThereStaysWithoutASessionToo() {
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        try {
            Execution execution = Execution.of("validate", configuration, "--data");

            assertThat(execution.exitCode()).as(execution.err()).isZero();
            assertThat(spark.sparkContext().isStopped()).isFalse();
        } finally {
            SparkSession.setDefaultSession(spark);
        }
    }

    @Test
    void dataOutsideTheSchemaAreRefusedWithoutTheirValues() {
        Execution execution = Execution.of("validate", configuration, "--data", "--set", "tabular.columns.1.max=79");

        assertThat(execution.exitCode()).isEqualTo(3);
        assertThat(execution.err().lines()).singleElement().asString().contains("column 'age'");
        assertThat(execution.err()).doesNotContain("80");
        assertThat(Execution.of("validate", configuration, "--set", "tabular.columns.1.max=79")
                        .exitCode())
                .isZero();
    }

    @Test
    void missingDataAndUnknownColumnsAreRefused() {
        assertThat(Execution.of("validate", configuration, "--data", "--set", "private_data.path=absent.csv")
                        .exitCode())
                .isEqualTo(3);
        assertThat(Execution.of("validate", configuration, "--data", "--set", "tabular.columns.0.name=land")
                        .err())
                .contains("no column land");
    }

    @Test
    void aDraftIsValidSaysThatItIsNotPrivateAndFitsItsData() {
        Execution execution = Execution.of(
                "propose-schema", folder.resolve("people.csv").toString(), "--label", "card", "--max-categories", "5");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.err()).startsWith("WARNING: this draft is NOT private.");
        assertThat(execution.out())
                .startsWith("# WARNING: this draft is NOT private.")
                .contains("# left out: \"note\", more than 5 different texts");
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(spec.labels().names()).containsExactly("gold", "plain");
        List<Column> columns = spec.tabular().schema().columns();
        assertThat(columns).extracting(Column::name).containsExactly("country", "age", "born");
        assertThat(spec.tabular().generated().names()).containsExactly("id");
        assertThat(((CategoricalColumn) columns.get(0)).categories()).containsExactly("Mexico", "NO", "USA");
        assertThat(columns.get(1))
                .isEqualTo(new NumericColumn("age", ColumnType.of(ColumnType.Kind.INTEGER), 20, 80, false, false));
        assertThat(columns.get(2).type()).isEqualTo(ColumnType.of(ColumnType.Kind.DATE));
        assertThat(columns.get(2).nullable()).isTrue();

        Path draft = Inputs.write(folder.resolve("draft.yaml"), execution.out());
        Execution checked = Execution.of("validate", draft.toString(), "--data");
        assertThat(checked.exitCode()).as(checked.err()).isZero();
    }

    @Test
    void aDraftMakesUpWhatItsNameOrFormSaysIsAnIdentifier() {
        StringBuilder lines = new StringBuilder("Customer ID,contact,surname,city_name,store_id,age\n");
        for (int i = 0; i < 120; i++) {
            lines.append("C-%04d,u%d@mail.net,Name%d,Town%d,%d,%d\n".formatted(i, i, i % 90, i % 90, i % 9, i % 7));
        }
        Path file = Inputs.write(folder.resolve("clients.csv"), lines.toString());

        Execution execution = Execution.of("propose-schema", file.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(spec.tabular().generated().columns())
                .extracting(column -> column.name() + " " + column.kind().configName())
                .containsExactly("Customer ID id", "contact email", "surname last_name");
        assertThat(spec.tabular().schema().columns()).extracting(Column::name).containsExactly("store_id", "age");
        assertThat(execution.out()).contains("# left out: \"city_name\"").doesNotContain("mail.net", "C-00");
    }

    @Test
    void aDraftOfTypedColumnsKeepsTheirTypes() {
        spark.sql(
                        """
                        SELECT CAST(id AS TINYINT) AS tiny, id AS big, CAST(id / 7 AS FLOAT) AS f,
                               IF(id = 3, DOUBLE('NaN'), id / 9) AS d, CAST(id / 4 AS DECIMAL(10, 2)) AS price,
                               id % 2 = 0 AS even, DATE '2020-02-29' + CAST(id AS INT) AS day,
                               TIMESTAMP '2020-02-29 12:30:00.000001Z' + make_interval(0, 0, 0, 0, id) AS seen,
                               TIMESTAMP_NTZ '2020-02-29 12:30:00' + make_interval(0, 0, 0, 0, id) AS local,
                               '1990-01-0' || (1 + id % 9) AS text_day, 'say "' || (id % 2) || '": #' AS `odd ``name`,
                               CAST(NULL AS STRING) AS nothing, ARRAY(id) AS items, IF(id = 5, NULL, 'x') AS maybe
                        FROM range(17)
                        """)
                .write()
                .parquet(folder.resolve("typed.parquet").toString());

        Execution execution =
                Execution.of("propose-schema", folder.resolve("typed.parquet").toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(spec.tabular().schema().columns())
                .extracting(column -> column.name() + " " + column.type().configName())
                .containsExactly(
                        "tiny byte",
                        "big long",
                        "f float",
                        "d double",
                        "price decimal(10,2)",
                        "even boolean",
                        "day date",
                        "seen timestamp",
                        "local timestamp_ntz",
                        "text_day date",
                        "odd `name string",
                        "maybe string");
        assertThat(execution.out())
                .contains("# left out: \"nothing\", no values")
                .contains("# left out: \"items\", its type cannot be declared")
                .contains("min: 2020-02-29T12:30:00.000001Z");
    }

    @Test
    void aDraftFlattensStructsAndMapsAndListsTheMembersOfSets() throws IOException {
        String file = folder.resolve("nested.parquet").toString();
        spark.sql(
                        """
                        SELECT named_struct('city', IF(id % 2 = 0, 'Bonn', 'Lima'),
                                            'geo', named_struct('zone', INT(id % 4))) AS address,
                               IF(id % 3 = 0, map('size', 'L'), map('color', IF(id % 5 = 0, 'red', 'blue')))
                                   AS attributes,
                               IF(id = 7, NULL, IF(id % 2 = 0, array('new', 'sale', 'new'), array('sale'))) AS tags,
                               CAST('x' AS BINARY) AS photo, INT(id % 6) AS age
                        FROM range(60)
                        """)
                .write()
                .parquet(file);

        Execution execution = Execution.of("propose-schema", file);

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(spec.tabular().declared())
                .extracting(DeclaredColumn::name)
                .containsExactly(
                        "address.city", "address.geo.zone", "attributes.color", "attributes.size", "tags", "age");
        assertThat(spec.tabular().declared().get(4))
                .isEqualTo(new SetColumn("tags", List.of("new", "sale"), true, null, 2));
        assertThat(execution.out()).contains("# left out: \"photo\", its type cannot be declared");
        Path draft = Inputs.write(folder.resolve("nested.yaml"), execution.out());
        Execution checked = Execution.of("validate", draft.toString(), "--data");
        assertThat(checked.exitCode()).as(checked.err()).isZero();

        String out = folder.resolve("nested-out").toString();
        Execution run = Execution.of(
                "run",
                draft.toString(),
                "--set",
                "evolution={samples: 30, votes: 1, selection: estimate}",
                "--set",
                "output.path=" + out,
                "--set",
                "privacy.ledger=" + folder.resolve("nested-ledger"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Execution evaluated = Execution.of("evaluate", "--real", file, "--synthetic", out);
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out()).contains("tags is null", "attributes.color", "address.geo.zone");
    }

    @Test
    void aDraftNamesTheDecimalsOfNumbersAndThoseThatManyRecordsShare() throws IOException {
        spark.sql(
                        """
                        SELECT IF(id % 4 = 0, 999, IF(id = 1, 9999, INT(id))) AS code, id / 4 AS quarter, id / 7 AS d,
                               DOUBLE(id DIV 2) AS whole, IF(id % 10 = 0, -1.0D, id + 0.25D) AS measured
                        FROM range(400)
                        """)
                .write()
                .parquet(folder.resolve("numbers.parquet").toString());

        Execution execution =
                Execution.of("propose-schema", folder.resolve("numbers.parquet").toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out().lines().filter(line -> line.startsWith("    - {")))
                .containsExactly(
                        "    - {name: \"code\", type: integer, min: 2, max: 9999, special: [999]}",
                        "    - {name: \"quarter\", type: double, min: 0.0, max: 99.75, decimals: 2}",
                        "    - {name: \"d\", type: double, min: 0.0, max: 57.0}",
                        "    - {name: \"whole\", type: double, min: 0.0, max: 199.0, decimals: 0}",
                        "    - {name: \"measured\", type: double, min: -1.0, max: 399.25, decimals: 2}");
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(((NumericColumn) spec.tabular().schema().columns().get(1)).decimals())
                .isEqualTo(2);
    }

    @Test
    void aDraftNeedsAFormatALabelThatExistsAndDataThatExist() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Execution unnamed = Execution.of("propose-schema", bare.toString());
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err())
                .startsWith("pe: [PE-100] --format is missing, and the name " + bare + " does not tell the format");
        Execution label =
                Execution.of("propose-schema", folder.resolve("people.csv").toString(), "--label", "crad");
        assertThat(label.exitCode()).isEqualTo(2);
        assertThat(label.err()).isEqualTo("pe: [PE-101] --label: the data has no column crad; did you mean card?\n");
        Path nowhere = folder.resolve("absent.csv");
        Execution absent = Execution.of("propose-schema", nowhere.toString());
        assertThat(absent.exitCode()).isEqualTo(3);
        assertThat(absent.err()).startsWith("pe: [PE-200] " + nowhere + " does not exist");
        Execution many =
                Execution.of("propose-schema", folder.resolve("people.csv").toString(), "--label", "note");
        assertThat(many.exitCode()).isEqualTo(2);
        assertThat(many.err()).contains("more than 50 values").doesNotContain("note 1");
    }

    @Test
    void aDraftReadsCsvAsARunDoes() {
        Path file = Inputs.write(
                folder.resolve("texts.csv"),
                """
                ,mood,note,seen,on,amount
                0,good,"say ""yes"",
                or no",2026-02-28 12:30:00,true,1.5
                1,bad,"a, b",2026-03-01 12:30:00,false,
                """);

        Execution execution = Execution.of("propose-schema", file.toString(), "--label", "mood");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        RunSpec spec = RunConfiguration.parse(execution.out(), "draft.yaml", List.of());
        assertThat(spec.labels().names()).containsExactly("bad", "good");
        List<Column> columns = spec.tabular().schema().columns();
        assertThat(columns)
                .extracting(column -> column.name() + " " + column.type().configName())
                .containsExactly("note string", "seen timestamp_ntz", "on boolean", "amount double");
        assertThat(((CategoricalColumn) columns.get(0)).categories()).containsExactly("a, b", "say \"yes\",\nor no");
        Path draft = Inputs.write(folder.resolve("draft.yaml"), execution.out());
        Execution checked = Execution.of("validate", draft.toString(), "--data");
        assertThat(checked.exitCode()).as(checked.err()).isZero();
    }

    @Test
    void aDraftTakesTheOptionsOfARunAndSaysWhichIsMissing() {
        Path file = Inputs.write(folder.resolve("semicolon.csv"), "site;weight\nnorth;1\nsouth;2\n");

        Execution missing = Execution.of("propose-schema", file.toString());
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.err()).contains("separated by ';'", "options.sep");
        Execution given = Execution.of("propose-schema", file.toString(), "--option", "sep=;");
        assertThat(given.exitCode()).as(given.err()).isZero();
        assertThat(RunConfiguration.parse(given.out(), "draft.yaml", List.of())
                        .privateData()
                        .options())
                .containsEntry("sep", ";");
        Execution wrong = Execution.of("propose-schema", file.toString(), "--option", "comment=#");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--option: comment is not allowed");
    }

    @Test
    void aMistypedLedgerIsNotAnEmptyOne() {
        Execution execution = Execution.of("ledger", folder.resolve("absent").toString());

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).contains("there is no ledger at ");
    }

    private static JsonNode json(Execution execution) throws JsonProcessingException {
        return new ObjectMapper().readTree(execution.out());
    }
}
