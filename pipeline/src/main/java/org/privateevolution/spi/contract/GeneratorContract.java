package org.privateevolution.spi.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;

/**
 * The contract of a generator. It answers every request exactly once, with a sample of the run's kind or a reason. If
 * it is replayable, a sample depends on its request only. Different seeds give different samples. It may be closed
 * twice.
 */
public final class GeneratorContract {

    private static final int SAMPLES_A_LABEL = 8;
    private static final int LONGEST_REASON = 120;
    private static final int[] ITERATIONS = {0, 1, 17};

    private final Generator generator;
    private final GenerationContext context;
    private final Breaches breaches = new Breaches("the contract of a generator");

    private GeneratorContract(Generator generator, GenerationContext context) {
        this.generator = generator;
        this.context = context;
    }

    /**
     * Requests some samples of each label, and variations of them.
     *
     * @param context to open the generator with
     * @throws AssertionError if the contract is broken
     */
    public static void verify(Generator generator, GenerationContext context) {
        new GeneratorContract(generator, context).verify();
    }

    private void verify() {
        GenerationApi api = generator.open(context);
        breaches.unlessThrown("requireReachable", api::requireReachable);
        breaches.unlessThrown("an empty list of requests", () -> answers(api, List.of()));
        List<GenerationRequest> requests = randomRequests();
        Map<String, Payload> random = answers(api, requests);
        requireDifferent(random);
        List<GenerationRequest> variations = variations(requests, random);
        Map<String, Payload> varied = answers(api, variations);
        breaches.unless(!random.isEmpty(), "every request of RANDOM_API is rejected");
        breaches.unless(random.isEmpty() || !varied.isEmpty(), "every request of VARIATION_API is rejected");
        if (api.replayable()) {
            requests.addAll(variations);
            random.putAll(varied);
            requireReplayed(requests, random);
        }
        breaches.unlessThrown("close", api::close);
        breaches.unlessThrown("close for the second time", api::close);
        breaches.throwIfAny();
    }

    private List<GenerationRequest> randomRequests() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int label = 0; label < context.labels().size(); label++) {
            for (int i = 0; i < SAMPLES_A_LABEL; i++) {
                String id = "random-" + label + "-" + i;
                requests.add(new GenerationRequest.Random(id, label, new Seed(1).derive(id)));
            }
        }
        return requests;
    }

    private static List<GenerationRequest> variations(List<GenerationRequest> parents, Map<String, Payload> made) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (GenerationRequest parent : parents) {
            if (made.containsKey(parent.id())) {
                Sample sample = new Sample(parent.id(), parent.label(), made.get(parent.id()), "");
                int iteration = ITERATIONS[requests.size() % ITERATIONS.length];
                String id = "variation-of-" + parent.id();
                requests.add(new GenerationRequest.Variation(id, sample, iteration, new Seed(2).derive(id)));
            }
        }
        return requests;
    }

    private void requireDifferent(Map<String, Payload> random) {
        boolean several = random.size() > context.labels().size();
        breaches.unless(
                !several || new HashSet<>(random.values()).size() > 1, "all samples are equal, whatever their seeds");
    }

    /** Sends the requests to another instance, in another order and in other groups. */
    private void requireReplayed(List<GenerationRequest> requests, Map<String, Payload> expected) {
        List<GenerationRequest> reversed = new ArrayList<>(requests);
        Collections.reverse(reversed);
        try (GenerationApi again = generator.open(context)) {
            for (GenerationRequest request : reversed) {
                breaches.unless(
                        answers(again, List.of(request)).equals(only(expected, request.id())),
                        "it says that it is replayable, but the same request gives another sample");
            }
        }
    }

    private static Map<String, Payload> only(Map<String, Payload> all, String id) {
        return all.containsKey(id) ? Map.of(id, all.get(id)) : Map.of();
    }

    /** The samples made, by request id. */
    private Map<String, Payload> answers(GenerationApi api, List<GenerationRequest> requests) {
        Answers answers = new Answers();
        api.generate(requests, answers);
        synchronized (answers) {
            for (GenerationRequest request : requests) {
                int times = answers.times.getOrDefault(request.id(), 0);
                breaches.unless(times > 0, "a request is left without an answer when generate returns");
                breaches.unless(times < 2, "a request is answered more than once");
                answers.times.remove(request.id());
            }
            breaches.unless(answers.times.isEmpty(), "a request is answered that was not asked");
            return new HashMap<>(answers.made);
        }
    }

    private final class Answers implements GenerationSink {
        private final Map<String, Payload> made = new HashMap<>();
        private final Map<String, Integer> times = new HashMap<>();

        @Override
        public synchronized void accept(GenerationRequest request, Payload payload) {
            times.merge(request.id(), 1, Integer::sum);
            made.put(request.id(), payload);
            try {
                context.requireFits(payload);
            } catch (IllegalArgumentException e) {
                breaches.unless(false, e.getMessage());
            }
        }

        @Override
        public synchronized void reject(GenerationRequest request, String reason) {
            times.merge(request.id(), 1, Integer::sum);
            breaches.unless(
                    reason != null && !reason.isBlank() && reason.length() <= LONGEST_REASON && !reason.contains("\n"),
                    "a reason for a rejection is not one line of at most " + LONGEST_REASON + " characters");
        }
    }
}
