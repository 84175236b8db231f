package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.RoundedFigure;

/**
 * The noise multiplier of every private release of a run.
 *
 * @param labelCounts multiplier of the noisy count of the private labels; NaN if the run does not count them
 * @param marginals multipliers of the first and the second marginals of a table's estimate; empty without an estimate
 * @param votes multipliers of the votes, in order
 */
public record PrivacyPlan(double labelCounts, List<Double> marginals, List<Double> votes) {

    /**
     * The shares of the budget, measured as mu squared, that the first and the second marginals get: see
     * docs/quality.md.
     */
    private static final List<Double> MARGINAL_SHARES = List.of(0.2, 0.4);

    /**
     * The shares for clients, whose joined rows have many pairs of columns: the columns, a glance at all pairs, and the
     * pairs that depend on each other; see docs/clients.md.
     */
    private static final List<Double> CLIENT_SHARES = List.of(0.15, 0.15, 0.5);

    public PrivacyPlan {
        marginals = List.copyOf(marginals);
        votes = List.copyOf(votes);
    }

    /** The plan of a run that has released nothing yet. */
    public static PrivacyPlan of(RunSpec spec) {
        return extending(spec, List.of(), List.of());
    }

    /**
     * The plan of a run that has already cast its first votes. They count with the noise that they had; what is left of
     * epsilon is spent evenly on the remaining votes.
     *
     * @param bought noise multipliers of the marginals that were charged
     * @param cast noise multipliers of the votes that were charged
     * @throws org.privateevolution.privacy.PrivacyException if the cast votes have already spent epsilon
     */
    public static PrivacyPlan extending(RunSpec spec, List<Double> bought, List<Double> cast) {
        RunSpec.Privacy privacy = spec.privacy();
        double labelCounts =
                spec.labels().fractions() instanceof Fractions.Noisy noisy ? noisy.noiseMultiplier() : Double.NaN;
        List<Double> marginals = new ArrayList<>(bought);
        List<Double> wanted = marginals(spec, labelCounts);
        marginals.addAll(wanted.subList(Math.min(bought.size(), wanted.size()), wanted.size()));
        int remaining = spec.evolution().votes() - cast.size();
        List<Double> votes = new ArrayList<>(cast);
        if (remaining > 0) {
            double noiseMultiplier = privacy.epsilon().isEmpty()
                    ? privacy.noiseMultiplier().getAsDouble()
                    : account(spec, labelCounts, marginals, cast)
                            .noiseMultiplier(privacy.epsilon().getAsDouble(), privacy.delta(), remaining);
            votes.addAll(Collections.nCopies(remaining, noiseMultiplier));
        }
        PrivacyPlan plan = new PrivacyPlan(labelCounts, marginals, votes);
        double most = privacy.epsilon().orElse(Double.POSITIVE_INFINITY);
        if (remaining <= 0 && marginals.size() > bought.size() && plan.epsilon(spec) > most) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "the votes cast leave too little of privacy.epsilon " + RoundedFigure.exact(most)
                            + " for the second marginals: raise it, or ask for more votes");
        }
        return plan;
    }

    /** The epsilon of all releases of the plan together, at the run's delta. */
    public double epsilon(RunSpec spec) {
        return account(spec, labelCounts, marginals, votes)
                .epsilon(spec.privacy().delta());
    }

    private static List<Double> marginals(RunSpec spec, double labelCounts) {
        if (!spec.buysMarginals()) {
            return List.of();
        }
        RunSpec.Privacy privacy = spec.privacy();
        List<Double> shares = spec.modality().clients().isPresent() ? CLIENT_SHARES : MARGINAL_SHARES;
        double votesShare = 1 - shares.stream().mapToDouble(Double::doubleValue).sum();
        // The noise of a single release that spends the whole budget.
        double whole = privacy.epsilon().isEmpty()
                ? privacy.noiseMultiplier().getAsDouble()
                        / Math.sqrt(spec.evolution().votes() / votesShare)
                : account(spec, labelCounts, List.of(), List.of())
                        .noiseMultiplier(privacy.epsilon().getAsDouble(), privacy.delta(), 1);
        return shares.stream().map(share -> whole / Math.sqrt(share)).toList();
    }

    private static Accountant account(RunSpec spec, double labelCounts, List<Double> marginals, List<Double> votes) {
        Accountant accountant = Accountant.of(spec.privacy().adjacency());
        if (!Double.isNaN(labelCounts)) {
            accountant = accountant.plus(labelCounts, 1);
        }
        for (double noiseMultiplier : marginals) {
            accountant = accountant.plus(noiseMultiplier, 1);
        }
        for (double noiseMultiplier : votes) {
            accountant = accountant.plus(noiseMultiplier, 1);
        }
        return accountant;
    }
}
