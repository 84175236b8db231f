package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.Column;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.ConfigurationFile;
import picocli.CommandLine;

class InitCommandTest {

    private static final String SCHEMA =
            """
            labels: {column: card, values: [no, yes]}   # from the data dictionary

            tabular:
              # bounds by law
              columns:
                - {name: age, type: integer, min: 0, max: 110}
            output: {path: elsewhere}
            """;

    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void data() throws IOException {
        data = Files.writeString(folder.resolve("customers.csv"), "age,card\n30,yes\n40,no\n");
        file = folder.resolve("first.yaml");
    }

    private Execution init(String... arguments) {
        List<String> all = new ArrayList<>(List.of("init", "--file", file.toString()));
        all.addAll(List.of(arguments));
        return Execution.of(all.toArray(String[]::new));
    }

    private RunSpec written() {
        return ConfigurationFile.load(file.toString(), List.of());
    }

    @Test
    void aTableIsDraftedFromItsRowsAndSaysSo() throws IOException {
        Execution execution = init(data.toString(), "--label", "card", "--epsilon", "0.5", "--output", "out/c");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.err()).contains(SchemaDraft.WARNING);
        assertThat(execution.out()).contains("pe plan " + file + " --rows N").endsWith("  pe run " + file + "\n");
        assertThat(Files.readString(file)).startsWith("# " + SchemaDraft.WARNING.get(0));
        assertThat(Files.readString(file))
                .contains("epsilon: 0.5 ", "delta: 1e-6 ", "budget: {epsilon: 2, delta: 1e-6}");
        assertThat(written().labels().names()).containsExactly("no", "yes");
        assertThat(written().output().location()).isEqualTo("out/c");
        assertThat(written().privacy().ledger()).isEqualTo(data + ".ledger");
        assertThat(Execution.of("plan", file.toString(), "--rows", "1000").exitCode())
                .isZero();
    }

    @Test
    void aFileThatDeclaresTheColumnsSparesReadingTheData() throws IOException {
        Path schema = Files.writeString(folder.resolve("dictionary.yaml"), SCHEMA);

        Execution execution = init(data.toString(), "--schema", schema.toString(), "--ledger", "l");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.err()).isEmpty();
        assertThat(Files.readString(file))
                .contains("# from the data dictionary")
                .contains("# bounds by law")
                .doesNotContain("NOT private")
                .doesNotContain("elsewhere");
        assertThat(written().privacy().ledger()).isEqualTo("l");
        assertThat(written().tabular().schema().columns()).hasSize(1);
    }

    @Test
    void anUncorrectedDraftStaysOneThatIsNotPrivate() throws IOException {
        init(data.toString());
        Path draft = Files.move(file, folder.resolve("draft.yaml"));

        Execution execution = init(data.toString(), "--schema", draft.toString());

        assertThat(execution.err()).contains(SchemaDraft.WARNING);
        assertThat(Files.readString(file)).startsWith("# " + SchemaDraft.WARNING.get(0));
    }

    @Test
    void textsComeWithPromptsThatSpeakOfTheLabel() throws IOException {
        Execution execution = init(
                data.toString(),
                "--text",
                "review",
                "--about",
                "review of a \"shop\"",
                "--label",
                "star rating",
                "--label-values",
                "1,5",
                "--model",
                "llama3.2");

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out()).contains("first-random.json").contains("first-variation.json");
        assertThat(Files.readString(file)).contains("columns: [\"review\"]");
        assertThat(Files.readString(folder.resolve("first-random.json")))
                .contains("review of a \\\"shop\\\" (star rating: {star rating})");
        assertThat(configurationLines(file)).hasSizeLessThanOrEqualTo(13);
        assertThat(Execution.of("plan", file.toString()).exitCode()).isZero();
    }

    @Test
    void aFolderOfPicturesIsOneOfImages() throws IOException {
        Path scans = Files.createDirectories(folder.resolve("scans").resolve("benign"));
        Files.createFile(scans.resolve("1.PNG"));

        Execution pool =
                init(scans.getParent().toString(), "--label-values", "benign,malignant", "--pool", "public-scans");
        assertThat(pool.exitCode()).as(pool.err()).isZero();
        assertThat(written().labels().names()).containsExactly("benign", "malignant");
        assertThat(configurationLines(file)).hasSizeLessThanOrEqualTo(13);

        Execution endpoint = init(scans.getParent().toString(), "--endpoint", "http://localhost:7860", "--force");
        assertThat(endpoint.exitCode()).as(endpoint.err()).isZero();
        assertThat(Files.readString(file)).contains("protocol: webui").contains("prompts: [\"a photo\"]");
    }

    private static List<String> configurationLines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void identifiersAreLeftOutAndSaySo() throws IOException {
        StringBuilder rows = new StringBuilder("customer_id,number,amount,age\n");
        for (int i = 0; i < 200; i++) {
            // Several records per customer, a number per record, an amount that repeats, and an age with few values.
            rows.append(1000 + i / 2)
                    .append(',')
                    .append(7 * i)
                    .append(',')
                    .append(i / 2 % 90)
                    .append(',')
                    .append(i % 40)
                    .append('\n');
        }
        Files.writeString(data, rows.toString());

        Execution execution = init(data.toString());

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(written().tabular().schema().columns())
                .extracting(Column::name)
                .containsExactly("amount", "age");
        assertThat(Files.readString(file))
                .containsPattern("    # - \\{name: \"customer_id\".*# left out: the name is that of an identifier")
                .containsPattern("    # - \\{name: \"number\".*# left out: every record has a different value");
    }

    @Test
    void nothingIsOverwrittenUnlessItMayBe() throws IOException {
        Files.writeString(file, "mine");

        Execution refused = init(data.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("pe: [PE-600] " + file + " exists already")
                .contains("--force");
        assertThat(file).hasContent("mine");

        Files.writeString(folder.resolve("first-random.json"), "mine, too");
        Files.delete(file);
        assertThat(init(data.toString(), "--text", "t", "--model", "m").err()).contains("first-random.json exists");
        assertThat(file).doesNotExist();

        assertThat(init(data.toString(), "--force").exitCode()).isZero();
    }

    @Test
    void withoutATerminalWhatIsMissingIsNamed() {
        assertThat(init().err()).contains("INPUT is missing, and there is no terminal to ask on");
        assertThat(init(data.toString(), "--text", "t").err()).contains("--model is missing");
        assertThat(init(folder.toString(), "--pool", "p", "--label", "label").err())
                .contains("--label needs --label-values");
        assertThat(init(data.toString(), "--label", "crad").err()).contains("did you mean card?");
        assertThat(init(folder.resolve("custmers.csv").toString()).err())
                .contains(" does not exist; did you mean " + data + "?");
        assertThat(file).doesNotExist();
    }

    @Test
    void onATerminalItAsks() throws IOException {
        Path schema = Files.writeString(folder.resolve("dictionary.yaml"), SCHEMA.substring(SCHEMA.indexOf("tabular")));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        InitCommand command = new InitCommand(Questions.answeredBy(new StringReader(data + "\n\n 0.25 \n"), printer));

        int exitCode = new CommandLine(command)
                .setOut(printer)
                .setErr(printer)
                .execute("--file", file.toString(), "--schema", schema.toString());

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("Private data (a file, a folder or a table): ")
                .contains("Epsilon of one run [1.0]: ");
        assertThat(Files.readString(file)).contains("epsilon: 0.25");
        assertThat(written().labels().column()).isEmpty();
    }

    @Test
    void withASchemaTheLabelIsItsOwn() throws IOException {
        Path schema = Files.writeString(folder.resolve("dictionary.yaml"), SCHEMA);

        assertThat(init(data.toString(), "--schema", schema.toString(), "--label", "card")
                        .err())
                .contains("--label: " + schema + " has a section `labels`");
        assertThat(init(data.toString(), "--schema", data.toString()).err()).contains("has no section `tabular`");
    }
}
