package org.privateevolution.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

class RejectionRuleTest {

    private static final class MemoryJournal implements GenerationJournal {
        private final Map<String, Entry> entries = new LinkedHashMap<>();

        @Override
        public Map<String, Entry> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public void append(List<Entry> answers) {
            answers.forEach(answer -> entries.put(answer.requestId(), answer));
        }
    }

    /** Answers with the request's seed; rejects or fails the ids it is told to. */
    private static final class Scripted implements GenerationApi {
        private final Map<String, String> outcomes = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            for (GenerationRequest request : requests) {
                asked.add(request.id());
                switch (outcomes.getOrDefault(request.id(), "accept")) {
                    case "reject" -> sink.reject(request, "content filter");
                    case "fail" -> sink.fail(request, "HTTP 503");
                    case "silence" -> {}
                    default ->
                        sink.accept(
                                request, new Text("made by " + request.seed().value()));
                }
            }
        }

        @Override
        public void close() {}
    }

    private final Scripted api = new Scripted();
    private final MemoryJournal journal = new MemoryJournal();

    private static List<GenerationRequest> requests(int count) {
        return IntStream.range(0, count)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Random("r" + i, i % 3, new Seed(i)))
                .toList();
    }

    private JournaledGeneration.Answers answer(int count, RejectionRule rule) {
        return new JournaledGeneration(api, rule).answer(requests(count), journal, done -> {});
    }

    @Test
    void aRejectedSampleIsReplacedUnderItsOwnIdByAnotherSeed() {
        api.outcomes.put("r2", "reject");
        api.outcomes.put("r2~1", "reject");

        var answers = answer(5, new RejectionRule(3, 0));

        assertThat(answers.payloads()).containsOnlyKeys("r0", "r1", "r2", "r3", "r4");
        assertThat(answers.payloads().get("r2")).isNotEqualTo(new Text("made by 2"));
        assertThat(answers.rejected()).isZero();
        assertThat(answers.reasons()).containsExactly(Map.entry("content filter", 2));
        assertThat(api.asked).containsExactly("r0", "r1", "r2", "r3", "r4", "r2~1", "r2~2");
        assertThat(journal.entries).containsOnlyKeys("r0", "r1", "r2", "r3", "r4", "r2~1", "r2~2");
    }

    @Test
    void aReplacementKeepsParentAndIteration() {
        Sample parent = new Sample("p", 1, new Text("parent"), "");
        List<GenerationRequest> seen = new ArrayList<>();
        GenerationApi rejecting = new GenerationApi() {
            @Override
            public boolean replayable() {
                return true;
            }

            @Override
            public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                for (GenerationRequest request : requests) {
                    seen.add(request);
                    if (request.id().equals("v")) {
                        sink.reject(request, "empty");
                    } else {
                        sink.accept(request, new Text("made"));
                    }
                }
            }

            @Override
            public void close() {}
        };

        new JournaledGeneration(rejecting, new RejectionRule(2, 0))
                .answer(List.of(new GenerationRequest.Variation("v", parent, 4, new Seed(9))), journal, done -> {});

        assertThat(seen.get(1)).isInstanceOfSatisfying(GenerationRequest.Variation.class, again -> {
            assertThat(again.id()).isEqualTo("v~1");
            assertThat(again.parent()).isEqualTo(parent);
            assertThat(again.iteration()).isEqualTo(4);
            assertThat(again.seed()).isNotEqualTo(new Seed(9));
        });
    }

    @Test
    void resumingAsksOnlyForWhatTheJournalLacks() {
        api.outcomes.put("r2", "reject");
        var first = answer(5, new RejectionRule(3, 0));
        api.asked.clear();
        journal.entries.remove("r4");

        var second = answer(5, new RejectionRule(3, 0));

        assertThat(api.asked).containsExactly("r4");
        assertThat(second.payloads()).isEqualTo(first.payloads());
    }

    @Test
    void aRejectionThatWasPaidForIsNotBoughtAgain() {
        journal.append(List.of(new GenerationJournal.Entry("r1", null, "content filter")));

        var answers = answer(3, new RejectionRule(2, 0));

        assertThat(api.asked).containsExactly("r0", "r2", "r1~1");
        assertThat(answers.payloads()).hasSize(3);
    }

    @Test
    void aFailureIsNotJournalledSoThatAResumedRunAsksAgain() {
        api.outcomes.put("r1", "fail");
        api.outcomes.put("r1~1", "fail");
        assertThat(answer(4, new RejectionRule(2, 0.25)).rejected()).isEqualTo(1);
        assertThat(journal.entries).containsOnlyKeys("r0", "r2", "r3");
        api.outcomes.clear();
        api.asked.clear();

        assertThat(answer(4, new RejectionRule(2, 0.25)).payloads()).hasSize(4);
        assertThat(api.asked).containsExactly("r1");
    }

    @Test
    void theRunEndsOnceMoreThanTheShareIsLeftOut() {
        for (String id : List.of("r0", "r1", "r0~1", "r1~1")) {
            api.outcomes.put(id, "reject");
        }

        assertThat(answer(20, new RejectionRule(2, 0.1)).rejected()).isEqualTo(2);
        assertThatThrownBy(() -> answer(20, new RejectionRule(2, 0.09)))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("2 of 20 samples")
                .hasMessageContaining("4 content filter");
    }

    @Test
    void rejectionsAreHopelessWhereTheirChanceIsAMillionth() {
        assertThat(new RejectionRule(3, 0.1).hopelessRejections(100)).isEqualTo(18);
        assertThat(new RejectionRule(1, 0.1).hopelessRejections(20)).isEqualTo(6);
        assertThat(new RejectionRule(3, 0.1).hopelessRejections(2000)).isEqualTo(201);
        assertThat(new RejectionRule(3, 0).hopelessRejections(100)).isEqualTo(9);
        assertThat(new RejectionRule(100, 1).hopelessRejections(10)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void noSampleAtAllEndsTheRunWhateverTheShare() {
        for (String id : List.of("r0", "r1")) {
            api.outcomes.put(id, "reject");
        }

        assertThatThrownBy(() -> answer(2, new RejectionRule(1, 1))).isInstanceOf(GenerationException.class);
    }

    @Test
    void anApiThatLeavesARequestOutIsFound() {
        api.outcomes.put("r1", "silence");

        assertThatThrownBy(() -> answer(3, new RejectionRule(2, 1))).isInstanceOf(IllegalStateException.class);
    }
}
