package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.ChildJvm;

/** Tests what a terminal shows when a signal ends a run. */
class InterruptionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if interrupted | : nothing was charged. To start again:",
                "vote 2 of 400 | : finished work is kept, and nothing will be charged twice. To resume:"
            })
    void aRunThatIsInterruptedSaysOneSentence(String at, String advice) throws Exception {
        Path configuration = Inputs.configuration(folder);
        Inputs.people(folder);
        String evolution = "evolution={samples: 40, votes: 400, selection: rank}";
        try (ChildJvm run =
                ChildJvm.start(Pe.class, folder, Map.of(), "run", configuration.toString(), "--set", evolution)) {
            run.awaitOutput(at);

            String said = run.terminate();

            assertThat(said.lines().filter(line -> line.startsWith("pe: ")))
                    .singleElement()
                    .asString()
                    .matches("pe: interrupted after \\d+ s( \\([^)]+\\))?: .*")
                    .endsWith(advice + " pe run " + configuration + " --set '" + evolution + "'");
            assertThat(said.strip().lines().reduce((first, last) -> last))
                    .as(said)
                    .hasValueSatisfying(last -> assertThat(last).startsWith("pe: interrupted"));
            assertThat(said).doesNotContain("Exception", "\tat ");
        }
    }
}
