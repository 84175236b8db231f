package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests what {@code scripts/submit} passes to spark-submit. A script that prints its arguments stands in for
 * spark-submit.
 */
class SubmitScriptTest {

    @TempDir
    Path folder;

    private Path configuration;

    @BeforeEach
    void install() throws IOException {
        Inputs.echo(folder.resolve("spark/bin/spark-submit"));
        configuration = Inputs.write(folder.resolve("people.yaml"), "name: people\n");
    }

    @Test
    void onALocalMasterTheConfigurationIsReadWhereItIs() throws Exception {
        Submission submission = submit("--master", "local[2]", "--", "run", configuration.toString(), "--extend");

        assertThat(submission.exitCode()).isZero();
        assertThat(submission.lines())
                .containsSubsequence(
                        "--master", "local[2]", "s3a://lake/pe.jar", "run", configuration.toString(), "--extend")
                .doesNotContain("--files");
    }

    @Test
    void yarnCarriesTheConfigurationToTheDriver() throws Exception {
        Submission submission = submit(
                "--master=yarn", "--deploy-mode", "cluster", "--files", "a.txt", "--", "run", configuration.toString());

        assertThat(submission.exitCode()).isZero();
        assertThat(submission.lines())
                .containsSubsequence(
                        "--files",
                        "a.txt," + configuration,
                        "--conf",
                        "spark.privateevolution.configuration=" + configuration,
                        "s3a://lake/pe.jar",
                        "run",
                        "people.yaml");
    }

    /** On a standalone cluster, whoever starts the master and workers must pass the secret. */
    @ParameterizedTest
    @CsvSource({"yarn, true", "k8s://https://127.0.0.1:6443, true", "spark://127.0.0.1:7077, false"})
    void connectionsAreEncryptedWhereSparkMakesTheSecret(String master, boolean encrypted) throws Exception {
        List<String> options = submit("--master", master, "--", "run", "s3a://lake/people.yaml")
                .lines();
        List<String> wanted = List.of("spark.authenticate=true", "spark.network.crypto.enabled=true");

        assertThat(options.stream().filter(wanted::contains)).hasSize(encrypted ? wanted.size() : 0);
    }

    @Test
    void aConfigurationThatTheDriverCannotReadIsRefused() throws Exception {
        String[] kubernetes = {"--master", "k8s://https://127.0.0.1:6443", "--deploy-mode", "cluster", "--", "run", ""};
        kubernetes[6] = configuration.toString();
        Submission refused = submit(kubernetes);
        kubernetes[6] = "s3a://lake/people.yaml";
        Submission readable = submit(kubernetes);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.lines()).singleElement().asString().contains("cannot read " + configuration, "s3a://");
        assertThat(readable.exitCode()).isZero();
        assertThat(readable.lines()).containsSubsequence("s3a://lake/pe.jar", "run", "s3a://lake/people.yaml");
    }

    private Submission submit(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(SparkHome.checkout().resolve("scripts/submit").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        builder.environment().put("PE_JAR", "s3a://lake/pe.jar");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Submission(process.waitFor(), output.lines().toList());
    }

    /** The result of a submission: the exit code, and the arguments that spark-submit received, one per line. */
    private record Submission(int exitCode, List<String> lines) {}
}
