package org.privateevolution.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Seed;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/**
 * Answers requests from the journal if possible, and otherwise from the API. An answer of a costly API counts only when
 * it is on storage; answers that arrive while others are being written share the next write.
 *
 * <p>A rejected request is repeated with another seed, hence another prompt, under the id {@code <id>~<attempt>}; the
 * sample keeps its own id.
 */
public final class JournaledGeneration {

    private static final int REASON_LENGTH = 120;

    private static final String CHANGE_PROMPT =
            "change the prompt or the model, or allow more attempts or a larger share";

    private static final String START_AGAIN =
            "check the endpoints, then start the run again to resume it; answers so far are kept";

    private final GenerationApi api;
    private final RejectionRule rule;
    private boolean reached;

    public JournaledGeneration(GenerationApi api, RejectionRule rule) {
        this.api = api;
        this.rule = rule;
    }

    /**
     * The result of a list of requests.
     *
     * @param payloads payloads that were made, by request id
     * @param rejected number of samples that could not be made
     * @param reasons number of rejected attempts by reason
     */
    public record Answers(Map<String, Payload> payloads, int rejected, Map<String, Integer> reasons) {

        /** Returns, on one line, how often each reason was given. */
        public String reasonsInWords() {
            return inWords(reasons);
        }
    }

    private static String inWords(Map<String, Integer> reasons) {
        return new TreeMap<>(reasons)
                .entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Answers requests as {@link #answer(List, GenerationJournal, LongConsumer, Consumer)}, all samples at the end. */
    public Answers answer(
            List<? extends GenerationRequest> requests, GenerationJournal journal, LongConsumer progress) {
        return answer(requests, journal, progress, payload -> {});
    }

    /**
     * Answers requests.
     *
     * @param progress receives the number of samples made so far
     * @param made receives each sample as soon as it is made, from several threads
     * @throws GenerationException if none of the samples can be made, or if more than the rule allows cannot be made
     */
    public Answers answer(
            List<? extends GenerationRequest> requests,
            GenerationJournal journal,
            LongConsumer progress,
            Consumer<Payload> made) {
        Collector collector = new Collector(api.replayable() ? null : journal, rule, requests.size(), progress, made);
        Map<String, GenerationJournal.Entry> known = api.replayable() ? Map.of() : journal.entries();
        List<GenerationRequest> left = new ArrayList<>();
        for (GenerationRequest request : requests) {
            if (!collector.recall(request, known, rule.attempts())) {
                left.add(request);
            }
        }
        for (int attempt = 0; attempt < rule.attempts() && !left.isEmpty(); attempt++) {
            List<GenerationRequest> asked = new ArrayList<>();
            for (GenerationRequest request : left) {
                GenerationRequest again = attempt(request, attempt);
                if (!known.containsKey(again.id())) {
                    asked.add(again);
                    collector.expect(again.id(), request.id());
                }
            }
            if (!asked.isEmpty()) {
                requireReachable();
                api.generate(asked, collector);
                collector.requireAllAnswered();
            }
            left.removeIf(request -> collector.has(request.id()));
        }
        return collector.answers(left.size());
    }

    /**
     * Repeats the result of an earlier {@link #answer} for the same requests. A costly API is not called: the journal
     * alone provides the answers. A replayable API makes the same answers again.
     */
    public Answers recall(List<? extends GenerationRequest> requests, GenerationJournal journal) {
        if (api.replayable()) {
            return answer(requests, journal, number -> {});
        }
        Collector collector = new Collector(journal, rule, requests.size(), number -> {}, payload -> {});
        Map<String, GenerationJournal.Entry> known = journal.entries();
        int missing = 0;
        for (GenerationRequest request : requests) {
            missing += collector.recall(request, known, rule.attempts()) ? 0 : 1;
        }
        return collector.answers(missing);
    }

    /**
     * Checks that the API can be reached, at the latest before the first request, and only once. A resumed run may find
     * every answer in its journal, and then never needs the API.
     *
     * @throws GenerationException if the API cannot be reached
     */
    public void requireReachable() {
        if (!reached) {
            api.requireReachable();
            reached = true;
        }
    }

    /** Whether a sample costs time or money. */
    public boolean isDear() {
        return !api.replayable();
    }

    /**
     * Asks for one sample before any long work, so that a wrong address, model or key is found early. The answer is
     * journalled like any other, and not requested again. If samples cost nothing, none is requested.
     *
     * @throws GenerationException if the API cannot be reached, or the request was not answered
     */
    public void probe(GenerationRequest request, GenerationJournal journal) {
        requireReachable();
        if (!isDear()) {
            return;
        }
        Collector collector = new Collector(journal, rule, 1, number -> {}, payload -> {});
        collector.expect(request.id(), request.id());
        api.generate(List.of(request), collector);
        collector.requireAllAnswered();
        collector.requireAnswer();
    }

    private static String attemptId(String id, int attempt) {
        return attempt == 0 ? id : id + "~" + attempt;
    }

    private static GenerationRequest attempt(GenerationRequest request, int attempt) {
        if (attempt == 0) {
            return request;
        }
        String id = attemptId(request.id(), attempt);
        Seed seed = request.seed().derive("attempt").derive(attempt);
        if (request instanceof GenerationRequest.Variation variation) {
            return new GenerationRequest.Variation(id, variation.parent(), variation.iteration(), seed);
        }
        return new GenerationRequest.Random(id, request.label(), seed);
    }

    private static final class Collector implements GenerationSink {
        /** The answer to one attempt at a sample. */
        private record Answer(String sample, GenerationJournal.Entry entry) {}

        private final GenerationJournal journal;
        private final RejectionRule rule;
        private final int samples;
        private final LongConsumer progress;
        private final Consumer<Payload> made;
        private final Object journalLock = new Object();
        private final Map<String, Payload> payloads = new HashMap<>();
        private final Map<String, Integer> reasons = new TreeMap<>();
        /** For each request in progress, the id of the sample that it is an attempt at. */
        private final Map<String, String> underWay = new HashMap<>();

        private List<Answer> waiting = new ArrayList<>();
        private int unanswered;

        /** Ids of requests in the order in which they were made; {@code rejected} has those that were rejected. */
        private final List<String> asked = new ArrayList<>();

        private final Set<String> rejected = new HashSet<>();
        private int rejectedFromTheFirst;

        /** @param journal null if answers need not be journalled */
        Collector(
                GenerationJournal journal,
                RejectionRule rule,
                int samples,
                LongConsumer progress,
                Consumer<Payload> made) {
            this.journal = journal;
            this.rule = rule;
            this.samples = samples;
            this.progress = progress;
            this.made = made;
        }

        /** Counts the answers that the journal holds for a sample; returns whether the sample has been made. */
        synchronized boolean recall(
                GenerationRequest request, Map<String, GenerationJournal.Entry> known, int attempts) {
            for (int attempt = 0; attempt < attempts; attempt++) {
                GenerationJournal.Entry entry = known.get(attemptId(request.id(), attempt));
                if (entry != null) {
                    count(new Answer(request.id(), entry));
                }
            }
            return payloads.containsKey(request.id());
        }

        synchronized void expect(String requestId, String sampleId) {
            if (underWay.put(requestId, sampleId) != null) {
                throw new IllegalStateException("request " + requestId + " is made twice");
            }
            asked.add(requestId);
        }

        synchronized boolean has(String sampleId) {
            return payloads.containsKey(sampleId);
        }

        @Override
        public void accept(GenerationRequest request, Payload payload) {
            settle(new GenerationJournal.Entry(request.id(), payload, ""));
        }

        @Override
        public void reject(GenerationRequest request, String reason) {
            settle(new GenerationJournal.Entry(request.id(), null, reason.isBlank() ? "rejected" : reason));
            requireHope(request.id());
        }

        /**
         * Ends the run as soon as the answers show that it cannot succeed, because every answer costs money. Rejections
         * return sooner than good answers. Therefore a rejection counts only if all earlier requests were rejected,
         * too.
         */
        private synchronized void requireHope(String requestId) {
            rejected.add(requestId);
            while (rejectedFromTheFirst < asked.size() && rejected.contains(asked.get(rejectedFromTheFirst))) {
                rejectedFromTheFirst++;
            }
            if (journal != null && payloads.isEmpty() && rejectedFromTheFirst >= rule.hopelessRejections(samples)) {
                throw new GenerationException(
                        GenerationException.Reason.REJECTED,
                        "none of the first answers was accepted (" + inWords(reasons) + "): " + CHANGE_PROMPT);
            }
        }

        @Override
        public void fail(GenerationRequest request, String reason) {
            GenerationJournal.Entry entry = new GenerationJournal.Entry(request.id(), null, reason);
            count(new Answer(close(request.id()), entry));
            synchronized (this) {
                unanswered++;
            }
        }

        private void settle(GenerationJournal.Entry entry) {
            Answer answer = new Answer(close(entry.requestId()), entry);
            if (journal == null) {
                count(answer);
                return;
            }
            synchronized (this) {
                waiting.add(answer);
            }
            synchronized (journalLock) {
                List<Answer> batch = takeWaiting();
                if (!batch.isEmpty()) {
                    write(batch);
                    batch.forEach(this::count);
                }
            }
        }

        /**
         * After a failure to write, the batch waits to be written with the next answer; otherwise its answers would be
         * lost.
         */
        private void write(List<Answer> batch) {
            boolean written = false;
            try {
                journal.append(batch.stream().map(Answer::entry).toList());
                written = true;
            } finally {
                if (!written) {
                    synchronized (this) {
                        waiting.addAll(0, batch);
                    }
                }
            }
        }

        /** Ends a request; returns the id of the sample that it is an attempt at. */
        private synchronized String close(String requestId) {
            String sample = underWay.remove(requestId);
            if (sample == null) {
                throw new IllegalStateException("the generation API answered request " + requestId
                        + ", which is already answered or was never made");
            }
            return sample;
        }

        private synchronized List<Answer> takeWaiting() {
            List<Answer> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        }

        private synchronized void count(Answer answer) {
            if (answer.entry.payload() == null) {
                reasons.merge(shortened(answer.entry.reason()), 1, Integer::sum);
            } else if (payloads.putIfAbsent(answer.sample, answer.entry.payload()) == null) {
                made.accept(answer.entry.payload());
            }
            progress.accept(payloads.size());
        }

        private static String shortened(String reason) {
            return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH) + "...";
        }

        synchronized void requireAllAnswered() {
            if (!underWay.isEmpty()) {
                throw new IllegalStateException(
                        "the generation API left " + underWay.size() + " requests without an answer");
            }
        }

        /** A rejection is an answer, too. */
        synchronized void requireAnswer() {
            if (unanswered > 0) {
                throw new GenerationException(
                        GenerationException.Reason.ENDPOINT,
                        "the first request was not answered (" + inWords(reasons) + "): " + START_AGAIN);
            }
        }

        synchronized Answers answers(int leftOut) {
            Answers answers = new Answers(Map.copyOf(payloads), leftOut, Map.copyOf(reasons));
            if (leftOut > rule.mostLeftOut() * samples || (samples > 0 && payloads.isEmpty())) {
                int tried =
                        reasons.values().stream().mapToInt(Integer::intValue).sum();
                throw new GenerationException(
                        GenerationException.Reason.REJECTED,
                        leftOut + " of " + samples + " samples could not be made with up to "
                                + rule.attempts() + " attempts each (" + answers.reasonsInWords() + "): "
                                + (2 * unanswered > tried ? START_AGAIN : CHANGE_PROMPT));
            }
            return answers;
        }
    }
}
