package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.vector.Calibration;
import org.privateevolution.vector.Kernels;

class PlanCommandTest {

    @TempDir
    private Path folder;

    private String configuration;

    @BeforeEach
    void write() {
        configuration = Inputs.configuration(folder).toString();
    }

    @Test
    void theJsonHoldsPrivacyCandidatesSamplesAndCost() throws JsonProcessingException {
        Execution execution = Execution.of("plan", configuration, "--rows", "1009", "--gflops", "10", "--json");

        assertThat(execution.exitCode()).isZero();
        JsonNode plan = new ObjectMapper().readTree(execution.out());
        double noiseMultiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(2, 1e-4, 3);
        assertThat(plan.get("name").asText()).isEqualTo("people");
        assertThat(plan.get("noise_multiplier").asDouble()).isEqualTo(noiseMultiplier);
        assertThat(plan.get("epsilon").asDouble()).isCloseTo(2, within(1e-8));
        assertThat(plan.get("votes").asInt()).isEqualTo(3);
        assertThat(plan.get("candidates").toString()).isEqualTo("[23,23,69]");
        assertThat(plan.get("generated_samples").get("random").asInt()).isEqualTo(23);
        assertThat(plan.get("generated_samples").get("variation").asInt()).isEqualTo(69);
        assertThat(plan.get("generated_samples").get("total").asInt()).isEqualTo(92);
        assertThat(plan.get("embedding_dimension").asInt()).isEqualTo(6);
        assertThat(plan.get("largest_broadcast_bytes").asInt()).isEqualTo(1656);
        assertThat(plan.get("flops").asDouble()).isEqualTo(2 * 1009.0 * 80 * 6);
        assertThat(plan.get("core_seconds").asDouble()).isCloseTo(968640 / 1e10 + 3 * 1009 * 0.6e-6, within(1e-12));
    }

    @Test
    void withoutASpeedTheSpeedOfThisMachineIsMeasured() throws JsonProcessingException {
        JsonNode plan = new ObjectMapper()
                .readTree(Execution.of("plan", configuration, "--rows", "1000000", "--json")
                        .out());

        Calibration calibration = Kernels.calibration();
        double fastest = Math.max(calibration.vectorGflops(), calibration.scalarGflops());
        assertThat(plan.get("gflops_per_core").asDouble()).isCloseTo(fastest / 2, within(1e-9));
        assertThat(plan.get("core_seconds").asDouble())
                .isCloseTo(plan.get("flops").asDouble() / (fastest / 2 * 1e9) + 3 * 0.6, within(1e-6));
    }

    @Test
    void constraintsAreCountedInThePlanAndByValidate() throws JsonProcessingException {
        String constraints = "tabular.constraints=[age <= 90]";
        String line = "constraints +1: every synthetic row obeys them, at no privacy cost";

        assertThat(Execution.of("plan", configuration, "--set", constraints).out())
                .containsPattern(line);
        assertThat(Execution.of("validate", configuration, "--set", constraints).out())
                .containsPattern(line);
        assertThat(new ObjectMapper()
                        .readTree(Execution.of("plan", configuration, "--json", "--set", constraints)
                                .out())
                        .get("constraints")
                        .asInt())
                .isEqualTo(1);
        assertThat(Execution.of("plan", configuration).out()).doesNotContain("constraints");
        Execution refused = Execution.of("validate", configuration, "--set", "tabular.constraints=[age > 900]");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("tabular.constraints.0: `age > 900` can never hold");
    }

    @Test
    void ofTextsItSaysWhatTheEndpointWillBeAsked() throws JsonProcessingException {
        String yelp = Path.of("..", "conf", "yelp.yaml").toString();

        JsonNode plan =
                new ObjectMapper().readTree(Execution.of("plan", yelp, "--json").out());

        // 5,000 samples with three variations each; three variations of the selected samples after nine votes; the
        // tenth vote ends the run.
        int requests = 4 * 5000 + 9 * 3 * 5000;
        assertThat(plan.get("embedding_dimension").asInt()).isEqualTo(384);
        assertThat(plan.get("generated_samples").get("total").asInt()).isEqualTo(requests);
        assertThat(plan.get("generation").get("requests").asInt()).isEqualTo(requests);
        assertThat(plan.get("generation").get("completion_tokens_at_most").asLong())
                .isEqualTo(512L * requests);
        assertThat(plan.get("generation").get("completion_money_at_most").asDouble())
                .isCloseTo(512 * requests * 0.6e-6, within(1e-9));
        assertThat(plan.get("generation").get("minutes_at_least").asDouble()).isEqualTo(requests / 5000.0);
        assertThat(Execution.of("plan", yelp).out())
                .containsPattern("requests +155,000; rejected answers and failures add more")
                .containsPattern("completion tokens +at most 79,360,000")
                .containsPattern("money +at most 47.6 for answers; prompts cost extra");
        assertThat(new ObjectMapper()
                        .readTree(Execution.of("plan", configuration, "--json").out())
                        .has("generation"))
                .isFalse();
    }

    @Test
    void aDiscoveryIsPartOfThePrivacyAndWhatDependsOnItIsNotTold() throws JsonProcessingException {
        String data = "private_data={format: csv, path: " + folder.resolve("none.csv") + "}";
        String[] discovers = {
            "plan",
            configuration,
            "--set",
            data,
            "--set",
            "tabular={discover: {}}",
            "--set",
            "labels=",
            "--rows",
            "1000"
        };
        JsonNode plan = new ObjectMapper()
                .readTree(Execution.of(Stream.concat(Stream.of(discovers), Stream.of("--json"))
                                .toArray(String[]::new))
                        .out());

        assertThat(plan.get("epsilon").asDouble()).isEqualTo(2);
        Accountant accountant = Accountant.of(Adjacency.ADD_REMOVE)
                .plus(plan.get("discovery_noise_multiplier").asDouble(), 1)
                .plusThreshold(plan.get("discovery_threshold_delta").asDouble());
        assertThat(plan.get("discovery_epsilon_alone").asDouble()).isEqualTo(accountant.epsilon(1e-4));
        assertThat(accountant.plus(plan.get("noise_multiplier").asDouble(), 3).epsilon(1e-4))
                .isCloseTo(2, within(1e-6));
        assertThat(plan.has("embedding_dimension")).isFalse();
        assertThat(plan.has("driver_memory_bytes")).isFalse();
        assertThat(plan.get("candidates").size()).isEqualTo(3);
        String discovered = "discovered by the run: memory, computing and quality depend on them";
        assertThat(Execution.of(discovers).out()).contains(discovered).doesNotContain("Expected quality");
        assertThat(Execution.of(Stream.concat(Stream.of(discovers), Stream.of("--verbose"))
                                .toArray(String[]::new))
                        .out())
                .contains("discovery epsilon alone")
                .contains(discovered);
    }

    @Test
    void withoutRowsNoTimeIsClaimed() {
        assertThat(Execution.of("plan", configuration).out())
                .containsPattern("computing +unknown: give --rows N, the approximate number of records")
                .doesNotContain("core-seconds");

        Execution execution = Execution.of("plan", configuration, "--verbose");

        assertThat(execution.exitCode()).isZero();
        assertThat(execution.out())
                .contains("computing            unknown: give --rows N for an estimate")
                .contains("115 over all votes, 23 in the first, 69 in the last")
                .contains("92: 23 from RANDOM_API, 69 from VARIATION_API")
                .doesNotContain("core-seconds");
    }

    @Test
    void whatMattersFitsOnAScreen() {
        Execution brief = Execution.of("plan", configuration, "--rows", "1009");

        assertThat(brief.exitCode()).as(brief.err()).isZero();
        assertThat(brief.out())
                .startsWith("Run people\n")
                .containsPattern("votes +3, on 23 candidates in the first and 69 in the last")
                .containsPattern("privacy +epsilon 2 at delta 1e-4, for one record, added or removed")
                .containsPattern("budget +none: nothing limits what all runs on this data spend together")
                .containsPattern("spent +epsilon 0 before this run, 2 after it, at delta 1e-4")
                .containsPattern("ledger +file:.*people\\.csv\\.ledger")
                .containsPattern("output +" + folder.resolve("out"))
                .contains("Expected quality: ")
                .endsWith("Add --verbose for all figures.\n")
                .doesNotContain("multiplier", "sensitivity", "broadcast");
        assertThat(brief.out().lines()).hasSizeLessThanOrEqualTo(15);
        assertThat(Execution.of("plan", configuration, "--rows", "1009", "--verbose")
                        .out())
                .contains("Expected quality: ", "noise multiplier", "sensitivity", "largest broadcast", "driver memory")
                .doesNotContain("--verbose");
    }

    @Test
    void withABudgetTheOutlineSaysWhatIsLeft() {
        String budget = "privacy.budget={epsilon: 4, delta: 1e-4}";

        assertThat(Execution.of("plan", configuration, "--set", budget).out())
                .containsPattern("budget +epsilon 4 at delta 1e-4, for all runs on this data together")
                .containsPattern("spent +epsilon 0 before this run, 2 after it\n")
                .containsPattern("left +epsilon 3\\.\\d{1,3} for one more run\n");
        Execution refused = Execution.of("plan", configuration, "--set", budget.replace("4,", "1,"));
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.out()).containsPattern("left +epsilon \\S+ for a run\n");
    }

    @Test
    void labelCountsThatAreBoughtArePartOfThePrivacy() throws JsonProcessingException {
        Execution execution = Execution.of(
                "plan", configuration, "--set", "labels.fractions={noisy: {noise_multiplier: 30}}", "--json");

        JsonNode plan = new ObjectMapper().readTree(execution.out());
        assertThat(plan.get("label_counts_noise_multiplier").asDouble()).isEqualTo(30);
        assertThat(plan.get("noise_multiplier").asDouble())
                .isGreaterThan(Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(2, 1e-4, 3));
    }

    @Test
    void overridesAreApplied() {
        assertThat(Execution.of("plan", configuration, "--set", "evolution.votes=4")
                        .out())
                .containsPattern("votes +4, on 23 candidates in the first and 69 in the last");
    }

    @Test
    void everyProblemOfTheConfigurationIsALineOfItsOwn() {
        Execution execution = Execution.of(
                "plan", configuration, "--set", "privacy.epsilon=-1", "--set", "privacy.delta=1", "--set", "sed=1");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.out()).isEmpty();
        assertThat(execution.err().lines())
                .hasSize(3)
                .contains("pe: [PE-101] privacy.epsilon: -1 is not allowed: must be greater than 0 (--set"
                        + " privacy.epsilon)")
                .allMatch(line -> line.startsWith("pe: "))
                .anyMatch(line -> line.startsWith("pe: [PE-101] sed: is not a key; did you mean seed?"));
    }

    @Test
    void aMissingConfigurationIsAUsageError() {
        Execution execution = Execution.of("plan", folder.resolve("absent.yaml").toString());

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).contains("no such file");
    }

    @Test
    void figuresMustBePositive() {
        assertThat(Execution.of("plan", configuration, "--rows", "0").err())
                .startsWith("pe: [PE-100] --rows: 0 is not allowed: must be at least 1");
        assertThat(Execution.of("plan", configuration, "--gflops", "NaN").err())
                .startsWith("pe: [PE-100] --gflops: NaN is not allowed: must be greater than 0");
    }

    @ParameterizedTest
    @CsvSource({
        // Votes, and candidates per vote, with 8 lookahead variations per candidate.
        "cifar10, 20, 50000, true",
        "camelyon17, 29, 302436, true",
        "cat, 17, 200, true",
        "mnist-drawtext, 4, 60000, false"
    })
    void thePublishedImageRunsArePlannedWithoutTheirModels(String name, int votes, int samples, boolean asked)
            throws JsonProcessingException {
        String file = Path.of("..", "conf", name + ".yaml").toString();

        assertThat(Execution.of("validate", file).exitCode()).isZero();
        JsonNode plan =
                new ObjectMapper().readTree(Execution.of("plan", file, "--json").out());

        assertThat(plan.get("embedding_dimension").asInt()).isEqualTo(2048);
        assertThat(plan.get("candidates")).hasSize(votes);
        assertThat(plan.get("candidates").get(votes - 1).asInt()).isEqualTo(samples);
        JsonNode generated = plan.get("generated_samples");
        assertThat(generated.get("random").asLong()).isEqualTo(samples);
        assertThat(generated.get("variation").asLong()).isEqualTo((long) votes * samples);
        assertThat(generated.get("lookahead").asLong()).isEqualTo(8L * votes * samples);
        assertThat(plan.has("generation")).isEqualTo(asked);
    }
}
