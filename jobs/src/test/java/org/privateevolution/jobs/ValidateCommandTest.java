package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what {@code pe validate} says without reading data, which needs no Spark. */
class ValidateCommandTest {

    @TempDir
    private Path folder;

    private String configuration;

    @BeforeEach
    void write() {
        configuration = Inputs.configuration(folder).toString();
    }

    @Test
    void ofAValidConfigurationItSaysWhatMatters() {
        Inputs.people(folder);

        Execution execution = Execution.of("validate", configuration);

        assertThat(execution.exitCode()).as(execution.err()).isZero();
        assertThat(execution.out())
                .startsWith(configuration + " is valid\n")
                .containsPattern("votes +3, on 23 candidates in the first and 69 in the last")
                .containsPattern("privacy +epsilon 2 at delta 1e-4, for one record, added or removed")
                .containsPattern("output +" + folder.resolve("out"))
                .endsWith("Add --verbose for all figures.\n")
                .doesNotContain("does not exist", "noise multiplier");
        assertThat(execution.out().lines()).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void allFiguresAreThereIfTheyAreWanted() {
        Inputs.people(folder);

        assertThat(Execution.of("validate", configuration, "--verbose").out())
                .startsWith(configuration + " is valid\n")
                .contains("noise multiplier", "sensitivity", "ledger")
                .doesNotContain("--verbose");
    }

    @Test
    void missingDataComeFirst() {
        Execution execution = Execution.of("validate", configuration);

        assertThat(execution.exitCode()).isZero();
        assertThat(execution.out())
                .startsWith("note: private_data.path: " + folder.resolve("people.csv") + " does not exist")
                .contains("Here, a run would fail.\nApart from that, " + configuration + " is valid\n")
                .containsOnlyOnce("does not exist");
    }
}
