package org.privateevolution.jobs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/** A Spark installation built from the jars that Maven resolved. */
final class SparkHome {

    private static final int LIMIT_MINUTES = 8;

    private final Path path;

    private SparkHome(Path path) {
        this.path = path;
    }

    /**
     * @param classPath the file in which the build lists Spark's jars and the jars inside the deployed jars
     * @param deployed the file in which it lists the latter, which are not put into the installation
     */
    static SparkHome create(Path path, Path classPath, Path deployed) throws IOException {
        Path jars = Files.createDirectories(path.resolve("jars"));
        Set<String> brought = Files.readAllLines(deployed).stream()
                .map(line -> line.strip().split(":", -1))
                .filter(artifact -> artifact.length > 3)
                .map(artifact -> artifact[1] + "-" + artifact[3] + ".jar")
                .collect(Collectors.toSet());
        for (String jar : Files.readString(classPath).strip().split(File.pathSeparator)) {
            Path target = Path.of(jar);
            Path link = jars.resolve(target.getFileName());
            Files.deleteIfExists(link);
            if (!brought.contains(target.getFileName().toString())) {
                Files.createSymbolicLink(link, target);
            }
        }
        Path submit = Files.createDirectories(path.resolve("bin")).resolve("spark-submit");
        Files.writeString(
                submit,
                "#!/usr/bin/env bash\nexec '" + String.join("' '", java(jars, "-Xmx1g"))
                        + "' org.apache.spark.deploy.SparkSubmit \"$@\"\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new SparkHome(path);
    }

    private static List<String> java(Path jars, String heap) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.add(heap);
        command.add("-cp");
        command.add(jars + "/*");
        return command;
    }

    /** Starts a daemon of Spark, such as a master. */
    Process daemon(Path log, String main, String... arguments) throws IOException {
        List<String> command = java(path.resolve("jars"), "-Xmx512m");
        command.add(main);
        command.addAll(List.of(arguments));
        return start(command, Map.of(), log);
    }

    /** Runs {@code scripts/submit} in the folder of the checkout. */
    Process submit(Path log, String... arguments) throws IOException {
        return submit(log, Map.of(), arguments);
    }

    /** The same, with additional environment variables. */
    Process submit(Path log, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(checkout().resolve("scripts/submit").toString());
        command.addAll(List.of(arguments));
        return start(command, environment, log);
    }

    static Path checkout() {
        return Path.of("").toAbsolutePath().getParent();
    }

    private Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", path.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits for a process and returns its exit code. */
    static int await(Process process, Path log) throws InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("too late: " + read(log));
        }
        return process.exitValue();
    }

    /** Waits until a process has written something. */
    static void awaitText(Process process, Path log, String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (!read(log).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("no '" + text + "' in " + read(log));
            }
            Thread.sleep(50);
        }
    }

    static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
