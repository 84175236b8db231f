package org.privateevolution.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A JVM of its own, with the class path of the tests. */
final class ChildJvm implements AutoCloseable {

    private static final int LIMIT_MINUTES = 5;

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ChildJvm start(Class<?> main, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> options = new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        options.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
        // A class path is longer than a command line may be.
        Path file = Files.createTempFile(directory, "java", ".options");
        Files.write(file, options.stream().map(option -> "\"" + option + "\"").toList());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + file);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(directory, "child", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), log);
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Waits until the child has made a file. */
    void awaitFile(Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("the child did not come to the expected point: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    /** Waits until the child has ended without error. */
    void awaitSuccess() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError(
                    "the child did not end within " + LIMIT_MINUTES + " minutes: " + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the child failed: " + Files.readString(log));
        }
    }

    /** Kills the child as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
