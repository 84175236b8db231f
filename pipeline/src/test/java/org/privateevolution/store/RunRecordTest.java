package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.StoreException;

class RunRecordTest {

    private static final String YAML =
            """
            name: customers
            private_data: {format: parquet, path: in/customers}
            labels: {column: card, type: string, values: [gold, none], fractions: {noisy: {noise_multiplier: 50}}}
            privacy: {epsilon: 1.0, delta: 1e-5}
            evolution: {samples: 7, votes: 3, selection: sample}
            tabular:
              columns:
                - {name: country, type: string, categories: [USA, Mexico]}
            output: {path: out/customers}
            """;

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private RunFiles files;

    @BeforeEach
    void openFiles() {
        files = RunFiles.at(directory.toString(), new Configuration());
    }

    @Test
    void theSameConfigurationResumesTheRun() {
        RunRecord started = open(false);
        clock.advance(Duration.ofDays(1));

        assertThat(open(false)).isEqualTo(started);
        assertThat(started.plan()).isEqualTo(PrivacyPlan.of(spec()));
    }

    @Test
    void everyRunDirectoryIsARunOfItsOwn() {
        files = files.in("one");
        RunRecord one = open(false);
        files = files.in("two");

        assertThat(open(false).runId()).isNotEqualTo(one.runId());
    }

    @Test
    void anotherConfigurationIsRefusedWithTheKeysThatDiffer() {
        begin();

        for (boolean extend : new boolean[] {false, true}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open(extend, "seed=17", "vote.neighbors=3"))
                    .withMessageContainingAll(
                            "output.path out/customers contains a run of another configuration",
                            ": seed was 0 and is 17, vote.neighbors was 1 and is 3; ",
                            "choose another output.path")
                    .matches(e ->
                            !e.getMessage().contains("\n") && !e.getMessage().contains("extend"));
        }
    }

    @Test
    void anotherScheduleIsRefusedUnlessTheRunIsExtended() {
        RunRecord started = begin();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(false, "evolution.votes=5"))
                .withMessageContainingAll(
                        ": evolution.rules[0].votes was 3 and is 5, ",
                        "evolution.schedule was [7,7,7,7] and is [7,7,7,7,7,7]; ",
                        "--extend");

        List<Double> cast = started.plan().votes().subList(0, 2);
        RunSpec longer = spec("evolution.votes=5");
        RunRecord extended = RunRecord.open(
                files,
                longer,
                true,
                runId -> PrivacyPlan.extending(longer, new PrivacyPlan.Charged(Optional.empty(), List.of(), cast)),
                clock);

        assertThat(extended.runId()).isEqualTo(started.runId());
        assertThat(extended.created()).isEqualTo(started.created());
        assertThat(extended.plan().votes()).hasSize(5).startsWith(cast.toArray(Double[]::new));
        assertThat(extended.plan().epsilon(longer)).isCloseTo(1.0, within(1e-9));
        assertThat(open(false, "evolution.votes=5")).isEqualTo(extended);
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> open(false));
    }

    @Test
    void whatNoReleaseDependsOnMayChangeWithoutExtending() {
        RunRecord started = begin();

        RunRecord changed = open(
                false,
                "name=clients",
                "private_data.partitions=13",
                "privacy.budget={epsilon: 3, delta: 1e-5}",
                "privacy.ledger=ledgers/customers",
                "vote.broadcast_chunk_mib=1",
                "evaluation.private_metrics=true",
                "output.formats=[csv]",
                "output.publish=population");

        assertThat(changed.runId()).isEqualTo(started.runId());
        assertThat(changed.plan()).isEqualTo(started.plan());
    }

    @Test
    void aRunWithAGivenNoiseMultiplierAndNoLabelCountsIsReadBack() {
        String[] overrides = {
            "privacy.epsilon=null", "privacy.noise_multiplier=0.30000000000000004", "labels.fractions=uniform"
        };
        RunRecord started = open(false, overrides);

        assertThat(started.plan().labelCounts()).isNaN();
        assertThat(open(false, overrides)).isEqualTo(started);
    }

    @Test
    void aDamagedRecordIsNamed() {
        open(false);
        String text = files.read("run.json").orElseThrow();
        for (String damaged : List.of(
                "",
                text.substring(0, text.length() / 2),
                text.replace("\"created\" : \"", "\"created\" : \"x"),
                text.replace("\"run\" :", "\"walk\" :"),
                text.replace("\"votes\" : [", "\"votes\" : [ \"x\","))) {
            files.write("run.json", damaged);

            assertThatExceptionOfType(StoreException.class)
                    .as(damaged)
                    .isThrownBy(() -> open(false))
                    .withMessageContainingAll("run.json", "is damaged");
        }
    }

    @Test
    void aSettingThatTheRecordDoesNotKnowIsNamed() {
        begin();
        String text = files.read("run.json").orElseThrow();
        files.write(
                "run.json",
                text.replace("\"neighbors\" : 1", "\"neighbours\" : 1")
                        .replaceFirst("(\"fingerprint\" : )\"\\w+\"", "$1\"" + "0".repeat(64) + "\""));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(true))
                .withMessageContaining(
                        ": vote.neighbors was not set and is 1, vote.neighbours was 1 and is not set; choose");
    }

    @Test
    void whatARunMayChangeIsNotNamedBesideWhatItMayNot() {
        begin();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(
                        true,
                        "seed=17",
                        "name=clients",
                        "evolution.votes=5",
                        "privacy.unit=client",
                        "private_data.client_column=id"))
                .withMessageContaining(
                        ": privacy.unit was \"record\" and is \"client\", private_data.client_column was not set and is"
                                + " \"id\", seed was 0 and is 17; choose");
    }

    @Test
    void aRecordOfALaterCanonicalFormIsRefused() {
        open(false);
        String text = files.read("run.json").orElseThrow();
        String later = text.replace("\"canonical_version\" : 1", "\"canonical_version\" : 2");
        files.write("run.json", later.replaceFirst("(\"written_by\" : )\".*\"", "$1\"0.3.0\""));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(false))
                .withMessageMatching(".*run.json was written by 0.3.0 and has canonical version 2, but this program,"
                        + " .*, reads version 1: use 0.3.0 or later");

        files.write("run.json", later.replaceFirst("(\"written_by\" : )\".*\"", "$1\"the <b>seventh</b>\""));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(false))
                .withMessageContainingAll("was written by a later version and has", ": use the program that wrote it");
    }

    @Test
    void aRunThatCameToNothingGivesWayToAnotherConfiguration() {
        RunRecord nothing = open(false);

        RunRecord record = open(false, "vote.neighbors=3");

        assertThat(record.runId()).isNotEqualTo(nothing.runId());
        assertThat(open(false, "vote.neighbors=3")).isEqualTo(record);
    }

    /** A run whose initial population is being made. */
    private RunRecord begin() {
        RunRecord record = open(false);
        files.in("iteration-000").write("journal", "");
        return record;
    }

    private RunRecord open(boolean extend, String... overrides) {
        RunSpec spec = spec(overrides);
        return RunRecord.open(files, spec, extend, runId -> PrivacyPlan.of(spec), clock);
    }

    private static RunSpec spec(String... overrides) {
        return RunConfiguration.parse(YAML, "customers.yaml", List.of(overrides));
    }
}
