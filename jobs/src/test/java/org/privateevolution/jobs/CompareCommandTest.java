package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares finished runs of which only the files exist. */
class CompareCommandTest {

    @TempDir
    private Path folder;

    private String run(String name, String settings, String unit, double epsilon, String metrics, String outside)
            throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve("configuration.yaml"), settings);
        Files.writeString(
                run.resolve("guarantee.json"),
                """
                {"epsilon": %s, "delta": 1.0E-5, "unit": "%s", "adjacency": "add-remove", "releases": [{"release": "vote"}]}
                """
                        .formatted(epsilon, unit));
        String header = "iteration,label,metric,value,inside_guarantee\n";
        Files.writeString(run.resolve("metrics.csv"), header + metrics);
        if (!outside.isEmpty()) {
            Files.writeString(run.resolve("metrics-private.csv"), header + outside);
        }
        return run.toString();
    }

    private String repeat(int seed, double value) throws IOException {
        String settings = "seed: %d\nprivacy: {epsilon: 2}\noutput: {path: out/seed-%d}\n".formatted(seed, seed);
        return run("seed-" + seed, settings, "record", 2, "0,,score,9,true\n3,,score,%s,true\n".formatted(value), "");
    }

    @Test
    void runsStandSideBySideOnEightyColumns() throws IOException {
        String one = run(
                "one",
                "privacy: {epsilon: 2}\ntabular: {columns: [{name: a}]}\noutput: {formats: [csv, parquet]}\n",
                "record",
                2,
                "1,,score,7,true\n3,,score,0.5,true\n3,gold,candidates,11,true\n",
                "3,,fid,1.25,false\n3,,tvd:age,0.5,false\n");
        String other = run(
                "other",
                "privacy: {epsilon: 0.5}\nimages: {width: 3}\noutput: {formats: [csv, parquet]}\n",
                "record",
                0.5,
                "3,,score,0.25,true\n",
                "");

        Execution compared = Execution.of("compare", one, other);

        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out().lines().filter(line -> !line.contains(folder.toString())))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(compared.out())
                .contains("[1]  " + one + "\n[2]  " + other + "\n")
                .contains(line("epsilon", "2", "0.5"))
                .contains(line("score", "0.5", "0.25"))
                .contains(line("fid *", "1.25", "-"))
                .contains("Settings that differ\n  privacy.epsilon\n    [1]: 2\n    [2]: 0.5\n")
                .contains("  tabular\n    [1]: set\n    [2]: (not set)\n")
                .contains("* OUTSIDE THE GUARANTEE")
                .contains("2 figures of single labels and columns")
                .doesNotContain("formats", "NOT COMPARABLE", "std. dev.", "candidates", "tabular.columns");
    }

    private static String line(String name, String... values) {
        StringBuilder line = new StringBuilder(name + " ".repeat(30 - name.length()));
        Stream.of(values)
                .forEach(value -> line.append(" ".repeat(12 - value.length())).append(value));
        return line.append('\n').toString();
    }

    @Test
    void moreRunsThanFitStandBelowEachOther() throws IOException {
        List<String> runs = List.of(
                run("a", "x: 1\n", "record", 1, "1,,score,1,true\n", ""),
                run("b", "x: 2\n", "record", 1, "1,,score,2,true\n", ""),
                run("c", "x: 2\n", "record", 1, "1,,score,3,true\n", ""),
                run("d", "x: 1\n", "record", 1, "1,,score,4,true\n", ""),
                run("e", "x: 3\n", "record", 1, "1,,score,5,true\n", ""));
        Execution compared =
                Execution.of(Stream.concat(Stream.of("compare"), runs.stream()).toArray(String[]::new));
        assertThat(compared.out())
                .contains(line("score", "1", "2", "3", "4"), line("score", "5"))
                .contains("  x\n    [1], [4]: 1\n    [2], [3]: 2\n    [5]: 3\n");
    }

    @ParameterizedTest
    @CsvSource({"record, client, privacy units (record, client)", "record, record, ''"})
    void differentUnitsAreNotComparable(String unit, String other, String caution) throws IOException {
        String one = run("one", "seed: 1\n", unit, 2, "", "");
        String two = run("two", "seed: 2\n", other, 2, "", "");
        Execution compared = Execution.of("compare", one, two);
        if (caution.isEmpty()) {
            assertThat(compared.out()).doesNotContain("NOT COMPARABLE");
        } else {
            assertThat(compared.out().replace("\n", " "))
                    .contains("NOT COMPARABLE: The runs have different " + caution, "epsilons are not comparable.")
                    .doesNotContain("std. dev.");
        }
    }

    @Test
    void repeatsGetAMeanAndAStandardDeviation() throws IOException {
        String[] arguments = {"compare", repeat(1, 1), repeat(2, 2), repeat(3, 6)};
        Execution compared = Execution.of(arguments);
        assertThat(compared.out())
                .contains("The runs differ only in seed and noise. Guarantee of each: epsilon 2\nat delta 1e-5")
                .contains(line("score", "3", "2.64575", "1", "6"));

        JsonNode json = new ObjectMapper()
                .readTree(Execution.of(with(arguments, "--json")).out());
        assertThat(json.get("repeats").asBoolean()).isTrue();
        JsonNode score = json.get("figures").get(0);
        assertThat(score.get("values").toString()).isEqualTo("[1.0,2.0,6.0]");
        assertThat(score.get("mean").asDouble()).isEqualTo(3);
        assertThat(score.get("standard_deviation").asDouble()).isCloseTo(Math.sqrt(7), within(1e-12));
        assertThat(json.get("settings").get("seed").toString()).isEqualTo("[\"1\",\"2\",\"3\"]");

        Path page = folder.resolve("page.html");
        assertThat(Execution.of(with(arguments, "--html", page.toString())).exitCode())
                .isZero();
        assertThat(Files.readString(page)).contains("This file may be published", "standard deviation 2.646");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aPageWithFiguresOutsideTheGuaranteeMayNotBePublished() throws IOException {
        String one = run("one", "seed: 1\n", "record", 2, "", "1,,fid,3,false\n");
        String two = run("two", "seed: 1\n", "record", 2, "", "1,,fid,4,false\n");
        Path page = folder.resolve("page.html");
        assertThat(Execution.of("compare", one, two, "--html", page.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(page)).contains("do not publish this file").doesNotContain("may be published");
        // A file of an earlier version contains both kinds.
        Files.writeString(
                Path.of(one, "metrics.csv"), "iteration,label,metric,value,inside_guarantee\n1,,fid,3,false\n");
        Files.delete(Path.of(one, "metrics-private.csv"));
        assertThat(Execution.of("compare", one, two).out()).contains(line("fid *", "3", "4"));
    }

    @Test
    void evaluationsAreReadWhereTheyAre() throws IOException {
        String one = run("one", "seed: 1\n", "record", 2, "", "");
        String two = run("two", "seed: 1\n", "record", 2, "", "");
        String evaluation =
                """
                {"figures": [
                  {"measure": "tvd_1way", "subject": "", "value": %s, "inside_guarantee": false},
                  {"measure": "tvd_1way", "subject": "age", "value": 0.5, "inside_guarantee": false}]}
                """;
        Path ofOne = Files.writeString(folder.resolve("one.json"), evaluation.formatted("0.125"));
        Path elsewhere = Files.writeString(folder.resolve("another.json"), evaluation.formatted("0.25"));

        assertThat(Execution.of("compare", one, two).out()).doesNotContain("evaluation:");
        Execution given = Execution.of(
                "compare", one, two, "--evaluation", ofOne.toString(), "--evaluation", elsewhere.toString());
        assertThat(given.out()).contains(line("evaluation: tvd_1way *", "0.125", "0.25"));
        assertFails("--evaluation: 1 for 2 runs", "compare", one, two, "--evaluation", elsewhere.toString());
        assertFails(
                "evaluation.json does not exist",
                "compare",
                one,
                two,
                "--evaluation",
                two + "/evaluation.json",
                "--evaluation",
                two + "/evaluation.json");
        String[] page = {
            "compare",
            one,
            two,
            "--evaluation",
            ofOne.toString(),
            "--evaluation",
            elsewhere.toString(),
            "--html",
            one + "/page.html"
        };
        assertFails("lies in the output of a run", page);
        assertThat(Path.of(one, "page.html")).doesNotExist();
    }

    @Test
    void onlyWhatDiffersMostIsShownAtFirst() throws IOException {
        StringBuilder ones = new StringBuilder();
        StringBuilder twos = new StringBuilder();
        StringBuilder settings = new StringBuilder();
        for (int i = 10; i < 25; i++) {
            ones.append("1,,figure_").append(i).append(",100,true\n");
            twos.append("1,,figure_").append(i).append(',').append(100 + i).append(",true\n");
            settings.append("k").append(i).append(": %d\n");
        }
        String one = run("one", settings.toString().replace("%d", "1"), "record", 2, ones.toString(), "");
        String two = run("two", settings.toString().replace("%d", "2"), "record", 2, twos.toString(), "");

        assertThat(Execution.of("compare", one, two).out())
                .contains(line("figure_24", "100", "124"), line("figure_15", "100", "115"))
                .contains("5 figures that differ less: see --verbose or --json")
                .contains("  and 5 more: see --verbose or --json")
                .doesNotContain("figure_14", "k20");
        assertThat(Execution.of("compare", one, two, "--verbose").out())
                .contains("figure_10", "k24")
                .doesNotContain("--verbose");
    }

    @Test
    void uriAndPathReadTheSame() throws IOException {
        String one = run("one", "x: 1\n", "record", 2, "1,,score,1,true\n", "");
        assertThat(Execution.of("compare", one, "file://" + one).out())
                .contains(line("score", "1", "1"), "The settings are the same.");
    }

    @Test
    void whatIsNoFinishedRunIsNamed() throws IOException {
        String one = run("one", "x: 1\n", "record", 2, "", "");
        assertFails("no finished run at " + folder + "/none: guarantee.json", "compare", one, folder + "/none");
        String damaged = run("damaged", "x: 1\n", "record", 2, "", "");
        Files.writeString(Path.of(damaged, "guarantee.json"), "{\"epsilon\": ");
        assertFails(damaged + "/guarantee.json: it is damaged", "compare", one, damaged);
        Files.writeString(Path.of(damaged, "guarantee.json"), "{\"epsilon\": 1, \"delta\": 1, \"unit\": \"record\"}");
        assertFails("it has no adjacency", "compare", one, damaged);
        String csv = run("csv", "x: 1\n", "record", 2, "1,,score,much,true\n", "");
        assertFails(csv + "/metrics.csv: row 2 is no metric", "compare", one, csv);
        assertFails("too few RUN arguments: give at least 2", "compare");
        assertFails("--html: cannot write", "compare", one, one, "--html", folder + "/none/page.html");
    }

    private static void assertFails(String message, String... arguments) {
        Execution execution = Execution.of(arguments);
        assertThat(execution.exitCode()).as(execution.out()).isEqualTo(2);
        assertThat(execution.err()).contains(message);
    }
}
