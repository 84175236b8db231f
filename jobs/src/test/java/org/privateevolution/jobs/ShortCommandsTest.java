package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.fixtures.ChildJvm;

/** Commands that are short load no file systems, and none of the logging that these start. */
class ShortCommandsTest {

    private static final String LOADED = "org.privateevolution.jobs.LedgerFigures source:";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"plan", "validate"})
    void aLedgerOnThisDiskIsReadWithoutHadoop(String command) throws Exception {
        Path loaded = directory.resolve("loaded");
        try (ChildJvm child = ChildJvm.start(
                Pe.class,
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded),
                command,
                Path.of("..", "conf", "artificial-characters.yaml").toString(),
                "--set",
                "privacy.ledger=" + directory.resolve("ledger"))) {
            child.awaitSuccess();
        }

        assertThat(Files.readString(loaded))
                .contains(LOADED)
                .doesNotContain("org.apache.hadoop.conf.Configuration ", "org.apache.logging.log4j.LogManager ");
    }
}
