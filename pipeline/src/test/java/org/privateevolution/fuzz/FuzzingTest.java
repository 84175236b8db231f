package org.privateevolution.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes each target with Jazzer, in a JVM of its own: {@code mvn verify -Pfuzz -Dfuzz.seconds=3600}. The inputs that
 * Jazzer has tried and learnt are in {@code target/fuzz/<target>}. An input that fails is left there as
 * {@code crash-...}; move it to {@code src/test/resources/fuzz/<target>} once the defect is fixed.
 */
@Tag("fuzz")
class FuzzingTest {

    private static final String SECONDS = System.getProperty("fuzz.seconds", "60");

    static List<String> targets() {
        String chosen = System.getProperty("fuzz.targets", "");
        return chosen.isEmpty() ? FuzzTarget.names() : List.of(chosen.split(","));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void findsNothing(String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target/fuzz", name)).toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        List<byte[]> seeds = FuzzTarget.named(name).seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path found = Path.of("src/test/resources/fuzz", name).toAbsolutePath();
        Path log = folder.resolve("log.txt");
        Process fuzzer = new ProcessBuilder(command(name, corpus, found))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int status = fuzzer.waitFor();
            List<String> lines = Files.readAllLines(log);
            assertThat(status)
                    .as("%s ends: %s", log, lines.subList(Math.max(0, lines.size() - 40), lines.size()))
                    .isZero();
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private static List<String> command(String name, Path corpus, Path found) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // Those of the test's own agents and reports are left out.
            if (option.startsWith("--add") || option.startsWith("-X") || option.startsWith("-Djdk.reflect")) {
                command.add(option);
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzDriver.class.getName(),
                "--target_args=" + name,
                "--instrumentation_includes=org.privateevolution.**:org.apache.parquet.**:com.fasterxml.jackson.**",
                "--instrumentation_excludes=org.privateevolution.fuzz.**",
                // Hooks in all of Spark would find its reflection, and take minutes.
                "--custom_hook_includes=org.privateevolution.**",
                "-max_total_time=" + SECONDS,
                // Instrumenting is part of the first input.
                "-timeout=600",
                "-rss_limit_mb=4096",
                "-print_final_stats=1",
                corpus.toString()));
        if (Files.isDirectory(found)) {
            command.add(found.toString());
        }
        return command;
    }
}
