package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.plugin.SparkConnectPluginRegistry;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.spark.SeededRuns;

/**
 * Tests clients against a real Spark Connect server. The Python module runs on a real {@code pyspark-client}, without
 * py4j and PySpark's jars, in the interpreter that {@code PE_CONNECT_PYTHON} names, or else {@code python3}.
 * {@link ConnectClient} runs on Spark's own client for the JVM.
 */
@Tag("connect")
class ConnectTest {

    @TempDir
    Path folder;

    private SparkSession spark;

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
        }
        // The registry is shared by the whole process.
        SparkConnectPluginRegistry.reset();
    }

    /** @return the address of the server */
    private String serve(String... plugins) {
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin")
                .config("spark.connect.grpc.binding.address", "127.0.0.1")
                .config("spark.connect.grpc.binding.port", "0");
        spark = (plugins.length == 0
                        ? builder
                        : builder.config("spark.connect.extensions.command.classes", String.join(",", plugins)))
                .getOrCreate();
        return "sc://127.0.0.1:" + SparkConnectService$.MODULE$.localPort();
    }

    /** Returns what a client prints. */
    private String client(String address, String... lines) throws Exception {
        Path script = folder.resolve("client.py");
        Files.writeString(
                script,
                String.join(
                        "\n",
                        Stream.concat(
                                        Stream.of(
                                                "import private_evolution as pe",
                                                "from pyspark.sql import SparkSession",
                                                "spark = SparkSession.builder.remote('" + address + "').getOrCreate()"),
                                        Stream.of(lines))
                                .toList()));
        Path log = folder.resolve("client.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Optional.ofNullable(System.getenv("PE_CONNECT_PYTHON")).orElse("python3"), script.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("PYTHONPATH", SparkHome.checkout().resolve("python").toString());
        Process process = builder.start();
        assertThat(SparkHome.await(process, log)).as(SparkHome.read(log)).isZero();
        return SparkHome.read(log);
    }

    /** Returns what {@link ConnectClient} prints, on the classes of this checkout and Spark's Connect client. */
    private String javaClient(String address, String plugin, Path configuration) throws Exception {
        List<String> classPath = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (!name.startsWith("spark-") || name.matches("spark-(common-utils|unsafe|variant|tags)[_-].*")) {
                classPath.add(entry);
            }
        }
        try (Stream<Path> jars = Files.list(SparkHome.checkout().resolve("jobs/target/connect-client"))) {
            classPath.addAll(0, jars.map(Path::toString).toList());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-Xmx512m", "-cp", String.join(File.pathSeparator, classPath)));
        command.addAll(List.of(ConnectClient.class.getName(), address, plugin, configuration.toString()));
        Path log = folder.resolve("java-client.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(SparkHome.await(process, log)).as(SparkHome.read(log)).isZero();
        return SparkHome.read(log);
    }

    private static Map<String, String> releases(Path output) throws IOException {
        Map<String, String> releases = new TreeMap<>();
        try (Stream<Path> files = Files.list(output.resolve("store/releases"))) {
            for (Path file : files.sorted().toList()) {
                // Run ids are random.
                releases.put(
                        file.getFileName().toString(),
                        Files.readString(file).replaceFirst("\"run\":\"[^\"]*\"", "\"run\""));
            }
        }
        return releases;
    }

    @Test
    void aRunThroughConnectReleasesWhatAClassicSessionDoes() throws Exception {
        Inputs.people(folder);
        Path configuration = Inputs.configuration(folder);
        String address = serve(SeededConnectRuns.class.getName());

        String printed = client(
                address,
                "result = pe.run(spark, '" + configuration + "')",
                "print('ROWS', result.synthetic.count(), sorted(result.synthetic.columns))",
                "print('SENTENCE', result.guarantee.sentence)",
                "print('RELEASES', len(result.guarantee.releases))",
                "print('INSIDE', all(metric.inside_guarantee for metric in result.metrics), len(result.metrics) > 0)",
                "again = pe.run(spark, '" + configuration + "')",
                "print('AGAIN', again.guarantee.run_id == result.guarantee.run_id)",
                "print('LEFT', [t.name for t in spark.catalog.listTables() if not t.isTemporary])");

        assertThat(printed)
                .contains("SENTENCE (2, 1e-4)-differential privacy")
                .contains("RELEASES 3")
                .contains("INSIDE True True")
                .contains("AGAIN True");
        assertReleasesOfAClassicSession(configuration);
    }

    @Test
    void aClientInJavaReleasesWhatAClassicSessionDoes() throws Exception {
        Inputs.people(folder);
        Path configuration = Inputs.configuration(folder);
        String plugin = SeededConnectRuns.class.getName();

        String printed = javaClient(serve(plugin), plugin, configuration);

        assertThat(printed)
                .contains("SESSION org.apache.spark.sql.connect.SparkSession")
                .contains("ROWS 23")
                .contains("SENTENCE (2, 1e-4)-differential privacy")
                .contains("METRICS true true")
                .contains("AGAIN true")
                .contains("REFUSED USAGE privacy.delta")
                .contains("REFUSED PRIVATE_DATA private_data: nothing exists at /nowhere")
                .contains("REFUSED USAGE private_data.store.key_env: is not allowed to clients of Spark Connect");
        assertReleasesOfAClassicSession(configuration);
    }

    private void assertReleasesOfAClassicSession(Path configuration) throws Exception {
        SeededRuns.on(spark, SeededConnectRuns.SEED)
                .run(RunConfiguration.load(
                        configuration,
                        List.of(
                                "output.path=" + folder.resolve("classic"),
                                "privacy.ledger=" + folder.resolve("classic-ledger"))));
        assertThat(releases(folder.resolve("out"))).hasSize(3).isEqualTo(releases(folder.resolve("classic")));
    }

    /** The class is on the server's class path, but the server does not name it. */
    @Test
    void aClientInJavaIsRefusedWhereThePluginIsNotServed() throws Exception {
        Inputs.people(folder);
        Path configuration = Inputs.configuration(folder);
        String address = serve();

        assertThat(javaClient(address, ConnectRuns.class.getName(), configuration))
                .contains("FAILED", "this server has private-evolution.jar, but does not serve it to clients")
                .doesNotContain("ROWS", "DONE");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("people.csv.ledger")).doesNotExist();
        assertThat(javaClient(address, "no.such.Plugin", configuration))
                .contains("this session's server has no plugin for this");
    }

    @Test
    void aDataFrameOfTheClientIsReadByTheServer() throws Exception {
        Inputs.people(folder);
        Path configuration = Inputs.configuration(folder);

        String printed = client(
                serve(ConnectRuns.class.getName()),
                "people = spark.read.option('header', True).csv('" + folder.resolve("people.csv") + "')",
                "changed = {'private_data': {'format': 'dataframe', 'name': 'people'}," + " 'privacy.ledger': '"
                        + folder.resolve("ledger") + "'}",
                "pe.check(spark, '" + configuration + "', people, overrides=changed)",
                "result = pe.run(spark, '" + configuration + "', people, overrides=changed)",
                "print('ROWS', result.synthetic.count() > 0)");

        assertThat(printed).contains("ROWS True");
        assertThat(folder.resolve("ledger/entry-000003.json")).exists();
    }

    /** Errors are those of the command line, and contain no part of a record. */
    @Test
    void whatGoesWrongIsSaidInTheWordsOfTheCommandLine() throws Exception {
        Inputs.people(folder);
        Path configuration = Inputs.configuration(folder);

        String printed = client(
                serve(ConnectRuns.class.getName()),
                "for change in [{'privacy.delta': 7}, {'private_data.path': '/nowhere'}]:",
                "    try:",
                "        pe.run(spark, '" + configuration + "', overrides=change)",
                "    except pe.PrivateEvolutionError as e:",
                "        print(type(e).__name__, e)",
                "try:",
                "    pe.run(spark, '" + configuration + "', generator=lambda requests: [])",
                "except pe.ConfigurationError as e:",
                "    print(e)");

        assertThat(printed)
                .contains("ConfigurationError [PE-101] privacy.delta")
                .contains("PrivateDataError [PE-200] private_data: nothing exists at /nowhere")
                .contains("generator: a server of Spark Connect cannot call this program");
    }

    @Test
    void aServerWithoutThePluginIsTold() throws Exception {
        String printed = client(
                serve(),
                "try:",
                "    pe.run(spark, {'name': 'x'})",
                "except pe.ConfigurationError as e:",
                "    print(e)");

        assertThat(printed).contains("its server has no plugin for this", "ConnectRuns", "dedicated");
    }
}
