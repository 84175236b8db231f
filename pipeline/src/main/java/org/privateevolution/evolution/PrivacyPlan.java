package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.DiscoverySpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.RoundedFigure;

/**
 * The noise multiplier of every private release of a run.
 *
 * @param discovery noise of the discovery of the columns; empty if the run declares them
 * @param labelCounts multiplier of the noisy count of the private labels; NaN if the run does not count them
 * @param marginals multipliers of the first and the second marginals of a table's estimate; empty without an estimate
 * @param votes multipliers of the votes, in order
 */
public record PrivacyPlan(
        Optional<Discovery> discovery, double labelCounts, List<Double> marginals, List<Double> votes) {

    /** Share of delta that a discovery spends on publishing values that only the records name. */
    public static final double THRESHOLD_SHARE = 0.1;

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

    /**
     * The noise of a discovery.
     *
     * @param thresholdDelta the part of delta that its threshold spends
     */
    public record Discovery(double noiseMultiplier, double thresholdDelta) {

        /** The epsilon of the discovery alone, at the run's delta. */
        public double epsilon(RunSpec spec) {
            return new PrivacyPlan(Optional.of(this), Double.NaN, List.of(), List.of()).epsilon(spec);
        }
    }

    /**
     * The releases that a run was charged for, which count with the noise that they had.
     *
     * @param marginals noise multipliers of the marginals
     * @param votes noise multipliers of the votes
     */
    public record Charged(Optional<Discovery> discovery, List<Double> marginals, List<Double> votes) {

        /** No release. */
        public static final Charged NOTHING = new Charged(Optional.empty(), List.of(), List.of());

        public Charged {
            marginals = List.copyOf(marginals);
            votes = List.copyOf(votes);
        }
    }

    /** The plan of a run that discovers no columns. */
    public PrivacyPlan(double labelCounts, List<Double> marginals, List<Double> votes) {
        this(Optional.empty(), labelCounts, marginals, votes);
    }

    public PrivacyPlan {
        marginals = List.copyOf(marginals);
        votes = List.copyOf(votes);
    }

    /** The plan of a run that has released nothing yet. */
    public static PrivacyPlan of(RunSpec spec) {
        return extending(spec, Charged.NOTHING);
    }

    /**
     * The plan of a run that has already cast its first votes. They count with the noise that they had; what is left of
     * epsilon is spent evenly on the remaining votes.
     *
     * @throws org.privateevolution.privacy.PrivacyException if the cast votes have already spent epsilon
     */
    public static PrivacyPlan extending(RunSpec spec, Charged charged) {
        RunSpec.Privacy privacy = spec.privacy();
        double labelCounts =
                spec.labels().fractions() instanceof Fractions.Noisy noisy ? noisy.noiseMultiplier() : Double.NaN;
        Optional<Discovery> discovery =
                charged.discovery.or(() -> spec.discovery().map(wanted -> discovery(spec, labelCounts, wanted)));
        PrivacyPlan first = new PrivacyPlan(discovery, labelCounts, List.of(), List.of());
        List<Double> marginals = new ArrayList<>(charged.marginals);
        List<Double> wanted = first.marginals(spec);
        marginals.addAll(wanted.subList(Math.min(marginals.size(), wanted.size()), wanted.size()));
        int remaining = spec.evolution().votes() - charged.votes.size();
        List<Double> votes = new ArrayList<>(charged.votes);
        if (remaining > 0) {
            double noiseMultiplier = privacy.epsilon().isEmpty()
                    ? privacy.noiseMultiplier().getAsDouble()
                    : new PrivacyPlan(discovery, labelCounts, marginals, votes)
                            .account(spec)
                            .noiseMultiplier(privacy.epsilon().getAsDouble(), privacy.delta(), remaining);
            votes.addAll(Collections.nCopies(remaining, noiseMultiplier));
        }
        PrivacyPlan plan = new PrivacyPlan(discovery, labelCounts, marginals, votes);
        double most = privacy.epsilon().orElse(Double.POSITIVE_INFINITY);
        if (remaining <= 0 && marginals.size() > charged.marginals.size() && plan.epsilon(spec) > most) {
            throw new PrivacyException(
                    PrivacyException.Reason.TARGET,
                    "the votes cast leave too little of privacy.epsilon " + RoundedFigure.exact(most)
                            + " for the second marginals: raise it, or ask for more votes");
        }
        return plan;
    }

    /** The epsilon of all releases of the plan together, at the run's delta. */
    public double epsilon(RunSpec spec) {
        return account(spec).epsilon(spec.privacy().delta());
    }

    /** The discovery gets its share of what the noisy count of the labels leaves. */
    private static Discovery discovery(RunSpec spec, double labelCounts, DiscoverySpec wanted) {
        RunSpec.Privacy privacy = spec.privacy();
        double thresholdDelta = THRESHOLD_SHARE * privacy.delta();
        if (privacy.epsilon().isEmpty()) {
            double rest = wholeOfVotes(spec);
            return new Discovery(rest * Math.sqrt((1 - wanted.share()) / wanted.share()), thresholdDelta);
        }
        double whole = new PrivacyPlan(labelCounts, List.of(), List.of())
                .account(spec)
                .plusThreshold(thresholdDelta)
                .noiseMultiplier(privacy.epsilon().getAsDouble(), privacy.delta(), 1);
        return new Discovery(whole / Math.sqrt(wanted.share()), thresholdDelta);
    }

    private List<Double> marginals(RunSpec spec) {
        if (!spec.buysMarginals()) {
            return List.of();
        }
        RunSpec.Privacy privacy = spec.privacy();
        // The noise of a single release that spends the whole budget.
        double whole = privacy.epsilon().isEmpty()
                ? wholeOfVotes(spec)
                : account(spec).noiseMultiplier(privacy.epsilon().getAsDouble(), privacy.delta(), 1);
        return shares(spec).stream().map(share -> whole / Math.sqrt(share)).toList();
    }

    private static List<Double> shares(RunSpec spec) {
        return spec.modality().areClients() ? CLIENT_SHARES : MARGINAL_SHARES;
    }

    /** The noise of a single release that costs as much as all votes, of the declared noise, and all marginals. */
    private static double wholeOfVotes(RunSpec spec) {
        double share = spec.buysMarginals()
                ? 1 - shares(spec).stream().mapToDouble(Double::doubleValue).sum()
                : 1;
        return spec.privacy().noiseMultiplier().getAsDouble()
                / Math.sqrt(spec.evolution().votes() / share);
    }

    private Accountant account(RunSpec spec) {
        Accountant accountant = Accountant.of(spec.privacy().adjacency());
        if (discovery.isPresent()) {
            accountant =
                    accountant.plus(discovery.get().noiseMultiplier, 1).plusThreshold(discovery.get().thresholdDelta);
        }
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
