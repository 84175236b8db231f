package org.privateevolution.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.privateevolution.model.Payload;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Answers requests from the journal where it can, and from the API where it must. An answer of a costly API is on
 * storage before it counts; answers that arrive while others are being written share the next write.
 */
public final class JournaledGeneration {

    private final GenerationApi api;

    public JournaledGeneration(GenerationApi api) {
        this.api = api;
    }

    /**
     * What became of a list of requests.
     *
     * @param payloads what was made, by request id
     * @param rejected how many requests could not be answered
     */
    public record Answers(Map<String, Payload> payloads, int rejected) {}

    /**
     * Answers requests.
     *
     * @param progress hears how many requests have been answered so far
     * @throws GenerationException if there are requests and none can be answered
     */
    public Answers answer(
            List<? extends GenerationRequest> requests, GenerationJournal journal, LongConsumer progress) {
        Collector collector = new Collector(requests, api.replayable() ? null : journal, progress);
        List<GenerationRequest> unanswered = new ArrayList<>();
        Map<String, GenerationJournal.Entry> known = api.replayable() ? Map.of() : journal.entries();
        for (GenerationRequest request : requests) {
            GenerationJournal.Entry entry = known.get(request.id());
            if (entry == null) {
                unanswered.add(request);
            } else {
                collector.settleKnown(entry);
            }
        }
        if (!unanswered.isEmpty()) {
            api.generate(unanswered, collector);
        }
        return collector.answers(requests.size());
    }

    private static final class Collector implements GenerationSink {
        private final GenerationJournal journal;
        private final LongConsumer progress;
        private final Object journalLock = new Object();
        private final Set<String> unanswered = new HashSet<>();
        private final Map<String, Payload> payloads = new HashMap<>();
        private List<GenerationJournal.Entry> waiting = new ArrayList<>();
        private int rejected;

        /** @param journal null if answers need not be journalled */
        Collector(List<? extends GenerationRequest> requests, GenerationJournal journal, LongConsumer progress) {
            this.journal = journal;
            this.progress = progress;
            requests.forEach(request -> unanswered.add(request.id()));
        }

        @Override
        public void accept(GenerationRequest request, Payload payload) {
            settle(new GenerationJournal.Entry(request.id(), payload, ""));
        }

        @Override
        public void reject(GenerationRequest request, String reason) {
            settle(new GenerationJournal.Entry(request.id(), null, reason.isBlank() ? "rejected" : reason));
        }

        private void settle(GenerationJournal.Entry entry) {
            close(entry.requestId());
            if (journal == null) {
                count(entry);
                return;
            }
            synchronized (this) {
                waiting.add(entry);
            }
            synchronized (journalLock) {
                List<GenerationJournal.Entry> batch = takeWaiting();
                if (!batch.isEmpty()) {
                    journal.append(batch);
                    batch.forEach(this::count);
                }
            }
        }

        /** Counts an answer that is in the journal. */
        void settleKnown(GenerationJournal.Entry entry) {
            close(entry.requestId());
            count(entry);
        }

        private synchronized void close(String requestId) {
            if (!unanswered.remove(requestId)) {
                throw new IllegalStateException("the generation API answered request " + requestId
                        + ", which is answered already or was never made");
            }
        }

        private synchronized List<GenerationJournal.Entry> takeWaiting() {
            List<GenerationJournal.Entry> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        }

        private synchronized void count(GenerationJournal.Entry entry) {
            if (entry.payload() == null) {
                rejected++;
            } else {
                payloads.put(entry.requestId(), entry.payload());
            }
            progress.accept(payloads.size() + rejected);
        }

        private synchronized Answers answers(int requests) {
            if (payloads.size() + rejected != requests) {
                throw new IllegalStateException("the generation API answered " + (payloads.size() + rejected) + " of "
                        + requests + " requests");
            }
            if (requests > 0 && payloads.isEmpty()) {
                throw new GenerationException("the generation API rejected all of " + requests
                        + " requests: see the journal for its reasons");
            }
            return new Answers(Map.copyOf(payloads), rejected);
        }
    }
}
