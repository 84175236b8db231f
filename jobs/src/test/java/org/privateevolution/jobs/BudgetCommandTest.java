package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.privacy.Accountant;
import picocli.CommandLine;

class BudgetCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The reference value for (1, 1e-5, 20 votes), computed with 40 digits for continuous noise. */
    private static final double GOLDEN = 16.68389186892;

    /** An upper limit on the relative amount that the bound for discrete noise adds to the continuous value. */
    private static final double DISCRETE = 1e-8;

    private static JsonNode json(String... args) throws JsonProcessingException {
        Execution execution = Execution.of(args);
        assertThat(execution.err()).isEmpty();
        assertThat(execution.exitCode()).isZero();
        return JSON.readTree(execution.out());
    }

    @Test
    void epsilonGivesTheNoiseMultiplier() throws JsonProcessingException {
        JsonNode budget = json("budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "20", "--json");

        assertThat(budget.get("epsilon").asDouble()).isEqualTo(1);
        assertThat(budget.get("delta").asDouble()).isEqualTo(1e-5);
        assertThat(budget.get("votes").asInt()).isEqualTo(20);
        assertThat(budget.get("sensitivity").asDouble()).isEqualTo(1);
        assertThat(budget.get("unit").asText()).isEqualTo("record");
        assertThat(budget.get("adjacency").asText()).isEqualTo("add-remove");
        assertThat(budget.get("noise_multiplier").asDouble())
                .isCloseTo(GOLDEN, within(GOLDEN * DISCRETE))
                .isGreaterThanOrEqualTo(GOLDEN * (1 - 1e-12));
        assertThat(budget.get("mu").asDouble()).isCloseTo(Math.sqrt(20) / GOLDEN, within(1e-8));
    }

    @Test
    void theNoiseMultiplierGivesEpsilonBack() throws JsonProcessingException {
        JsonNode budget =
                json("budget", "--noise-multiplier", "16.68389186892", "--delta", "1e-5", "--votes", "20", "--json");

        assertThat(budget.get("noise_multiplier").asDouble()).isEqualTo(GOLDEN);
        assertThat(budget.get("epsilon").asDouble()).isCloseTo(1, within(DISCRETE));
    }

    @Test
    void replaceOneNeedsRootTwoAsMuchNoise() throws JsonProcessingException {
        JsonNode budget = json(
                "budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "20", "--adjacency", "replace-one", "--json");

        assertThat(budget.get("sensitivity").asDouble()).isEqualTo(Math.sqrt(2));
        assertThat(budget.get("adjacency").asText()).isEqualTo("replace-one");
        assertThat(budget.get("noise_multiplier").asDouble())
                .isCloseTo(GOLDEN * Math.sqrt(2), within(GOLDEN * 2 * DISCRETE));
    }

    @Test
    void aClientCostsWhatARecordCosts() throws JsonProcessingException {
        JsonNode record = json("budget", "--epsilon", "2", "--delta", "1e-6", "--votes", "7", "--json");
        JsonNode client =
                json("budget", "--epsilon", "2", "--delta", "1e-6", "--votes", "7", "--unit", "client", "--json");

        assertThat(client.get("unit").asText()).isEqualTo("client");
        assertThat(client.get("noise_multiplier")).isEqualTo(record.get("noise_multiplier"));
    }

    @Test
    void withoutJsonATableIsPrinted() {
        Execution execution = Execution.of("budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "20");

        assertThat(execution.exitCode()).isZero();
        assertThat(execution.out().lines())
                .containsExactly(
                        "epsilon           1",
                        "delta             1e-5",
                        "votes             20",
                        "unit              record",
                        "adjacency         add-remove",
                        "sensitivity       1",
                        "noise multiplier  16.6839",
                        "mu                0.268051");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("--epsilon -1 --delta 1e-5 --votes 3", "--epsilon: -1.0 is not allowed: must be a number"),
                Arguments.of("--epsilon 0 --delta 1e-5 --votes 3", "--epsilon: 0.0 is not allowed: must be a number"),
                Arguments.of("--epsilon NaN --delta 1e-5 --votes 3", "--epsilon: NaN is not allowed: must be a number"),
                Arguments.of("--epsilon Infinity --delta 1e-5 --votes 3", "--epsilon: Infinity is not allowed"),
                Arguments.of("--epsilon one --delta 1e-5 --votes 3", "--epsilon: one is not a number"),
                Arguments.of("--epsilon 1 --delta 1 --votes 3", "--delta: 1.0 is not allowed: must be greater than 0"),
                Arguments.of("--epsilon 1 --delta 0 --votes 3", "--delta: 0.0 is not allowed: must be greater than 0"),
                Arguments.of(
                        "--epsilon 1 --delta NaN --votes 3", "--delta: NaN is not allowed: must be greater than 0"),
                Arguments.of("--epsilon 1 --delta 1e-5 --votes 0", "--votes: 0 is not allowed: must be at least 1"),
                Arguments.of("--epsilon 1 --delta 1e-5", "--votes T is missing"),
                Arguments.of("--epsilon 1 --votes 3", "--delta D is missing"),
                Arguments.of(
                        "--epsilon 1 --noise-multiplier 2 --delta 1e-5 --votes 3",
                        "--epsilon and --noise-multiplier exclude each other: give one of them"),
                Arguments.of("--delta 1e-5 --votes 3", "--epsilon or --noise-multiplier is missing"),
                Arguments.of(
                        "--noise-multiplier 1e-9 --delta 1e-5 --votes 3",
                        "--noise-multiplier: 1.0E-9 is not allowed: must be from 2^-10"),
                Arguments.of(
                        "--epsilon 1 --delta 1e-5 --votes 3 --adjacency both",
                        "--adjacency: adjacency is 'both': use add-remove or replace-one"),
                Arguments.of(
                        "--epsilon 1 --delta 1e-5 --votes 3 --unit user",
                        "--unit: unit is 'user': use record or client"),
                Arguments.of(
                        "--epsilon 1 --delta 1e-5 --votes 3 --jsn",
                        "--jsn is not an option of pe budget; did you mean --json? (see pe budget --help)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongUsageIsOneLineAndExitCodeTwo(String options, String message) {
        Execution execution = Execution.of(("budget " + options).split(" "));

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.out()).isEmpty();
        assertThat(execution.err().lines()).singleElement().asString().startsWith("pe: [PE-100] " + message);
    }

    @Test
    void whatNoNoiseCanGiveIsRefusedForPrivacy() {
        Execution execution = Execution.of("budget", "--epsilon", "1e-9", "--delta", "1e-15", "--votes", "1000");

        assertThat(execution.exitCode()).isEqualTo(4);
        assertThat(execution.err().lines()).singleElement().asString().startsWith("pe: [PE-305] no noise up to");
    }

    @Test
    void itRunsWithoutSparkOnTheClassPath() throws IOException, InterruptedException {
        String classPath = Stream.of(
                        Pe.class, Accountant.class, CommandLine.class, com.fasterxml.jackson.core.JsonFactory.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Pe.class.getName(),
                        "budget",
                        "--epsilon",
                        "1",
                        "--delta",
                        "1e-5",
                        "--votes",
                        "20",
                        "--json"))
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(answer).isZero();
        assertThat(JSON.readTree(answer).get("noise_multiplier").asDouble()).isCloseTo(GOLDEN, within(1e-6));
    }
}
