package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.evolution.GenerationPlanner;
import org.privateevolution.evolution.Lookahead;
import org.privateevolution.generation.JournaledGeneration;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.RunListener;

/**
 * The vectors that candidates stand for election with: their own, or with lookahead the mean of those of some variations
 * (Lin et al. 2023, Algorithm 1), with their own in it or not (Xie et al. 2024).
 */
final class CandidateEmbedding {

    /** What is held at once of the vectors of variations. */
    private static final int PIECE_BYTES = 1 << 26;

    private final RunSpec.Evolution evolution;
    private final GenerationPlanner planner;
    private final JournaledGeneration generation;
    private final Embedder embedder;

    CandidateEmbedding(
            RunSpec.Evolution evolution, GenerationPlanner planner, JournaledGeneration generation, Embedder embedder) {
        this.evolution = evolution;
        this.planner = planner;
        this.generation = generation;
        this.embedder = embedder;
    }

    /**
     * Embeds the candidates of a vote.
     *
     * @param journal of the vote's iteration
     * @return row-major, one vector a candidate
     */
    float[] vectors(Population candidates, int iteration, GenerationJournal journal, RunListener listener) {
        int degree = evolution.lookahead();
        if (degree == 0) {
            return embedder.embed(candidates.payloads());
        }
        List<GenerationRequest.Variation> requests = planner.lookahead(iteration, candidates, degree);
        listener.stageStarted("lookahead for vote " + iteration, requests.size());
        return means(requests, generation.answer(requests, journal, listener::stageProgressed));
    }

    /** The vectors that the candidates of a vote that was cast have stood with; asks for no sample that was not made then. */
    float[] past(Population candidates, int iteration, GenerationJournal journal) {
        int degree = evolution.lookahead();
        if (degree == 0) {
            return embedder.embed(candidates.payloads());
        }
        List<GenerationRequest.Variation> requests = planner.lookahead(iteration, candidates, degree);
        return means(requests, generation.recall(requests, journal));
    }

    private float[] means(List<GenerationRequest.Variation> requests, JournaledGeneration.Answers answers) {
        int degree = evolution.lookahead();
        List<Payload> payloads = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            GenerationRequest.Variation request = requests.get(i);
            if (evolution.lookaheadSelf() && i % degree == 0) {
                payloads.add(request.parent().payload());
            }
            // A variation that could not be made leaves its candidate to stand for itself.
            payloads.add(answers.payloads()
                    .getOrDefault(request.id(), request.parent().payload()));
        }
        return means(payloads, evolution.lookaheadSelf() ? degree + 1 : degree);
    }

    /** In pieces, because there are far more variations than candidates. */
    private float[] means(List<Payload> payloads, int each) {
        int dimension = embedder.dimension();
        int candidates = payloads.size() / each;
        int piece = (int) Math.max(1, PIECE_BYTES / ((long) dimension * Float.BYTES * each));
        float[] means = new float[Math.multiplyExact(candidates, dimension)];
        for (int from = 0; from < candidates; from += piece) {
            int to = Math.min(candidates, from + piece);
            float[] vectors = embedder.embed(payloads.subList(from * each, to * each));
            float[] some = Lookahead.means(vectors, dimension, each);
            System.arraycopy(some, 0, means, from * dimension, some.length);
        }
        return means;
    }
}
