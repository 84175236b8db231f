package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Ctrl-C, or another signal to end, while a command runs: prints one sentence, and nothing about errors that follow
 * from it. Spark shuts down at the same time, and removes its files.
 */
final class Interruption implements AutoCloseable {

    private final Thread announcement;

    /** @param sentence where the command stopped, and how to resume */
    Interruption(PrintWriter err, Supplier<String> sentence) {
        announcement = new Thread(
                () -> {
                    Configurator.setAllLevels("", Level.OFF);
                    err.println("pe: " + sentence.get());
                    err.flush();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(announcement);
    }

    /** Whether this process is ending, so that failures are not those of the command. */
    static boolean isUnderWay() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** The command ended before any signal. */
    @Override
    public void close() {
        if (!isUnderWay()) {
            Runtime.getRuntime().removeShutdownHook(announcement);
        }
    }
}
