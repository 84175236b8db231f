package org.privateevolution.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

class JournaledGenerationTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void answersCarryThePayloadOfEachRequest() {
        JournaledGeneration.Answers answers = answer(
                api(false, (request, sink) -> sink.accept(request, new Text("of " + request.id()))), requests(7));

        assertThat(answers.payloads()).hasSize(7).containsEntry("r3", new Text("of r3"));
        assertThat(answers.rejected()).isZero();
        assertThat(journal.entries).hasSize(7);
    }

    @Test
    void noAnswerOfAnInterruptedRunIsAskedForTwice() {
        List<GenerationRequest> requests = requests(31);
        for (int attempt = 0; attempt < 4; attempt++) {
            int[] left = {7};
            assertThatExceptionOfType(GenerationException.class)
                    .isThrownBy(() -> answer(
                            api(false, (request, sink) -> {
                                if (left[0]-- == 0) {
                                    throw new GenerationException("the budget is spent");
                                }
                                asked.add(request.id());
                                settle(request, sink);
                            }),
                            requests));
        }

        JournaledGeneration.Answers answers = answer(
                api(false, (request, sink) -> {
                    asked.add(request.id());
                    settle(request, sink);
                }),
                requests);

        assertThat(asked).hasSize(31).doesNotHaveDuplicates();
        assertThat(answers.payloads()).hasSize(24);
        assertThat(answers.rejected()).isEqualTo(7);
    }

    @Test
    void aRunWhoseAnswersAreAllJournalledAsksNothing() {
        answer(api(false, JournaledGenerationTest::settle), requests(13));

        JournaledGeneration.Answers again = answer(
                api(false, (request, sink) -> {
                    throw new AssertionError("asked for " + request.id());
                }),
                requests(13));

        assertThat(again.payloads()).hasSize(10);
        assertThat(again.rejected()).isEqualTo(3);
    }

    @Test
    void nobodyHasToBeThereUntilSomethingIsAsked() {
        answer(api(false, JournaledGenerationTest::settle), requests(13));
        GenerationApi gone = new GenerationApi() {
            @Override
            public boolean replayable() {
                return false;
            }

            @Override
            public void requireReachable() {
                throw new GenerationException("nobody is there");
            }

            @Override
            public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                throw new AssertionError("asked for " + requests);
            }

            @Override
            public void close() {}
        };

        assertThat(answer(gone, requests(13)).payloads()).hasSize(10);
        assertThatExceptionOfType(GenerationException.class)
                .isThrownBy(() -> answer(gone, requests(14)))
                .withMessage("nobody is there");
    }

    @Test
    void whatWasMadeIsRecalledWithoutAQuestion() {
        // What fails is not in the journal, and would be asked for again.
        GenerationApi first = api(false, (request, sink) -> {
            if (request.id().equals("r5")) {
                sink.fail(request, "timed out");
            } else {
                settle(request, sink);
            }
        });
        RejectionRule rule = new RejectionRule(1, 1);
        JournaledGeneration.Answers made =
                new JournaledGeneration(first, rule).answer(requests(13), journal, count -> {});
        GenerationApi silent = api(false, (request, sink) -> {
            throw new AssertionError("asked for " + request.id());
        });

        JournaledGeneration.Answers again = new JournaledGeneration(silent, rule).recall(requests(13), journal);

        assertThat(again.payloads()).isEqualTo(made.payloads()).doesNotContainKey("r5");
        assertThat(again.rejected()).isEqualTo(made.rejected());
    }

    @Test
    void aProbeIsTheFirstAnswerOfTheRun() {
        JournaledGeneration generation = new JournaledGeneration(
                api(false, (request, sink) -> {
                    asked.add(request.id());
                    settle(request, sink);
                }),
                new RejectionRule(1, 1));

        generation.probe(requests(1).get(0), journal);
        assertThat(asked).hasSize(1);
        assertThat(journal.entries).hasSize(1);

        generation.answer(requests(5), journal, made -> {});
        assertThat(asked).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aProbeThatIsNotAnsweredEndsTheRunAndOneThatIsRejectedDoesNot() {
        JournaledGeneration silent = new JournaledGeneration(
                api(false, (request, sink) -> sink.fail(request, "timed out")), new RejectionRule(3, 0.1));
        assertThatExceptionOfType(GenerationException.class)
                .isThrownBy(() -> silent.probe(requests(1).get(0), journal))
                .withMessageContaining("the first request was not answered (1 timed out)");
        assertThat(journal.entries).isEmpty();

        new JournaledGeneration(api(false, (request, sink) -> sink.reject(request, "empty")), new RejectionRule(3, 0))
                .probe(requests(1).get(0), journal);
        assertThat(journal.entries).hasSize(1);
    }

    @Test
    void whatCostsNothingIsNotProbed() {
        new JournaledGeneration(
                        api(true, (request, sink) -> {
                            throw new AssertionError("asked for " + request.id());
                        }),
                        new RejectionRule(1, 1))
                .probe(requests(1).get(0), journal);
    }

    @Test
    void anAnswerIsOnStorageBeforeItCounts() {
        List<Long> counted = new ArrayList<>();
        new JournaledGeneration(api(false, JournaledGenerationTest::settle), new RejectionRule(1, 1))
                .answer(requests(5), journal, done -> {
                    assertThat(journal.entries.size()).isGreaterThanOrEqualTo((int) done);
                    counted.add(done);
                });

        assertThat(counted).containsExactly(1L, 2L, 3L, 3L, 4L);
    }

    @Test
    void answersFromManyThreadsAreAllJournalledOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            GenerationApi concurrent = new TestApi(false) {
                @Override
                public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                    List<Future<?>> answers = new ArrayList<>();
                    for (GenerationRequest request : requests) {
                        answers.add(threads.submit(() -> {
                            settle(request, sink);
                            // Once accept has returned, the answer is safe.
                            assertThat(journal.entries()).containsKey(request.id());
                        }));
                    }
                    for (Future<?> answer : answers) {
                        try {
                            answer.get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            };

            JournaledGeneration.Answers answers = answer(concurrent, requests(503));

            assertThat(answers.payloads().size() + answers.rejected()).isEqualTo(503);
            assertThat(journal.appended).isEqualTo(503);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void answersThatCanBeMadeAgainAreNotJournalled() {
        answer(api(true, JournaledGenerationTest::settle), requests(7));

        assertThat(journal.appended).isZero();
    }

    @Test
    void aRequestThatIsLeftOutIsAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> answer(
                        api(false, (request, sink) -> {
                            if (!request.id().equals("r2")) {
                                settle(request, sink);
                            }
                        }),
                        requests(5)))
                .withMessageContaining("left 1 requests without an answer");
    }

    @Test
    void anAnswerGivenTwiceDoesNotStandForAnotherOne() {
        for (BiConsumer<GenerationRequest, GenerationSink> twice :
                List.<BiConsumer<GenerationRequest, GenerationSink>>of(
                        (request, sink) -> {
                            sink.accept(request, new Text("x"));
                            sink.accept(request, new Text("y"));
                        },
                        (request, sink) -> {
                            sink.reject(request, "x");
                            sink.reject(request, "y");
                        },
                        (request, sink) -> {
                            sink.accept(request, new Text("x"));
                            sink.reject(request, "y");
                        })) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> answer(
                            api(true, (request, sink) -> {
                                if (request.id().equals("r0")) {
                                    twice.accept(request, sink);
                                } else if (!request.id().equals("r1")) {
                                    sink.accept(request, new Text("z"));
                                }
                            }),
                            requests(5)));
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsAnError() {
        GenerationRequest stranger = new GenerationRequest.Random("stranger", 0, new Seed(1));

        assertThatIllegalStateException()
                .isThrownBy(() -> answer(
                        api(
                                true,
                                (request, sink) ->
                                        sink.accept(request.id().equals("r1") ? stranger : request, new Text("x"))),
                        requests(3)));
    }

    @Test
    void anApiThatRejectsEverythingStopsTheRun() {
        assertThatExceptionOfType(GenerationException.class)
                .isThrownBy(() -> answer(api(false, (request, sink) -> sink.reject(request, "")), requests(3)))
                .withMessageContainingAll("3 of 3 samples", "3 rejected");
        assertThat(journal.entries.values())
                .allMatch(entry -> entry.payload() == null && !entry.reason().isBlank());
    }

    @Test
    void noMoreIsPaidForThanShowsThatNothingWillComeOfIt() {
        AtomicInteger asked = new AtomicInteger();
        GenerationApi api = api(false, (request, sink) -> {
            asked.incrementAndGet();
            sink.reject(request, "empty");
        });

        assertThatExceptionOfType(GenerationException.class)
                .isThrownBy(() -> new JournaledGeneration(api, new RejectionRule(3, 0.1))
                        .answer(requests(100), journal, done -> {}))
                .withMessageStartingWith("none of the first answers was accepted (18 empty): change the prompt");

        assertThat(asked).hasValue(18);
        assertThat(journal.entries).hasSize(18);
    }

    /** Refusals come at once, good answers take their time: before the first one, there may be nothing but refusals. */
    @Test
    void rejectionsThatOvertakeGoodAnswersDoNotStopARun() {
        GenerationApi api = new TestApi(false) {
            @Override
            public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                requests.stream()
                        .filter(request -> !isGood(request))
                        .forEach(request -> sink.reject(request, "filter"));
                requests.stream()
                        .filter(request -> isGood(request))
                        .forEach(request -> sink.accept(request, new Text("x")));
            }

            private boolean isGood(GenerationRequest request) {
                return request.id().contains("~")
                        || Integer.parseInt(request.id().substring(1)) % 3 == 0;
            }
        };

        assertThat(new JournaledGeneration(api, new RejectionRule(3, 0.1))
                        .answer(requests(100), journal, done -> {})
                        .rejected())
                .isZero();
    }

    @Test
    void aLabelThatIsNeverAnsweredMayBeLeftOut() {
        GenerationApi api = api(false, (request, sink) -> {
            if (Integer.parseInt(request.id().substring(1).split("~")[0]) < 20) {
                sink.reject(request, "content filter");
            } else {
                sink.accept(request, new Text("x"));
            }
        });

        assertThat(new JournaledGeneration(api, new RejectionRule(3, 0.1))
                        .answer(requests(200), journal, done -> {})
                        .rejected())
                .isEqualTo(20);
    }

    @Test
    void whatWasNotAnsweredIsNoReasonToChangeThePrompt() {
        assertThatExceptionOfType(GenerationException.class)
                .isThrownBy(
                        () -> answer(api(false, (request, sink) -> sink.fail(request, "no connection")), requests(3)))
                .withMessageContainingAll("3 no connection", "check the endpoints, then start the run again");
    }

    @Test
    void noRequestsAskNothing() {
        JournaledGeneration.Answers answers = answer(
                api(false, (request, sink) -> {
                    throw new AssertionError();
                }),
                List.of());

        assertThat(answers.payloads()).isEmpty();
    }

    private JournaledGeneration.Answers answer(GenerationApi api, List<GenerationRequest> requests) {
        return new JournaledGeneration(api, new RejectionRule(1, 1)).answer(requests, journal, done -> {});
    }

    /** Rejects every fourth request. */
    private static void settle(GenerationRequest request, GenerationSink sink) {
        if (Integer.parseInt(request.id().substring(1)) % 4 == 3) {
            sink.reject(request, "content filter");
        } else {
            sink.accept(request, new Text(request.id()));
        }
    }

    private static List<GenerationRequest> requests(int count) {
        return IntStream.range(0, count)
                .<GenerationRequest>mapToObj(i -> new GenerationRequest.Random("r" + i, 0, new Seed(i)))
                .toList();
    }

    private static GenerationApi api(boolean replayable, BiConsumer<GenerationRequest, GenerationSink> each) {
        return new TestApi(replayable) {
            @Override
            public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                requests.forEach(request -> each.accept(request, sink));
            }
        };
    }

    private abstract static class TestApi implements GenerationApi {
        private final boolean replayable;

        TestApi(boolean replayable) {
            this.replayable = replayable;
        }

        @Override
        public boolean replayable() {
            return replayable;
        }

        @Override
        public void close() {}
    }

    private static final class MemoryJournal implements GenerationJournal {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private int appended;

        @Override
        public synchronized Map<String, Entry> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public synchronized void append(List<Entry> answers) {
            answers.forEach(answer -> entries.put(answer.requestId(), answer));
            appended += answers.size();
        }
    }
}
