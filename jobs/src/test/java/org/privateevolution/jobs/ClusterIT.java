package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spark.SeededDriver;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.S3Server;

/**
 * Submits the deployed jar with {@code scripts/submit} to a standalone cluster of three processes, with data and
 * results on S3.
 */
@Tag("cluster")
class ClusterIT {

    private static final String OUTPUT = "s3a://lake/out";

    @TempDir
    Path directory;

    private S3Server server;
    private SparkHome home;
    private StandaloneCluster cluster;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start("lake");
        home = SparkHome.create(
                Path.of("target/spark-home").toAbsolutePath(),
                Path.of("target/spark.classpath"),
                Path.of("target/dependencies.txt"));
        cluster = StandaloneCluster.start(home, directory);
        Inputs.people(directory);
        files("s3a://lake").write("people.csv", Files.readString(directory.resolve("people.csv")));
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.close();
    }

    @Test
    void aRunIsSubmittedResumedAndRead() throws Exception {
        files("s3a://lake").write("people.yaml", Files.readString(configuration("s3a://lake/people.csv", OUTPUT)));
        Path log = directory.resolve("run.log");

        assertThat(SparkHome.await(submit(log, "run", "s3a://lake/people.yaml"), log))
                .as(SparkHome.read(log))
                .isZero();
        assertThat(SparkHome.read(log))
                .contains("vote 3 of 3", "(2, 1e-4)-differential privacy for one record, added or removed")
                .contains(OUTPUT + "/guarantee.json");
        assertThat(releases(OUTPUT)).hasSize(3);
        assertThat(files(OUTPUT + "/synthetic").list()).containsExactly("csv", "parquet");

        Path again = directory.resolve("again.log");
        assertThat(SparkHome.await(submit(again, "run", "s3a://lake/people.yaml"), again))
                .as(SparkHome.read(again))
                .isZero();
        assertThat(SparkHome.read(again)).doesNotContain("vote 1 of 3");
    }

    @Test
    void anExecutorThatIsKilledChangesNothing() throws Exception {
        Path reference = directory.resolve("local.log");
        String local = directory.resolve("out").toString();
        assertThat(SparkHome.await(
                        seeded(
                                reference,
                                "local[2]",
                                configuration(directory.resolve("people.csv").toString(), local)),
                        reference))
                .as(SparkHome.read(reference))
                .isZero();

        Path log = directory.resolve("cluster.log");
        Process driver = seeded(log, cluster.master(), configuration("s3a://lake/people.csv", OUTPUT));
        SparkHome.awaitText(driver, log, "stage: vote 2 of 3");
        List<ProcessHandle> executors = cluster.executors();
        assertThat(executors).isNotEmpty();
        executors.get(0).destroyForcibly();

        assertThat(SparkHome.await(driver, log)).as(SparkHome.read(log)).isZero();
        assertThat(releases(OUTPUT)).hasSize(3).isEqualTo(releases(local));
        assertThat(synthetic(OUTPUT)).isEqualTo(synthetic(local));
    }

    /** The jar with -text brings models and native libraries; the cluster has none of them. */
    @Test
    void aRunOnTextsIsSubmittedWithTheJarThatBringsTheModels() throws Exception {
        String yaml = Files.readString(Inputs.textConfiguration(directory));
        for (String data : List.of("private.jsonl", "public.jsonl")) {
            files("s3a://lake").write(data, Files.readString(directory.resolve(data)));
            yaml = yaml.replace(directory.resolve(data).toString(), "s3a://lake/" + data);
        }
        Path configuration = Files.writeString(
                directory.resolve("texts.yaml"),
                yaml.replace(directory.resolve("texts-out").toString(), OUTPUT));
        Path log = directory.resolve("texts.log");

        assertThat(SparkHome.await(submit(log, "run", configuration.toString()), log))
                .as(SparkHome.read(log))
                .isZero();

        assertThat(SparkHome.read(log))
                .contains("Synthetic text", "Public note", "-differential privacy for one record")
                .contains("if interrupted", "scripts/submit [the same options] -- run " + configuration)
                .doesNotContain("Private note");
        assertThat(releases(OUTPUT)).hasSize(2);
        assertThat(files(OUTPUT + "-private").list()).isEmpty();
    }

    private Path configuration(String data, String output) throws IOException {
        String yaml = Files.readString(Inputs.configuration(directory))
                .replace("path: " + directory.resolve("people.csv"), "path: " + data)
                .replace("path: " + directory.resolve("out"), "path: " + output);
        return Files.writeString(directory.resolve("people.yaml"), yaml);
    }

    private Process submit(Path log, String... arguments) throws IOException {
        List<String> all = options(cluster.master());
        all.add("--");
        all.addAll(List.of(arguments));
        return home.submit(log, all.toArray(String[]::new));
    }

    /** Runs the deployed classes under a driver with known noise. */
    private Process seeded(Path log, String master, Path configuration) throws IOException {
        List<String> all = options(master);
        all.addAll(List.of("--class", SeededDriver.class.getName(), "--", configuration.toString(), "11"));
        return home.submit(log, Map.of("PE_JAR", unsealed().toString()), all.toArray(String[]::new));
    }

    private List<String> options(String master) {
        List<String> options = new ArrayList<>(List.of(
                "--master",
                master,
                "--driver-memory",
                "1g",
                "--executor-memory",
                "700m",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.shuffle.partitions=4",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1"));
        server.settings()
                .forEach((key, value) -> options.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
        return options;
    }

    /** Copies the deployed jar without its seal, which would reject the driver with known noise. */
    private Path unsealed() throws IOException {
        Path jar = directory.resolve("unsealed.jar");
        try (JarFile deployed = new JarFile(PackagedJarIT.jar("").toFile());
                JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            for (JarEntry entry : Collections.list(deployed.entries())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    copy(deployed.getInputStream(entry), entry.getName(), entries);
                }
            }
            for (String name : List.of(
                    "org/privateevolution/spark/SeededDriver.class",
                    "org/privateevolution/spark/SeededDriver$1.class",
                    "org/privateevolution/privacy/TestNoise.class")) {
                copy(SeededDriver.class.getClassLoader().getResourceAsStream(name), name, entries);
            }
        }
        return jar;
    }

    private static void copy(InputStream content, String name, JarOutputStream into) throws IOException {
        try (content) {
            into.putNextEntry(new JarEntry(name));
            content.transferTo(into);
        }
    }

    private RunFiles files(String location) {
        return RunFiles.at(location, server.hadoop());
    }

    /** Noisy votes of each release; the rest names the run. */
    private Map<String, String> releases(String output) {
        RunFiles releases = files(output + "/store/releases");
        Map<String, String> votes = new TreeMap<>();
        for (String name : releases.list()) {
            votes.put(name, releases.read(name).orElseThrow().replaceAll("\"run\":\"[^\"]*\"", ""));
        }
        return votes;
    }

    private List<String> synthetic(String output) {
        RunFiles csv = files(output + "/synthetic/csv");
        List<String> lines = new ArrayList<>();
        for (String name : csv.list()) {
            if (name.endsWith(".csv")) {
                lines.addAll(csv.read(name).orElseThrow().lines().toList());
            }
        }
        return lines;
    }
}
