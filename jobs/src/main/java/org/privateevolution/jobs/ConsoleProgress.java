package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateevolution.model.RunSpec;
import org.privateevolution.run.Guarantee;

/**
 * Shows the progress of a run: on a terminal as a bar, else as one line per stage, with the seconds since the start.
 * The bar shows the share of the stages {@code k of n} that are over.
 */
final class ConsoleProgress implements RunProgress {

    /** Set by the launcher: only the shell knows whether standard error is a terminal. */
    private static final String TERMINAL = "pe.terminal";

    private static final Pattern OF = Pattern.compile("(\\d+) of (\\d+)");
    private static final int COLUMNS = 79;
    private static final int BAR = 20;
    private static final long TICK_MILLIS = 1_000;
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

    private final PrintWriter err;
    private final boolean bar;
    private final LongSupplier nanoTime;
    private final long start;
    private String stage = "";
    private long total;
    private long done;
    private double share;
    private long lastDrawn;
    private boolean drawn;
    private boolean resumable;
    private boolean ended;
    /** Null if there is no terminal. */
    private Timer clock;

    ConsoleProgress(PrintWriter err, boolean bar, LongSupplier nanoTime) {
        this.err = err;
        this.bar = bar;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Whether standard error is a terminal. */
    static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }

    /** Progress that prints nothing. */
    static ConsoleProgress silent() {
        return lines(new PrintWriter(Writer.nullWriter()));
    }

    /** Progress that prints lines, whether or not standard error is a terminal. */
    static ConsoleProgress lines(PrintWriter out) {
        return new ConsoleProgress(out, false, System::nanoTime);
    }

    static ConsoleProgress on(PrintWriter err) {
        ConsoleProgress progress = new ConsoleProgress(err, isTerminal(), System::nanoTime);
        if (progress.bar) {
            // The clock keeps running during a long stage.
            progress.clock = new Timer("progress", true);
            progress.clock.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            progress.tick();
                        }
                    },
                    TICK_MILLIS,
                    TICK_MILLIS);
        }
        return progress;
    }

    /** Redraws the bar, if there is one. */
    synchronized void tick() {
        if (drawn) {
            draw();
        }
    }

    @Override
    public synchronized void stageStarted(String name, long steps) {
        if (ended) {
            return;
        }
        stage = name;
        total = steps;
        done = 0;
        Matcher place = OF.matcher(name);
        if (place.find()) {
            share = (Double.parseDouble(place.group(1)) - 1) / Double.parseDouble(place.group(2));
        }
        if (bar) {
            draw();
        } else {
            line(name);
        }
    }

    @Override
    public synchronized void stageProgressed(long steps) {
        done = steps;
        if (bar && !ended && nanoTime.getAsLong() - lastDrawn >= REDRAW_NANOS) {
            draw();
        }
    }

    @Override
    public synchronized void notice(String message) {
        if (ended) {
            return;
        }
        if (bar) {
            erase();
        }
        line(message);
    }

    @Override
    public synchronized void resumable(String location) {
        resumable = true;
    }

    @Override
    public synchronized boolean resumable() {
        return resumable;
    }

    @Override
    public synchronized String interrupted() {
        close();
        ended = true;
        return String.format(
                Locale.ROOT, "interrupted after %.0f s%s", seconds(), stage.isEmpty() ? "" : " (" + stage + ")");
    }

    /** Prints nothing: the command has already printed the heading. */
    @Override
    public void started(RunSpec run) {}

    /** Prints nothing: the command prints the result. */
    @Override
    public void finished(RunSpec run, Guarantee guarantee) {}

    /** Everything is done. */
    synchronized void done() {
        erase();
        line("done");
    }

    /** Removes the bar. */
    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.cancel();
        }
        erase();
    }

    private void line(String text) {
        String time = String.format(Locale.ROOT, "%8.1f s  ", seconds());
        String separator = System.lineSeparator() + " ".repeat(time.length());
        err.println(time + String.join(separator, WrappedText.lines(text, LineWidth.ofMessages() - time.length())));
        err.flush();
    }

    private void draw() {
        int filled = (int) Math.round(share * BAR);
        String count = total > 0 ? String.format(Locale.ROOT, "  %,d/%,d", done, total) : "";
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %4.0f s  %s%s",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                seconds(),
                stage,
                count);
        String cut = line.length() <= COLUMNS ? line : line.substring(0, COLUMNS);
        err.print("\r" + cut + " ".repeat(COLUMNS - cut.length()));
        err.flush();
        lastDrawn = nanoTime.getAsLong();
        drawn = true;
    }

    private void erase() {
        if (drawn) {
            err.print("\r" + " ".repeat(COLUMNS) + "\r");
            err.flush();
            drawn = false;
        }
    }

    private double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
