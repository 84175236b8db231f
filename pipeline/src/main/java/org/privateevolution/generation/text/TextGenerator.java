package org.privateevolution.generation.text;

import java.time.Duration;
import java.util.List;
import org.privateevolution.generation.endpoint.Asking;
import org.privateevolution.generation.endpoint.GenerationProgress;
import org.privateevolution.generation.endpoint.UnansweredException;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Text;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.RunListener;

/** RANDOM_API and VARIATION_API of Aug-PE (Xie et al. 2024): prompts a language model for texts. */
public final class TextGenerator implements GenerationApi {

    private final ChatModel model;
    private final TextPrompts prompts;
    private final AnswerCheck check;
    private final RunListener listener;
    private final Duration noticeEvery;

    /**
     * @param model closed with this generator
     * @param listener receives progress and cost, at most once per {@code noticeEvery}
     */
    public TextGenerator(
            ChatModel model, TextPrompts prompts, AnswerRules rules, RunListener listener, Duration noticeEvery) {
        this.model = model;
        this.prompts = prompts;
        this.check = new AnswerCheck(rules);
        this.listener = listener;
        this.noticeEvery = noticeEvery;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    /** Usage so far. */
    public Usage usage() {
        return model.usage();
    }

    @Override
    public void requireReachable() {
        model.requireReachable();
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        GenerationProgress progress =
                new GenerationProgress(requests.size(), model::usage, listener, noticeEvery, System::nanoTime);
        Asking.run("pe-text", model.callers(), requests, new Prompting(sink), sink, progress);
    }

    @Override
    public void close() {
        model.close();
    }

    private final class Prompting implements Asking.Task<AnswerCheck.Outcome> {
        private final GenerationSink sink;

        Prompting(GenerationSink sink) {
            this.sink = sink;
        }

        @Override
        public AnswerCheck.Outcome ask(GenerationRequest request) throws UnansweredException, InterruptedException {
            return check.apply(model.complete(prompts.request(request)));
        }

        @Override
        public void deliver(GenerationRequest request, AnswerCheck.Outcome outcome) {
            if (outcome.reason().isEmpty()) {
                sink.accept(request, new Text(outcome.text()));
            } else {
                sink.reject(request, outcome.reason());
            }
        }
    }
}
