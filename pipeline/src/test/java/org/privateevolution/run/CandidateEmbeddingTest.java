package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.RunListener;

/** With texts whose vector starts with their length, and variations that are longer by 10, then by 20. */
class CandidateEmbeddingTest {

    private static final Population CANDIDATES = new Population(
            0,
            List.of(
                    new Sample("a", 0, new Text("x".repeat(1)), ""),
                    new Sample("b", 0, new Text("x".repeat(4)), ""),
                    new Sample("c", 1, new Text("x".repeat(100)), "")));

    @Test
    void withoutLookaheadACandidateStandsForItself() {
        assertThat(vectors(0, false, Longer.ANSWERS_ALL)).containsExactly(1, 4, 100);
    }

    @Test
    void lookaheadIsTheMeanOfTheVariations() {
        assertThat(vectors(2, false, Longer.ANSWERS_ALL)).containsExactly(16, 19, 115);
    }

    @Test
    void lookaheadWithSelfAlsoAveragesTheCandidate() {
        assertThat(vectors(2, true, Longer.ANSWERS_ALL)).containsExactly(11, 14, 110);
    }

    @Test
    void aCandidateTakesThePlaceOfVariationsThatCannotBeMade() {
        assertThat(vectors(2, false, "b")).containsExactly(16, 4, 115);
        assertThat(vectors(2, true, "b")).containsExactly(11, 4, 110);
    }

    @Test
    void variationsThatAreEmbeddedInPiecesGiveTheSameVectors() {
        // Two candidates of two variations are 64 MB, a piece; the third is another.
        LengthEmbedder wide = new LengthEmbedder(4_000_037);

        float[] means = vectors(2, false, Longer.ANSWERS_ALL, wide);

        assertThat(wide.calls).containsExactly(4, 2);
        assertThat(means).hasSize(3 * wide.dimension);
        float[] lengths = {16, 19, 115};
        int wrong = 0;
        for (int i = 0; i < means.length; i++) {
            wrong += means[i] == lengths[i / wide.dimension] + i % wide.dimension % 7 ? 0 : 1;
        }
        assertThat(wrong).isZero();
    }

    private static float[] vectors(int degree, boolean self, String refused) {
        return vectors(degree, self, refused, new LengthEmbedder(1));
    }

    private static float[] vectors(int degree, boolean self, String refused, Embedder embedder) {
        RunSpec.Evolution evolution = new RunSpec.Evolution(List.of(3, 3), List.of(), 0, degree, self);
        try (GenerationApi api = new Longer(refused)) {
            return new CandidateEmbedding(
                            evolution,
                            new PopulationPlanner(new Seed(1)),
                            new JournaledGeneration(api, new RejectionRule(1, 1)),
                            embedder,
                            made -> {})
                    .vectors(CANDIDATES, 1, new Memory(), new RunListener() {});
        }
    }

    /** Refuses the variations of one parent. */
    private record Longer(String refused) implements GenerationApi {

        static final String ANSWERS_ALL = "";

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            Map<String, Integer> made = new HashMap<>();
            for (GenerationRequest request : requests) {
                Sample parent = ((GenerationRequest.Variation) request).parent();
                if (parent.id().equals(refused)) {
                    sink.reject(request, "refused");
                } else {
                    int longer = 10 * made.merge(parent.id(), 1, Integer::sum);
                    sink.accept(request, new Text(((Text) parent.payload()).value() + "x".repeat(longer)));
                }
            }
        }

        @Override
        public void close() {}
    }

    /** Component j is the length and j modulo 7. Notes how many it is given at once. */
    private static final class LengthEmbedder implements Embedder {

        private static final long serialVersionUID = 1L;

        private final int dimension;
        private final List<Integer> calls = new ArrayList<>();

        private LengthEmbedder(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public int dimension() {
            return dimension;
        }

        @Override
        public String fingerprint() {
            return "length";
        }

        @Override
        public float[] probe() {
            return new float[dimension];
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            calls.add(payloads.size());
            float[] vectors = new float[payloads.size() * dimension];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = ((Text) payloads.get(i / dimension)).value().length() + i % dimension % 7;
            }
            return vectors;
        }
    }

    private static final class Memory implements GenerationJournal {
        private final Map<String, Entry> entries = new HashMap<>();

        @Override
        public Map<String, Entry> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public void append(List<Entry> more) {
            new ArrayList<>(more).forEach(entry -> entries.put(entry.requestId(), entry));
        }
    }
}
