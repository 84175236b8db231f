package org.privateevolution.generation.endpoint;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Has a model answer generation requests, several at a time, and distinguishes an outage from single missing answers.
 */
public final class Asking<A> implements Workers.Task<GenerationRequest, Asking.Result<A>> {

    /** An outage is this many unanswered requests in a row, or one per thread if that is more. */
    private static final int OUTAGE = 8;

    private final int callers;
    private final Task<A> task;
    private final GenerationSink sink;
    private final GenerationProgress progress;
    private final AtomicInteger unansweredInARow = new AtomicInteger();

    /** Handles one request. */
    public interface Task<A> {

        /**
         * Gets an answer, whatever it is.
         *
         * @throws UnansweredException if there is no answer for now
         */
        A ask(GenerationRequest request) throws UnansweredException, InterruptedException;

        /** Passes the answer on; not interrupted. */
        void deliver(GenerationRequest request, A answer);
    }

    /**
     * The result of one request.
     *
     * @param unanswered why nothing was bought, so that the request may be repeated; empty if there is an answer
     */
    record Result<A>(A answer, String unanswered) {}

    private Asking(int callers, Task<A> task, GenerationSink sink, GenerationProgress progress) {
        this.callers = callers;
        this.task = task;
        this.sink = sink;
        this.progress = progress;
    }

    /**
     * Answers every request.
     *
     * @param name name of the threads
     * @param callers largest number of threads
     * @param sink also told of requests that stay unanswered
     * @throws GenerationException if the model no longer answers
     */
    public static <A> void run(
            String name,
            int callers,
            List<? extends GenerationRequest> requests,
            Task<A> task,
            GenerationSink sink,
            GenerationProgress progress) {
        Workers.run(name, callers, requests, new Asking<>(callers, task, sink, progress));
    }

    @Override
    public Result<A> make(GenerationRequest request) throws InterruptedException {
        try {
            A answer = task.ask(request);
            unansweredInARow.set(0);
            return new Result<>(answer, "");
        } catch (UnansweredException e) {
            if (unansweredInARow.incrementAndGet() >= Math.max(OUTAGE, callers)) {
                throw new GenerationException(
                        GenerationException.Reason.ENDPOINT,
                        "no answer to " + unansweredInARow.get() + " requests in a row, the last: " + e.getMessage()
                                + "; answers so far are kept; start the run again to resume it");
            }
            return new Result<>(null, e.getMessage());
        }
    }

    @Override
    public void deliver(GenerationRequest request, Result<A> result) {
        if (result.unanswered().isEmpty()) {
            task.deliver(request, result.answer());
            progress.answered();
        } else {
            sink.fail(request, result.unanswered());
            progress.unanswered();
        }
    }
}
