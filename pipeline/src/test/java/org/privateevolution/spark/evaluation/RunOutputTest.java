package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.spark.session.SessionFiles;

class RunOutputTest {

    @TempDir
    private Path folder;

    @Test
    void aRunMayStandAtTheTopOfItsFileSystem() {
        assertThat(RunOutput.upwards("file:/run/evaluation/new"))
                .containsExactly("file:/run/evaluation/new", "file:/run/evaluation", "file:/run", "file:/");
        assertThat(RunOutput.upwards("s3a://bucket/evaluation"))
                .containsExactly("s3a://bucket/evaluation", "s3a://bucket/");
        assertThat(RunOutput.upwards("hdfs://host:8020/run"))
                .containsExactly("hdfs://host:8020/run", "hdfs://host:8020/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guarantee.json",
                "configuration.yaml",
                "store/run.json",
                "store/iteration-000/manifest.json",
                "store/discovery.json",
                "entry-000001.json"
            })
    void whatARunADiscoveryOrALedgerWritesTellsThatItIsOne(String file) throws IOException {
        Path written = folder.resolve("run").resolve(file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, "{}");

        assertThat(RunOutput.isWithinRun(
                        SessionFiles.configuration(), folder.resolve("run").toString()))
                .isTrue();
        assertThat(RunOutput.isWithinRun(
                        SessionFiles.configuration(), folder.resolve("run/a/b").toString()))
                .isTrue();
        assertThat(RunOutput.isWithinRun(
                        SessionFiles.configuration(), folder.resolve("running").toString()))
                .isFalse();
    }

    @Test
    void aLinkIntoARunIsFollowedAndOneOutOfItLiesInIt() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("guarantee.json"), "{}");
        Files.createDirectories(run.resolve("report"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("in"), run.resolve("report"));
        Files.createSymbolicLink(run.resolve("out"), elsewhere);

        for (Path output : List.of(elsewhere.resolve("in/evaluation"), run.resolve("out/evaluation"))) {
            assertThat(RunOutput.isWithinRun(SessionFiles.configuration(), output.toString()))
                    .as(output.toString())
                    .isTrue();
        }
        assertThat(RunOutput.isWithinRun(SessionFiles.configuration(), elsewhere.toString()))
                .isFalse();
    }

    @Test
    void aStoreOfOtherThingsIsNone() throws IOException {
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/apples.csv"), "apples");

        assertThat(RunOutput.isWithinRun(
                        SessionFiles.configuration(),
                        folder.resolve("evaluation").toString()))
                .isFalse();
    }
}
