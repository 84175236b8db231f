package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what {@code scripts/pe} passes to Java. A script that prints its arguments stands in for Java. */
class PeScriptTest {

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void install() throws IOException {
        Inputs.echo(folder.resolve("java/bin/java"));
        script = Files.createDirectories(folder.resolve("checkout/scripts")).resolve("pe");
        Files.copy(SparkHome.checkout().resolve("scripts/pe"), script);
        Path target = Files.createDirectories(folder.resolve("checkout/jobs/target"));
        Files.writeString(target.resolve("spark.classpath"), "spark.jar");
        Path launcher = SparkHome.checkout().resolve("jobs/src/main/launcher");
        Files.copy(launcher.resolve("quick.commands"), target.resolve("quick.commands"));
        Path warmUp = Files.createDirectory(target.resolve("warm-up"));
        Files.copy(launcher.resolve("warm-up/warm-up.yaml"), warmUp.resolve("warm-up.yaml"));
        Files.createFile(target.resolve("private-evolution-1.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "ledger", "propose-schema", "sample"})
    void sparkGetsItsOptions(String command) throws Exception {
        assertThat(java(script, command))
                .anyMatch(option -> option.startsWith("@") && option.endsWith("/jobs/target/spark.jvm.options"))
                .contains("-Dpe.command=" + script)
                .endsWith("org.privateevolution.jobs.Pe", command, "out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "budget", "keys", "--help"})
    void whatNeedsNoSparkStartsFast(String command) throws Exception {
        assertThat(java(script, command))
                .contains("-XX:TieredStopAtLevel=1")
                .noneMatch(option -> option.startsWith("@"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rows", "--rows=9"})
    void aForecastMeasuresWhatVotesRun(String rows) throws Exception {
        assertThat(java(script, "plan", rows))
                .contains("--add-modules=jdk.incubator.vector")
                .doesNotContain("-XX:TieredStopAtLevel=1")
                .noneMatch(option -> option.startsWith("@"));
        assertThat(java(script, "plan", rows, "--gflops")).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void validationNeedsSparkForTheDataAlone() throws Exception {
        assertThat(java(script, "validate"))
                .contains("-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector")
                .noneMatch(option -> option.startsWith("@"));
        assertThat(java(script, "validate", "--data"))
                .anyMatch(option -> option.startsWith("@"))
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void whatJavaLoadsIsKeptOnceAfterABuild() throws Exception {
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Files.writeString(
                folder.resolve("java/bin/java"),
                """
                #!/bin/sh
                for option; do
                  case $option in -XX:ArchiveClassesAtExit=*) ls warm-up.yaml >"${option#*=}" ;; esac
                  echo "$option"
                done
                """);
        String archive = "-XX:SharedArchiveFile=" + folder.toRealPath().resolve("checkout/jobs/target/pe-17.0.1.jsa");

        assertThat(java(script, "validate")).doesNotContain(archive);
        assertThat(java(script, "run")).contains(archive).anyMatch(line -> line.startsWith("Preparing"));
        assertThat(java(script, "run")).contains(archive).noneMatch(line -> line.startsWith("Preparing"));
        assertThat(java(script, "plan")).contains(archive);
    }

    @Test
    void aRunThatCannotBePreparedStartsAllTheSame() throws Exception {
        assertThat(java(script, "run"))
                .anyMatch(line -> line.startsWith("Preparing"))
                .noneMatch(option -> option.startsWith("-XX:SharedArchiveFile"))
                .endsWith("org.privateevolution.jobs.Pe", "run", "out");
        assertThat(java(script, "run")).noneMatch(line -> line.startsWith("Preparing"));
    }

    @Test
    void onATerminalJavaDoesNotAnnounceTheVectorModule() throws Exception {
        Files.writeString(
                folder.resolve("java/bin/java"),
                """
                #!/bin/sh
                echo "WARNING: Using incubator modules: jdk.incubator.vector" >&2
                echo "another line" >&2
                case "$*" in *-Dpe.stderr=/dev/*) echo "past the filter" >"$(tty)" ;; esac
                exit 3
                """);
        Path transcript = folder.resolve("transcript");
        ProcessBuilder builder = new ProcessBuilder(
                "script", "-qec", script + " validate; status=$?; sleep 1; exit $status", transcript.toString());
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(Files.readString(transcript))
                .contains("another line", "past the filter")
                .doesNotContain("WARNING: Using incubator modules");
    }

    @Test
    void aLinkIsFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("pe"), script);

        assertThat(java(link, "plan"))
                .contains(folder.toRealPath().resolve("checkout/jobs/target") + "/private-evolution-1.jar:spark.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void namesOfFilesAreNotAsciiAlone(String locale) throws Exception {
        Files.writeString(folder.resolve("java/bin/java"), "#!/bin/sh\nlocale charmap\n");
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "plan");
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("LC_ALL", locale);

        assertThat(builder.start().getInputStream()).hasContent("UTF-8");
    }

    private List<String> java(Path launcher, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(command));
        line.add("out");
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
