package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds {@code examples/extension} against the deployed jar alone, and runs it. */
class ExtensionIT {

    private static final Path EXAMPLE = SparkHome.checkout().resolve("examples/extension");
    private static final Path CLASS_PATH = Path.of("target", "spark.classpath");

    @TempDir
    private Path directory;

    private Path deployed;
    private Path extension;

    @BeforeEach
    void build() throws IOException {
        deployed = PackagedJarIT.jar("").toAbsolutePath();
        Path classes = compiled(EXAMPLE.resolve("src/main/java"), deployed.toString());
        extension = jar("orders-1.0.jar", classes, EXAMPLE.resolve("src/main/resources"));
    }

    private Path jar(String name, Path... folders) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Path folder : folders) {
                add(jar, folder);
            }
        }
        return file;
    }

    private Path compiled(Path sources, String classPath) throws IOException {
        Path classes = Files.createTempDirectory(directory, "classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", classPath, "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return classes;
    }

    private static void add(JarOutputStream jar, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    @Test
    void itsTestsRunTheContractsOfTheDeployedJar() throws Exception {
        List<String> junit = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.matches(".*(junit|opentest4j|apiguardian)[^/]*\\.jar"))
                .toList();
        List<String> jars = new ArrayList<>(junit);
        jars.add(deployed.toString());
        jars.add(extension.toString());
        Path classes = compiled(EXAMPLE.resolve("src/test/java"), String.join(File.pathSeparator, jars));
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        for (String jar : jars) {
            urls.add(Path.of(jar).toUri().toURL());
        }
        int run = 0;
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var constructor = loader.loadClass("example.orders.OrdersTest").getDeclaredConstructor();
            constructor.setAccessible(true);
            Object test = constructor.newInstance();
            for (Method method : test.getClass().getDeclaredMethods()) {
                if (Arrays.stream(method.getAnnotations())
                        .anyMatch(one -> one.toString().contains("jupiter.api.Test"))) {
                    method.setAccessible(true);
                    method.invoke(test);
                    run++;
                }
            }
        }
        assertThat(run).isEqualTo(3);
    }

    @Test
    void sparkSubmitRunsItFromItsJars() throws Exception {
        SparkHome home =
                SparkHome.create(directory.resolve("spark"), CLASS_PATH, Path.of("target", "dependencies.txt"));
        Path log = directory.resolve("submit.log");
        Path out = directory.resolve("out");
        Process run = home.submit(
                log,
                Map.of("PE_JAR", deployed.toString()),
                "--master",
                "local[2]",
                "--jars",
                extension.toString(),
                "--",
                "run",
                EXAMPLE.resolve("orders.yaml").toString(),
                "--set",
                "private_data.path=" + EXAMPLE.resolve("data/orders.csv"),
                "--set",
                "privacy.ledger=" + directory.resolve("ledger"),
                "--set",
                "output.path=" + out);

        assertThat(SparkHome.await(run, log)).as(SparkHome.read(log)).isZero();
        // Iteration, label, metric, value, and whether it is inside the guarantee.
        assertThat(Files.readAllLines(out.resolve("metrics.csv")))
                .contains("0,,order-rules.broken,0.0,true", "4,,order-rules.broken,0.0,true");
        assertThat(rows(out.resolve("synthetic/csv"))).hasSize(200).allMatch(ExtensionIT::keepsTheRules);
        assertThat(Files.readString(out.resolve("configuration.yaml")))
                .contains("name: \"order-generator\"", "version: \"1.0\"", "keep: \"0.5\"");
    }

    /**
     * The generator and the embedder of the pipeline's tests, in a jar that is sent to executors in separate processes.
     */
    @Test
    void executorsEmbedWithWhatIsInItsJars() throws Exception {
        Path tests = SparkHome.checkout().resolve("pipeline/src/test");
        Path sources = Files.createDirectories(directory.resolve("sources"));
        for (String name : List.of("Salad.java", "Letters.java")) {
            Files.copy(tests.resolve("java/org/privateevolution/extension").resolve(name), sources.resolve(name));
        }
        Path services = Files.createDirectories(directory.resolve("resources/META-INF/services"));
        Files.writeString(
                services.resolve("org.privateevolution.spi.GeneratorProvider"), "org.privateevolution.extension.Salad");
        Files.writeString(
                services.resolve("org.privateevolution.spi.EmbedderProvider"),
                "org.privateevolution.extension.Letters");
        Path jar = jar("texts.jar", compiled(sources, deployed.toString()), directory.resolve("resources"));
        Path data = Files.writeString(directory.resolve("texts.jsonl"), "{\"body\": \"a salad\"}\n".repeat(47));
        Path out = directory.resolve("out");
        Path configuration = Files.writeString(
                directory.resolve("texts.yaml"),
                """
                private_data: {format: json, path: %s}
                privacy: {noise_multiplier: 2, delta: 1e-5, ledger: %s}
                evolution: {samples: 13, votes: 1, selection: rank}
                text: {columns: [body], embedding: {extension: {name: letters}}, generation: {name: salad}}
                output: {path: %s, formats: [jsonl]}
                """
                        .formatted(data, directory.resolve("ledger"), out));
        SparkHome home =
                SparkHome.create(directory.resolve("spark"), CLASS_PATH, Path.of("target", "dependencies.txt"));
        Path log = directory.resolve("submit.log");
        Process run = home.submit(
                log,
                Map.of("PE_JAR", deployed.toString()),
                "--master",
                "local-cluster[2,1,512]",
                "--conf",
                "spark.executor.memory=512m",
                "--jars",
                jar.toString(),
                "--",
                "run",
                configuration.toString());

        assertThat(SparkHome.await(run, log)).as(SparkHome.read(log)).isZero();
        assertThat(Files.readString(out.resolve("configuration.yaml"))).contains("name: \"letters\"");
    }

    private static List<String> rows(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path csv = files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(csv).stream().skip(1).toList();
        }
    }

    private static boolean keepsTheRules(String row) {
        return row.matches("placed,none,|shipped,(post|courier),|(delivered|returned),(post|courier),\\d+");
    }

    @Test
    void theLauncherOfACheckoutTakesItFromItsEnvironment() throws Exception {
        Path wrong = directory.resolve("orders.yaml");
        Files.writeString(
                wrong, Files.readString(EXAMPLE.resolve("orders.yaml")).replace("most_days: 14", "most_days: 999"));

        assertThat(validate(EXAMPLE.resolve("orders.yaml"), extension.toString()))
                .contains("is valid");
        assertThat(validate(wrong, extension.toString()))
                .contains("tabular.generation.options.most_days: 999 is not allowed: must be a whole number from 0"
                        + " to 365");
        assertThat(validate(wrong, ""))
                .contains("tabular.generation.name: order-generator is not an extension on the class path: there"
                        + " is none")
                .contains("evaluation.metrics.0.name: order-rules is not an extension on the class path: there is"
                        + " none");
    }

    private String validate(Path configuration, String jars) throws Exception {
        Path log = directory.resolve("validate.log");
        ProcessBuilder builder = new ProcessBuilder(
                        SparkHome.checkout().resolve("scripts/pe").toString(), "validate", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PE_JARS", jars);
        SparkHome.await(builder.start(), log);
        return SparkHome.read(log);
    }
}
