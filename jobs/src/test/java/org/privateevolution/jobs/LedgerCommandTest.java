package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/** Tests budgets, and how plans and checks of runs take them into account. None of these commands needs Spark. */
class LedgerCommandTest {

    private static final String DELTA = "1e-4";

    @TempDir
    private Path folder;

    private String ledger;
    private String configuration;

    @BeforeEach
    void write() {
        configuration = Inputs.configuration(folder).toString();
        ledger = folder.resolve("people.csv.ledger").toString();
    }

    /** Charges the configuration's ledger with one release of another run, at this cost. */
    private void spend(double epsilon, String clientColumn) {
        double noiseMultiplier = Accountant.of(Adjacency.ADD_REMOVE).noiseMultiplier(epsilon, 1e-4, 1);
        new Ledger(new FileLedgerStorage(RunFiles.at(ledger, new Configuration())))
                .charge(new Release(
                        "vote-001",
                        "another-run",
                        "fingerprint",
                        Release.Kind.VOTES,
                        noiseMultiplier,
                        clientColumn.isEmpty() ? PrivacyUnit.RECORD : PrivacyUnit.CLIENT,
                        Adjacency.ADD_REMOVE,
                        clientColumn,
                        Instant.now(),
                        "another",
                        1e-4));
    }

    private Execution set(String epsilon, String... more) {
        return Execution.of(Stream.concat(Stream.of("ledger", ledger, "--set-budget", epsilon), Stream.of(more))
                .toArray(String[]::new));
    }

    private JsonNode json() throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(Execution.of("ledger", ledger, "--json").out());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        if (Files.exists(Path.of(ledger))) {
            try (Stream<Path> files = Files.walk(Path.of(ledger))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(file.toString(), Files.readString(file));
                }
            }
        }
        return contents;
    }

    @Test
    void theFirstBudgetIsSetByHandBeforeAnyRun() throws IOException {
        Execution first = set("2", "--delta", DELTA);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("Budget before: none\n")
                .contains("Budget now:    epsilon 2 at delta 1e-4 (record, add-remove)\n")
                .contains("set on " + LocalDate.now(ZoneOffset.UTC))
                .contains("No releases");
        assertThat(Execution.of("ledger", ledger, "--verbose").out())
                .contains("budget  epsilon 2 at delta 1e-4 (record, add-remove), set on ")
                .contains("budget: epsilon 2 at delta 1e-4");
        JsonNode budget = json().get("budget");
        assertThat(budget.get("left").asDouble()).isCloseTo(2, within(1e-6));
        assertThat(budget.get("spent").asDouble()).isZero();
        assertThat(files()).hasSize(1);
    }

    @Test
    void everyBudgetThatWasSetStaysInTheLedger() throws IOException {
        set("2", "--delta", DELTA, "--adjacency", "replace-one");
        spend(0.5, "");
        Execution raised = set("4");
        Execution lowered = set("3", "--delta", "1e-6");

        assertThat(raised.out())
                .contains("Budget before: epsilon 2 at delta 1e-4 (record, replace-one)\n")
                .contains("Budget now:    epsilon 4 at delta 1e-4 (record, replace-one)\n");
        assertThat(lowered.out())
                .contains("Budget before: epsilon 4 at delta 1e-4 (record, replace-one)\n")
                .contains("Budget now:    epsilon 3 at delta 1e-6 (record, replace-one)\n");
        JsonNode account = json();
        assertThat(account.get("budgets"))
                .extracting(entry -> entry.get("sequence").asInt() + ": "
                        + entry.get("epsilon").asDouble() + " at "
                        + entry.get("delta").asDouble())
                .containsExactly("1: 2.0 at 1.0E-4", "3: 4.0 at 1.0E-4", "4: 3.0 at 1.0E-6");
        assertThat(account.get("budget").get("epsilon").asDouble()).isEqualTo(3);
        assertThat(account.get("entries"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("sequence").asInt()).isEqualTo(2));
        assertThat(Execution.of("ledger", ledger, "--verbose").out().lines())
                .filteredOn(line -> line.matches("\\d  .*"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("1 ").contains("budget: epsilon 2 at delta 1e-4"),
                        line -> assertThat(line).startsWith("2 ").contains("vote-001"),
                        line -> assertThat(line).startsWith("3 ").contains("budget: epsilon 4 at delta 1e-4"),
                        line -> assertThat(line).startsWith("4 ").contains("budget: epsilon 3 at delta 1e-6"));
    }

    @Test
    void everyRunIsOneLineThatFitsTheTerminal() {
        set("9", "--delta", DELTA);
        spend(2, "");
        Ledger direct = new Ledger(new FileLedgerStorage(RunFiles.at(ledger, new Configuration())));
        for (int vote = 1; vote <= 40; vote++) {
            direct.charge(new Release(
                    "vote-0" + vote,
                    "12345678-of-which-the-beginning-is-shown",
                    "fingerprint",
                    Release.Kind.VOTES,
                    31.415926535,
                    PrivacyUnit.RECORD,
                    Adjacency.ADD_REMOVE,
                    "",
                    Instant.parse("2026-11-30T00:00:00Z"),
                    "a-run-whose-name-is-longer-than-others-because-it-says-much",
                    1e-6));
        }

        String brief = Execution.of("ledger", ledger).out();
        String verbose = Execution.of("ledger", ledger, "--verbose").out();

        assertThat(brief.lines())
                .filteredOn(line -> line.contains("another-") || line.contains("12345678"))
                .satisfiesExactly(
                        line -> assertThat(line).matches("another +another- +\\d{4}-\\d\\d-\\d\\d +1 +2 +1e-4"),
                        line -> assertThat(line)
                                .startsWith("a-run-whose-name-is-l...  12345678  2026-11-30   40 ")
                                .matches(".* \\d\\.\\d{1,4} +1e-4"));
        assertThat(brief)
                .contains("41 releases cost epsilon ", "Together, the runs cost less", "Add --verbose")
                .doesNotContain("vote-0");
        assertThat(verbose).contains("vote-040", "31.4159").doesNotContain("Add --verbose");
        for (String text : List.of(brief, verbose)) {
            assertThat(text.lines().filter(line -> !line.startsWith("Ledger ")))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    @Test
    void aBudgetBelowWhatIsSpentLeavesNothing() throws IOException {
        spend(2, "");

        Execution lowered = set("1", "--delta", DELTA);

        assertThat(lowered.exitCode()).as(lowered.err()).isZero();
        assertThat(lowered.out().lines()).anyMatch(line -> line.matches("left +nothing"));
        assertThat(json().get("budget").get("left").asDouble()).isZero();
        assertThat(json().get("budget").get("spent").asDouble()).isCloseTo(2, within(1e-6));
        refuses("nothing is left");
    }

    /** Covers plan and validate, which charge nothing. */
    private void refuses(String reason, String... overrides) throws IOException {
        Map<String, String> before = files();
        for (String command : List.of("plan", "validate")) {
            Execution refused = Execution.of(Stream.concat(Stream.of(command, configuration), Stream.of(overrides))
                    .toArray(String[]::new));
            assertThat(refused.exitCode()).as(refused.out()).isEqualTo(4);
            assertThat(refused.err().lines()).singleElement().asString().contains(reason);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aPlanIsJudgedByTheBudgetInTheLedger() throws IOException {
        set("1.5", "--delta", DELTA);
        refuses("the data set's budget is epsilon 1.5 at delta 1e-4 (record, add-remove), set in the ledger on ");

        set("2.5");
        JsonNode plan = plan();
        assertThat(plan.get("budget_epsilon").asDouble()).isEqualTo(2.5);
        assertThat(plan.get("releases").asInt()).isZero();
        assertThat(plan.get("releases_of_this_run").asInt()).isEqualTo(3);
        assertThat(plan.get("spent_before").asDouble()).isZero();
        assertThat(plan.get("spent_after").asDouble()).isCloseTo(2, within(1e-6));
        assertThat(plan.get("left_after").asDouble()).isBetween(0.5, 2.5);
        assertThat(plan.get("refused").asBoolean()).isFalse();
        assertThat(Execution.of("validate", configuration).exitCode()).isZero();

        spend(2, "");
        refuses("1 release has spent 2");
        assertThat(plan().get("refused").asBoolean()).isTrue();
        assertThat(plan().get("left_before").asDouble()).isBetween(0.1, 2.0);
    }

    private JsonNode plan(String... overrides) throws JsonProcessingException {
        Execution plan = Execution.of(Stream.concat(Stream.of("plan", configuration, "--json"), Stream.of(overrides))
                .toArray(String[]::new));
        return new ObjectMapper().readTree(plan.out()).get("ledger");
    }

    @Test
    void aLargerBudgetOfTheConfigurationRaisesNothing() throws IOException {
        set("1.5", "--delta", DELTA);
        String larger = "privacy.budget={epsilon: 9, delta: 1e-4}";

        refuses("budget is epsilon 1.5", "--set", larger);
        for (String command : List.of("plan", "validate")) {
            assertThat(Execution.of(command, configuration, "--set", larger, "--set", "privacy.epsilon=1")
                            .out())
                    .contains("privacy.budget has no effect: the ledger already gives the data set a budget of"
                            + " epsilon 1.5 at delta ")
                    .contains("pe ledger " + ledger + " --set-budget EPSILON");
        }
        set("20");
        assertThat(Execution.of("plan", configuration, "--set", larger).out()).doesNotContain("has no effect");
    }

    @Test
    void aSmallerBudgetOfTheConfigurationHoldsBesides() throws IOException {
        set("9", "--delta", DELTA);

        refuses("set by privacy.budget", "--set", "privacy.budget={epsilon: 1, delta: 1e-4}");
    }

    @Test
    void clientsAndRecordsHaveNoLedgerInCommon() throws IOException {
        assertThat(set("2", "--delta", DELTA, "--client-column", "id").out())
                .contains("epsilon 2 at delta 1e-4 (client 'id', add-remove)");
        refuses("they cannot be added up");

        spend(1, "id");
        assertThat(set("3").out()).contains("epsilon 3 at delta 1e-4 (client 'id', add-remove)");
        assertThat(set("3", "--client-column", "name").err())
                .contains("--client-column: name is not allowed: the ledger is for clients by id");
    }

    @Test
    void theFirstBudgetOfALedgerWithReleasesIsOfTheirUnit() {
        spend(1, "id");

        assertThat(set("3", "--delta", DELTA).out()).contains("epsilon 3 at delta 1e-4 (client 'id', add-remove)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1e-4, --set-budget: 0.0 is not allowed: must be greater than 0",
        "NaN, 1e-4, --set-budget: NaN is not allowed: must be greater than 0",
        "Infinity, 1e-4, --set-budget: Infinity is not allowed",
        "1, 1, --delta: 1.0 is not allowed: must be greater than 0 and less than 1",
        "1, 0, --delta: 0.0 is not allowed: must be greater than 0 and less than 1"
    })
    void aBudgetThatIsNoneIsNotSet(String epsilon, String delta, String message) throws IOException {
        Execution execution = set(epsilon, "--delta", delta);

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).startsWith("pe: [PE-100] " + message);
        assertThat(files()).isEmpty();
    }

    @Test
    void theFirstBudgetNeedsItsDelta() throws IOException {
        Execution execution = set("1");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).startsWith("pe: [PE-100] --set-budget needs --delta, too");
        assertThat(files()).isEmpty();
    }

    @Test
    void aDamagedLedgerTakesNoBudget() throws IOException {
        set("2", "--delta", DELTA);
        Path entry = Path.of(ledger, "entry-000001.json");
        Files.writeString(entry, Files.readString(entry).replaceFirst("2\\.0", "7.0"));

        Execution execution = set("3");

        assertThat(execution.exitCode()).isEqualTo(4);
        assertThat(execution.err()).contains("the ledger is damaged");
        assertThat(files()).hasSize(1);
        refuses("the ledger is damaged");
    }

    /** There is no connector for this location here. */
    @Test
    void aLedgerThatIsOutOfReachJudgesNobody() throws JsonProcessingException {
        String elsewhere = "privacy.ledger=gs://bucket/ledgers/people";

        Execution plan = Execution.of("plan", configuration, "--set", elsewhere);
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).contains("cannot be reached from here: ");
        assertThat(plan("--set", elsewhere).get("reached").asBoolean()).isFalse();
        assertThat(Execution.of("validate", configuration, "--set", elsewhere).out())
                .contains("cannot be reached from here: ");
    }
}
