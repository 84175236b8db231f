package org.privateevolution.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Handles Ctrl-C, or another signal to end, while a command runs. It prints one sentence, and suppresses the errors
 * that follow from the signal. Spark shuts down at the same time and removes its files.
 */
final class Interruption implements AutoCloseable {

    private final Thread announcement;

    /** @param sentence where the command stopped, and how to resume */
    Interruption(PrintWriter err, Supplier<String> sentence) {
        announcement = new Thread(
                () -> {
                    Configurator.setAllLevels("", Level.OFF);
                    // Threads that Spark's end takes by surprise write their exceptions here, past every log.
                    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
                    err.println("pe: " + sentence.get());
                    err.flush();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(announcement);
    }

    /** Whether this process is ending, so that failures are not the command's own. */
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
