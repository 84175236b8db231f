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
        JournaledGeneration.Answers answers = generation.answer(requests, journal, listener::stageProgressed);
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
        int vectorsEach = evolution.lookaheadSelf() ? degree + 1 : degree;
        return Lookahead.means(embedder.embed(payloads), embedder.dimension(), vectorsEach);
    }
}
