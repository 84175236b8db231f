package org.privateevolution.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.privateevolution.evolution.Lookahead;
import org.privateevolution.evolution.PopulationPlanner;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.RunListener;

/**
 * The vectors at which candidates stand in a vote: their own or, with lookahead, the mean of the vectors of some
 * variations (Lin et al. 2023, Algorithm 1), with or without their own among them (Xie et al. 2024).
 */
final class CandidateEmbedding {

    /** Largest size of the variations' vectors in memory at a time, in bytes. */
    private static final int PIECE_BYTES = 1 << 26;

    private final RunSpec.Evolution evolution;
    private final PopulationPlanner planner;
    private final JournaledGeneration generation;
    private final Embedder embedder;
    private final Consumer<Payload> ahead;

    /** @param ahead receives samples that the embedder will be asked for, as soon as each is made */
    CandidateEmbedding(
            RunSpec.Evolution evolution,
            PopulationPlanner planner,
            JournaledGeneration generation,
            Embedder embedder,
            Consumer<Payload> ahead) {
        this.evolution = evolution;
        this.planner = planner;
        this.generation = generation;
        this.embedder = embedder;
        this.ahead = ahead;
    }

    /**
     * Embeds the candidates of a vote.
     *
     * @param journal journal of the vote's iteration
     * @return row-major, one vector per candidate
     */
    float[] vectors(Population candidates, int iteration, GenerationJournal journal, RunListener listener) {
        return vectors(candidates, iteration, journal, listener, new Variations(0));
    }

    /**
     * Embeds the candidates of a vote and keeps some variations.
     *
     * @param into receives the first variations of each candidate
     */
    float[] vectors(
            Population candidates, int iteration, GenerationJournal journal, RunListener listener, Variations into) {
        int degree = evolution.lookahead();
        if (degree == 0) {
            return embedder.embed(candidates.payloads());
        }
        List<GenerationRequest.Variation> requests = planner.lookahead(iteration, candidates, degree);
        listener.stageStarted("lookahead for vote " + iteration, requests.size());
        return means(requests, generation.answer(requests, journal, listener::stageProgressed, ahead), into);
    }

    /**
     * Embeds the candidates of a vote that was cast before, without requesting any sample that was not made then.
     *
     * @param into receives the first variations of each candidate
     */
    float[] past(Population candidates, int iteration, GenerationJournal journal, Variations into) {
        int degree = evolution.lookahead();
        if (degree == 0) {
            return embedder.embed(candidates.payloads());
        }
        List<GenerationRequest.Variation> requests = planner.lookahead(iteration, candidates, degree);
        return means(requests, generation.recall(requests, journal), into);
    }

    /** Variations of candidates that are kept, with their vectors. */
    static final class Variations {
        private final int each;
        private final List<Sample> samples = new ArrayList<>();
        private final List<float[]> vectors = new ArrayList<>();

        /** @param each number of variations that are kept per candidate */
        Variations(int each) {
            this.each = each;
        }

        List<Sample> samples() {
            return samples;
        }

        /** Vectors of the samples, row-major. */
        float[] vectors(int dimension) {
            float[] all = new float[Math.multiplyExact(samples.size(), dimension)];
            for (int i = 0; i < samples.size(); i++) {
                System.arraycopy(vectors.get(i), 0, all, i * dimension, dimension);
            }
            return all;
        }

        private void add(GenerationRequest.Variation request, Payload payload, float[] vector) {
            Sample parent = request.parent();
            samples.add(new Sample(request.id(), parent.label(), payload, parent.id()));
            vectors.add(vector);
        }
    }

    private float[] means(
            List<GenerationRequest.Variation> requests, JournaledGeneration.Answers answers, Variations into) {
        int degree = evolution.lookahead();
        List<Payload> payloads = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            GenerationRequest.Variation request = requests.get(i);
            if (evolution.lookaheadSelf() && i % degree == 0) {
                payloads.add(request.parent().payload());
            }
            // In place of a variation that could not be made, its candidate stands for itself.
            payloads.add(answers.payloads()
                    .getOrDefault(request.id(), request.parent().payload()));
        }
        int self = evolution.lookaheadSelf() ? 1 : 0;
        return means(payloads, degree + self, (candidate, vectors, row) -> {
            for (int n = 0; n < Math.min(into.each, degree); n++) {
                GenerationRequest.Variation request = requests.get(candidate * degree + n);
                Payload payload = answers.payloads().get(request.id());
                if (payload != null) {
                    int at = (row + self + n) * embedder.dimension();
                    into.add(request, payload, Arrays.copyOfRange(vectors, at, at + embedder.dimension()));
                }
            }
        });
    }

    /** Receives the vectors of which a candidate's mean is formed. */
    private interface Embedded {
        void accept(int candidate, float[] vectors, int row);
    }

    /** Works in pieces, because there are far more variations than candidates. */
    private float[] means(List<Payload> payloads, int each, Embedded embedded) {
        int dimension = embedder.dimension();
        int candidates = payloads.size() / each;
        int piece = (int) Math.max(1, PIECE_BYTES / ((long) dimension * Float.BYTES * each));
        float[] means = new float[Math.multiplyExact(candidates, dimension)];
        for (int from = 0; from < candidates; from += piece) {
            int to = Math.min(candidates, from + piece);
            float[] vectors = embedder.embed(payloads.subList(from * each, to * each));
            float[] some = Lookahead.means(vectors, dimension, each);
            System.arraycopy(some, 0, means, from * dimension, some.length);
            for (int candidate = from; candidate < to; candidate++) {
                embedded.accept(candidate, vectors, (candidate - from) * each);
            }
        }
        return means;
    }
}
