package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;

class DiscoverCommandTest {

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

    private String people() throws IOException {
        List<String> lines = new ArrayList<>(List.of("person,town,age,note"));
        for (int i = 0; i < 2_000; i++) {
            lines.add("p" + i / 2 + "," + (i % 2 == 0 ? "Ulm" : "Bonn") + "," + (20 + i % 50)
                    + ",a long note of five words " + i);
        }
        lines.add("p9999,Atlantis,31,a long note of five words");
        return Files.write(folder.resolve("people.csv"), lines).toString();
    }

    private Execution discover(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "discover", people(), "--output", folder.resolve("found").toString(), "--delta", "1e-6"));
        arguments.addAll(List.of(more));
        return Execution.of(arguments.toArray(String[]::new));
    }

    @Test
    void theDraftIsAConfigurationThatARunAccepts() throws IOException {
        Execution execution = discover("--epsilon", "4");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .contains("Bonn, Ulm, other", "free text", "Charged: epsilon 4 at delta 1e-6.")
                .doesNotContain("Atlantis", "p9999");
        assertThat(execution.out().lines()).allMatch(line -> line.length() <= 80 || line.contains("file:"));
        Path draft = folder.resolve("found/draft.yaml");
        RunSpec spec = RunConfiguration.load(draft, List.of("privacy.epsilon=2"));
        assertThat(spec.privacy().ledger()).isEqualTo("file:" + folder.resolve("people.csv.ledger"));
        assertThat(Files.readString(draft))
                .contains("(4, 1e-6)-differential privacy")
                .doesNotContain("Atlantis");
        Execution valid = Execution.of("validate", draft.toString(), "--data");
        assertThat(valid.exitCode()).as(valid.err()).isZero();
    }

    @Test
    void anEditedDraftIsKeptAndNothingIsChargedTwice() throws IOException {
        discover("--epsilon", "4");
        Path draft = folder.resolve("found/draft.yaml");
        Files.writeString(draft, Files.readString(draft).replace("epsilon: 4", "epsilon: 3"));

        Execution again = discover("--epsilon", "4");

        assertThat(again.out()).contains("nothing was charged", "existing draft kept");
        assertThat(Files.readString(draft)).contains("epsilon: 3");
        assertThat(Execution.of("ledger", folder.resolve("people.csv.ledger").toString())
                        .out())
                .contains("1 release costs");
    }

    @Test
    void clientsAreProtectedAsAWhole() throws IOException {
        Execution execution = discover("--epsilon", "4", "--client", "person");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        RunSpec spec = RunConfiguration.load(folder.resolve("found/draft.yaml"), List.of());
        assertThat(spec.privateData().clientColumn()).isEqualTo("person");
        assertThat(spec.tabular().schema().columns())
                .noneMatch(column -> column.name().equals("person"));
    }

    @Test
    void childTablesAreDraftedWithTheNumberOfRowsThatCount() throws IOException {
        List<String> customers = new ArrayList<>(List.of("id,town"));
        List<String> orders = new ArrayList<>(List.of("customer,shop"));
        for (int i = 0; i < 2_000; i++) {
            customers.add("c" + i + "," + (i % 2 == 0 ? "Ulm" : "Bonn"));
            for (int n = 0; n < i % 4; n++) {
                orders.add("c" + i + ",S" + (i + n) % 3);
            }
        }
        Path root = Files.write(folder.resolve("customers.csv"), customers);
        Path child = Files.write(folder.resolve("orders.csv"), orders);

        Execution execution = Execution.of(
                "discover",
                root.toString(),
                "--client",
                "id",
                "--child",
                "orders=" + child,
                "--child-key",
                "orders=customer",
                "--epsilon",
                "4",
                "--delta",
                "1e-6",
                "--output",
                folder.resolve("found").toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .contains("at most 3 of a client", "S0, S1, S2, other")
                .as("2,000, where noise has a standard deviation of about 10")
                .containsPattern("About (1,9|2,0)\\d\\d clients");
        Path draft = folder.resolve("found/draft.yaml");
        RunSpec spec = RunConfiguration.load(draft, List.of());
        assertThat(spec.modality().clients().orElseThrow().children())
                .singleElement()
                .satisfies(table -> assertThat(table.most()).isEqualTo(3));
        Execution valid = Execution.of("validate", draft.toString(), "--data");
        assertThat(valid.exitCode()).as(valid.err()).isZero();
    }

    @Test
    void wrongUseIsNamedAndChargesNothing() throws IOException {
        Path json = Files.writeString(folder.resolve("orders.json"), "{\"person\": 1}");
        assertThat(discover("--epsilon", "0").err()).contains("--epsilon: must be greater than 0");
        assertThat(discover("--epsilon", "1", "--format", "xml").err()).contains("--format: xml is not allowed");
        assertThat(discover("--epsilon", "1", "--adjacency", "near").err()).contains("--adjacency: ");
        assertThat(discover("--epsilon", "1", "--child", "orders=" + people()).err())
                .contains("--client: required with --child");
        assertThat(discover("--epsilon", "1", "--client", "person", "--child", "orders=" + json)
                        .err())
                .contains("--child: the columns of json are named only by its records");
        Execution absent =
                Execution.of("discover", folder.resolve("absent.csv").toString(), "--epsilon", "1", "--delta", "1e-6");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.PRIVATE_DATA.code());
        assertThat(absent.err()).contains("does not exist");
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
    }

    @Test
    void whereNothingRisesThatIsSaidWithWhatItCost() throws IOException {
        Path few = Files.write(folder.resolve("few.csv"), List.of("a,b", "1,x", "2,y"));

        Execution execution = Execution.of(
                "discover",
                few.toString(),
                "--epsilon",
                "1",
                "--delta",
                "1e-6",
                "--output",
                folder.resolve("few").toString());

        assertThat(execution.exitCode()).isEqualTo(ExitCode.PRIVATE_DATA.code());
        assertThat(execution.out()).contains("left out", "Charged: epsilon 1");
        assertThat(execution.err()).contains("no column is visible through the noise");
        assertThat(folder.resolve("few/draft.yaml")).doesNotExist();
    }
}
