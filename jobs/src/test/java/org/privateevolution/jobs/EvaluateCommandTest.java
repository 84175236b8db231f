package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Orders;

class EvaluateCommandTest {

    private static final String AWKWARD = "a \"b\", `c`.d";

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void filesOfOtherProgramsAreComparedAndTheDocumentIsAsItsSchemaSays() throws IOException {
        Path real = csv("real.csv", 1, 240);
        Path holdout = csv("holdout.csv", 2, 160);
        Path made = csv("made.csv", 3, 28);
        Path output = folder.resolve("evaluation");

        Execution execution = Execution.of(
                "evaluate",
                "--real",
                real.toString(),
                "--holdout",
                holdout.toString(),
                "--synthetic",
                made.toString(),
                "--target",
                AWKWARD,
                "--output",
                output.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .startsWith("Compared 28 synthetic records with 240 real and 160 held-out ones.\n")
                .contains("Are they distributed like real ones?", "Do they repeat real ones?", "OUTSIDE the guarantee");
        assertThat(execution.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(execution.out() + execution.err()).doesNotContain("Klaus-Peter", "007");
        String document = Files.readString(output.resolve("evaluation.json"));
        assertThat(problems(document)).isEmpty();
        JsonNode json = new ObjectMapper().readTree(document);
        assertThat(json.path("outside_guarantee").asBoolean()).isTrue();
        assertThat(json.path("use").path(0).path("target").asText()).isEqualTo(AWKWARD);
        assertThat(json.path("associations").path("columns")).hasSize(3);
        assertThat(problems(document.replace("\"outside_guarantee\" : true", "\"outside_guarantee\" : false")))
                .isNotEmpty();
        List<String> csv = Files.readAllLines(output.resolve("evaluation.csv"));
        assertThat(csv.get(0)).isEqualTo(EvaluationCsv.HEADER);
        assertThat(csv).anyMatch(line -> line.startsWith(",tvd_1way,\"a \"\"b\"\", `c`.d\",0."));
        assertThat(Files.readString(output.resolve("evaluation.html"))).contains("Single columns");
    }

    @Test
    void clientsAreComparedWithTheirRowsInChildTables() throws IOException {
        Orders.write(folder, 150, 1);
        Path held = Files.createDirectory(folder.resolve("held"));
        Orders.write(held, 120, 2);
        Path configuration = folder.resolve("clients.yaml");
        Files.writeString(
                configuration, Orders.yaml(folder, "customers.csv", "path: orders.csv, key: customer, order: day, "));
        assertThat(Execution.of("run", configuration.toString()).exitCode()).isZero();
        String real = folder.resolve("customers.csv").toString();
        String run = folder.resolve("out").toString();
        String orders = "orders=" + folder.resolve("orders.csv");
        Path output = folder.resolve("evaluation");

        Execution execution = Execution.of(
                "evaluate",
                "--real",
                real,
                "--child",
                orders,
                "--holdout",
                held.resolve("customers.csv").toString(),
                "--holdout-child",
                "orders=" + held.resolve("orders.csv"),
                "--synthetic",
                run,
                "--targets",
                "0",
                "--output",
                output.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .startsWith("Compared 60 synthetic records with 150 real and 120 held-out ones.\n")
                .containsPattern("key_integrity orders +1\\.0000 +1\\.0000 +GOOD")
                .containsPattern("successive_2way orders ");
        assertThat(execution.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(execution.out() + execution.err()).doesNotContain("key-7");
        String document = Files.readString(output.resolve("evaluation.json"));
        assertThat(problems(document)).isEmpty();
        assertThat(document).contains("\"question\" : \"children\"");
        assertThat(Files.readAllLines(output.resolve("evaluation.csv")))
                .anyMatch(line -> line.startsWith(",rows_per_client,orders,0."));
        assertThat(Files.readString(output.resolve("evaluation.html"))).contains("Rows that belong to a client");

        assertFails(2, "--child orders=TABLE is missing", "evaluate", "--real", real, "--synthetic", run);
        assertFails(
                2,
                "--child: there is no child table order; there are orders",
                "evaluate",
                "--real",
                real,
                "--child",
                "order=" + real,
                "--child",
                orders,
                "--synthetic",
                run);
        assertFails(
                2,
                "--holdout-child: it has no effect without --holdout",
                "evaluate",
                "--real",
                real,
                "--child",
                orders,
                "--holdout-child",
                orders,
                "--synthetic",
                run);
        assertFails(
                2,
                "--child: child tables need their declaration",
                "evaluate",
                "--real",
                real,
                "--child",
                orders,
                "--synthetic",
                real);
        assertFails(
                2,
                "--population: populations of clients with child tables cannot be compared",
                "evaluate",
                "--real",
                real,
                "--child",
                orders,
                "--synthetic",
                run,
                "--population",
                "all");
    }

    @Test
    void aRunIsComparedAsItDeclaresItsColumnsAndPopulationByPopulation() throws IOException {
        Inputs.people(folder);
        String configuration = Inputs.configuration(folder).toString();
        assertThat(Execution.of("run", configuration).exitCode()).isZero();
        String run = folder.resolve("out").toString();
        String real = folder.resolve("people.csv").toString();
        Path output = folder.resolve("evaluation");

        Execution execution = Execution.of(
                "evaluate", "--real", real, "--synthetic", run, "--population", "all", "--output", output.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .contains("Populations of the run", "note: No held-out rows were given", "Left out, because not all")
                .containsPattern("\\n2 +69 +0\\.");
        assertThat(execution.out().lines()).allMatch(line -> line.length() <= 80);
        JsonNode json = new ObjectMapper().readTree(Files.readString(output.resolve("evaluation.json")));
        assertThat(problems(json.toString())).isEmpty();
        assertThat(json.path("populations")).hasSize(3);
        // The label, which is not named by an option.
        assertThat(json.path("use").path(0).path("target").asText()).isEqualTo("card");

        assertFails(
                2,
                "These may be published, but an evaluation may not",
                "evaluate",
                "--real",
                real,
                "--synthetic",
                run,
                "--output",
                run + "/evaluation");
        assertFails(
                2,
                "--population: 9 does not exist: the last population is 2",
                "evaluate",
                "--real",
                real,
                "--synthetic",
                run,
                "--targets",
                "0",
                "--population",
                "9");
    }

    @Test
    void aRunOfImagesIsComparedInItsOwnEmbeddingAndSetAsideByClient() throws IOException {
        String configuration = Inputs.imageConfiguration(folder).toString();
        assertThat(Execution.of("run", configuration, "--set", "evolution.votes=2")
                        .exitCode())
                .isZero();
        String real = folder.resolve("portraits").toString();
        String run = folder.resolve("images-out").toString();
        Path output = folder.resolve("evaluation");

        Execution execution = Execution.of(
                "evaluate", "--real", real, "--synthetic", run, "--population", "all", "--output", output.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .contains("Compared 47 synthetic records", "fid ", "nearer_training ", "OUTSIDE the guarantee")
                .contains("client by client (column owner)");
        assertThat(unwrapped(execution)).contains("(4 x 4 pixels), as the configuration says");
        assertThat(execution.out() + execution.err()).doesNotContain("owner-");
        JsonNode json = new ObjectMapper().readTree(Files.readString(output.resolve("evaluation.json")));
        assertThat(problems(json.toString())).isEmpty();
        assertThat(json.path("figures")).hasSizeGreaterThan(8);
        assertThat(execution.out())
                .contains("Populations of the run")
                .containsPattern("iteration +rows +mauve +fid +precision +recall\\n0 +47 +[01]\\..*\\n1 +47 +[01]\\.");
        assertThat(execution.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(json.path("populations")).hasSize(2);
        for (JsonNode population : json.path("populations")) {
            assertThat(population.path("rows").path("synthetic").asInt()).isEqualTo(47);
            assertThat(population.path("figures").findValuesAsText("measure"))
                    .containsExactly("mauve", "fid", "precision", "recall");
        }
        assertThat(Files.readAllLines(output.resolve("evaluation.csv")))
                .anyMatch(line -> line.startsWith("0,fid,,0."))
                .anyMatch(line -> line.startsWith("1,fid,,0."));
        assertThat(Files.readString(output.resolve("evaluation.html")))
                .contains("The synthetic images that lie closest to a real one", "data:image/png;base64,");

        // The published folder of files, as if another program had made it.
        String files = run + "/synthetic/png";
        Execution other = Execution.of("evaluate", "--real", real, "--holdout", real, "--synthetic", files);
        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(unwrapped(other)).contains("(32 x 32 pixels), as in a run whose");

        Execution one = Execution.of("evaluate", "--real", real, "--synthetic", run, "--population", "0");
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(one.out())
                .containsPattern("Populations of the run\\niteration +rows .*\\n0 +47 +0\\.")
                .doesNotContainPattern("\\n1 +47 ");
        assertFails(
                2,
                "--population: 2 does not exist: the last population is 1",
                "evaluate",
                "--real",
                real,
                "--synthetic",
                run,
                "--population",
                "2");
        assertFails(
                2,
                "has no column nobody; for a folder of images, name it in images.labels_file",
                "evaluate",
                "--real",
                real,
                "--synthetic",
                files,
                "--client",
                "nobody");
    }

    @Test
    void whatCannotBeComparedIsRefusedWithoutAValue() throws IOException {
        Path real = csv("real.csv", 1, 40);
        Path torn = Files.writeString(folder.resolve("torn.csv"), "name,code\nKlaus-Peter,007\n\"open,1\n");

        assertFails(
                3,
                "--real: somewhere does not exist",
                "evaluate",
                "--real",
                "somewhere",
                "--synthetic",
                real.toString());
        Path bare = Files.createDirectory(folder.resolve("bare"));
        assertFails(
                2, "does not tell the format", "evaluate", "--real", bare.toString(), "--synthetic", real.toString());
        assertFails(
                2,
                "is not the output of a run",
                "evaluate",
                "--real",
                real.toString(),
                "--synthetic",
                real.toString(),
                "--population",
                "1");
        assertFails(
                3,
                "none.csv does not exist",
                "evaluate",
                "--real",
                real.toString(),
                "--synthetic",
                folder.resolve("none.csv").toString());
        Execution refused = assertFails(3, "", "evaluate", "--real", torn.toString(), "--synthetic", torn.toString());
        assertThat(refused.err()).doesNotContain("Klaus-Peter", "007", "internal error");
    }

    private static String unwrapped(Execution execution) {
        return execution.out().replaceAll("\\s+", " ");
    }

    private static Execution assertFails(int exitCode, String message, String... args) {
        Execution execution = Execution.of(args);
        assertThat(execution.exitCode()).as(execution.err()).isEqualTo(exitCode);
        assertThat(execution.err()).contains(message);
        return execution;
    }

    private static List<String> problems(String document) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "conf", "evaluation-schema.json")))
                .validate(new ObjectMapper().readTree(document))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Rows with a name that contains quotes, codes with leading zeros, and numbers that depend on them. */
    private Path csv(String name, int seed, int rows) {
        List<String> lines = new ArrayList<>(List.of("\"a \"\"b\"\", `c`.d\",code,\"x y\""));
        for (int i = 0; i < rows; i++) {
            int kind = Math.floorMod(31 * i + 7 * seed, 3);
            int noise = Math.floorMod(37 * i * i + 11 * i + seed, 101);
            lines.add("%s,%s,%s"
                    .formatted(
                            List.of("Klaus-Peter", "\"Müller, A.\"", "x").get(kind),
                            List.of("007", "7", "070").get(kind),
                            i % 9 == 0 ? "" : Integer.toString(100 * kind + noise)));
        }
        return Inputs.write(folder.resolve(name), String.join("\n", lines) + "\n");
    }
}
