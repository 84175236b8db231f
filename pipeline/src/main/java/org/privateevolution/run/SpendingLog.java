package org.privateevolution.run;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.UsageRecord;

/**
 * Records what each start of a run has spent on its endpoints, so that a budget holds for the run rather than for each
 * start. Written at most once per second and when a generation ends, including the most that requests under way may
 * cost; requests that a killed driver sent in its last second are not counted. A listener is told as often.
 */
public final class SpendingLog {

    private static final long EVERY_NANOS = 1_000_000_000;

    private final RunFiles files;
    private final String file = UUID.randomUUID() + ".json";
    private final UsageRecord before;
    private final RunListener listener;
    private final LongSupplier nanoTime;
    private long lastWritten;

    /** The log of a run, in its store. */
    public static SpendingLog of(RunFiles store, RunListener listener) {
        return new SpendingLog(store.in("spending"), listener, System::nanoTime);
    }

    /** @param files directory with the records of all starts */
    public SpendingLog(RunFiles files, RunListener listener, LongSupplier nanoTime) {
        this.files = files;
        this.listener = listener;
        this.before = UsageRecord.sum(files);
        this.nanoTime = nanoTime;
        this.lastWritten = nanoTime.getAsLong();
    }

    /** The policy with what earlier starts have left of its budget. */
    public CallPolicy left(CallPolicy policy) {
        EndpointBudget budget = policy.budget();
        return policy.with(new EndpointBudget(
                left(budget.requests(), before.requests()),
                left(budget.promptTokens(), before.promptTokens()),
                left(budget.completionTokens(), before.completionTokens()),
                budget.money().isEmpty()
                        ? budget.money()
                        : OptionalDouble.of(Math.max(0, budget.money().getAsDouble() - before.money()))));
    }

    private static OptionalLong left(OptionalLong cap, long spent) {
        return cap.isEmpty() ? cap : OptionalLong.of(Math.max(0, cap.getAsLong() - spent));
    }

    void recordNowAndThen(Supplier<Usage> usage) {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now - lastWritten < EVERY_NANOS) {
                return;
            }
            lastWritten = now;
            record(usage.get());
        }
    }

    synchronized void record(Usage usage) {
        if (usage.requests() > 0) {
            UsageRecord.of(usage).write(files, file);
            listener.spent(usage);
        }
    }
}
