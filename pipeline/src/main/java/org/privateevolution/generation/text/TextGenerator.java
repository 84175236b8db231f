package org.privateevolution.generation.text;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.generation.endpoint.Usage;
import org.privateevolution.generation.endpoint.Workers;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.RunListener;

/** RANDOM_API and VARIATION_API of Aug-PE (Xie et al. 2024): texts from a language model that is prompted for them. */
public final class TextGenerator implements GenerationApi {

    /** No answer to so many requests in a row, or to one a thread if that is more, is an outage. */
    private static final int OUTAGE = 8;

    private final ChatModel model;
    private final TextPrompts prompts;
    private final AnswerRules rules;
    private final RunListener listener;
    private final Duration noticeEvery;

    /**
     * @param model closed with this
     * @param listener told of progress and cost, at most once in {@code noticeEvery}
     */
    public TextGenerator(
            ChatModel model, TextPrompts prompts, AnswerRules rules, RunListener listener, Duration noticeEvery) {
        this.model = model;
        this.prompts = prompts;
        this.rules = rules;
        this.listener = listener;
        this.noticeEvery = noticeEvery;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    /** What was used so far. */
    public Usage usage() {
        return model.usage();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        GenerationProgress progress =
                new GenerationProgress(requests.size(), model::usage, listener, noticeEvery, System::nanoTime);
        Workers.run("pe-text", model.callers(), requests, new Prompting(sink, progress));
    }

    @Override
    public void close() {
        model.close();
    }

    /**
     * What came of one request.
     *
     * @param unanswered whether nothing was bought, so that it may be asked again
     */
    private record Result(AnswerRules.Outcome outcome, boolean unanswered) {}

    private final class Prompting implements Workers.Task<GenerationRequest, Result> {
        private final GenerationSink sink;
        private final GenerationProgress progress;
        private final AtomicInteger unansweredInARow = new AtomicInteger();

        Prompting(GenerationSink sink, GenerationProgress progress) {
            this.sink = sink;
            this.progress = progress;
        }

        @Override
        public Result make(GenerationRequest request) throws InterruptedException {
            try {
                ChatAnswer answer = model.complete(prompts.request(request));
                unansweredInARow.set(0);
                return new Result(rules.apply(answer), false);
            } catch (UnansweredException e) {
                if (unansweredInARow.incrementAndGet() >= Math.max(OUTAGE, model.callers())) {
                    throw new GenerationException("no answer to " + unansweredInARow.get() + " requests in a row, the"
                            + " last: " + e.getMessage() + "; what was answered is kept, so start again to go on");
                }
                return new Result(AnswerRules.Outcome.rejected(e.getMessage()), true);
            }
        }

        @Override
        public void deliver(GenerationRequest request, Result result) {
            AnswerRules.Outcome outcome = result.outcome();
            if (result.unanswered()) {
                sink.fail(request, outcome.reason());
            } else if (outcome.reason().isEmpty()) {
                sink.accept(request, new Text(outcome.text()));
            } else {
                sink.reject(request, outcome.reason());
            }
            progress.answered();
        }
    }
}
