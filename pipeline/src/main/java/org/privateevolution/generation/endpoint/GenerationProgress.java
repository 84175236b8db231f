package org.privateevolution.generation.endpoint;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.RunListener;

/** Reports from time to time how far a list of requests is, what it has cost, and what remains at this pace. */
public final class GenerationProgress {

    private static final double SECOND_NANOS = 1e9;

    private final int total;
    private final Supplier<Usage> usage;
    private final RunListener listener;
    private final long noticeEveryNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private final double moneyAtStart;
    private long lastNotice;
    private int done;
    private int unanswered;

    /** @param listener notified at most once per {@code noticeEvery} */
    public GenerationProgress(
            int total, Supplier<Usage> usage, RunListener listener, Duration noticeEvery, LongSupplier nanoTime) {
        this.total = total;
        this.usage = usage;
        this.listener = listener;
        this.noticeEveryNanos = noticeEvery.toNanos();
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.moneyAtStart = usage.get().money();
        this.lastNotice = start;
    }

    /** Counts a request that was answered. */
    public synchronized void answered() {
        ended();
    }

    /** Counts a request that was given up for now. */
    synchronized void unanswered() {
        unanswered++;
        ended();
    }

    private void ended() {
        done++;
        long now = nanoTime.getAsLong();
        if (now - lastNotice < noticeEveryNanos || done == total) {
            return;
        }
        lastNotice = now;
        Usage used = usage.get();
        double left = (double) (total - done) / done;
        String cost = used.money() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; cost so far %.2f, about %.2f to come",
                        used.money(),
                        (used.money() - moneyAtStart) * left);
        listener.notice(String.format(
                Locale.ROOT,
                "%,d of %,d prompts answered%s, %.1f per second, about %s left%s",
                done - unanswered,
                total,
                unanswered == 0 ? "" : String.format(Locale.ROOT, ", %,d to be retried later", unanswered),
                done * SECOND_NANOS / (now - start),
                readable((long) ((now - start) * left)),
                cost));
    }

    private static String readable(long nanos) {
        long seconds = Math.round(nanos / SECOND_NANOS);
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
