package org.privateevolution.evolution;

import java.util.HashSet;
import java.util.List;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.SelectionRecord;

/** Computes what the released votes say about a population; all of it is inside the guarantee. */
public final class VoteMetrics {

    private VoteMetrics() {}

    /**
     * The metrics of one label.
     *
     * <ul>
     *   <li>{@code candidates}: number of candidates
     *   <li>{@code survivors}: number of candidates that passed the threshold
     *   <li>{@code distinct_selected}: number of different candidates that were selected
     *   <li>{@code noisy_votes}: sum of the released votes, an unbiased estimate of the votes cast
     *   <li>{@code effective_candidates}: (sum w)^2 / sum w^2 of the positive released votes w (Kish 1965): the number
     *       of candidates that would carry the same weight if they shared it equally
     * </ul>
     *
     * @param votes released votes of the label's candidates
     */
    public static List<MetricValue> of(int iteration, String label, double[] votes, SelectionRecord selection) {
        int distinct = new HashSet<>(selection.indices()).size();
        return of(iteration, label, votes, selection.survivors(), distinct);
    }

    /**
     * The metrics of one label if candidates of other votes may have been selected, too.
     *
     * @param votes released votes of the label's candidates
     */
    public static List<MetricValue> of(int iteration, String label, double[] votes, int survivors, int distinct) {
        double sum = 0;
        double positive = 0;
        double squares = 0;
        for (double vote : votes) {
            sum += vote;
            double weight = Math.max(vote, 0);
            positive += weight;
            squares += weight * weight;
        }
        return List.of(
                inside(iteration, label, "candidates", votes.length),
                inside(iteration, label, "survivors", survivors),
                inside(iteration, label, "distinct_selected", distinct),
                inside(iteration, label, "noisy_votes", sum),
                inside(iteration, label, "effective_candidates", squares > 0 ? positive * positive / squares : 0));
    }

    private static MetricValue inside(int iteration, String label, String metric, double value) {
        return new MetricValue(iteration, label, metric, value, true);
    }
}
