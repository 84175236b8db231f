package org.privateevolution.jobs;

import java.io.Writer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Passes whole lines on. Lines that cannot be shown are dropped, because a run must not fail for them. */
final class LineWriter extends Writer {

    private final Consumer<String> lines;
    private final StringBuilder begun = new StringBuilder();

    LineWriter(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        begun.append(Arrays.copyOfRange(characters, from, from + length));
    }

    @Override
    public void flush() {
        for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
            String line = begun.substring(0, end).replace("\r", "");
            begun.delete(0, end + 1);
            try {
                lines.accept(line);
            } catch (RuntimeException e) {
                // The notebook may have been closed.
            }
        }
    }

    @Override
    public void close() {
        flush();
    }
}
