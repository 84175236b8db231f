package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.privacy.Accountant;

/**
 * The noise multiplier of every private release that a run makes.
 *
 * @param labelCounts of the noisy count of the private labels; NaN if the run buys none
 * @param votes of each vote, in order
 */
public record PrivacyPlan(double labelCounts, List<Double> votes) {

    public PrivacyPlan {
        votes = List.copyOf(votes);
    }

    /** The plan of a run that has released nothing yet. */
    public static PrivacyPlan of(RunSpec spec) {
        return extending(spec, List.of());
    }

    /**
     * The plan of a run whose first votes are cast already. They count with the noise they had; what is left of epsilon
     * is spent evenly on the remaining votes.
     *
     * @param cast noise multipliers of the votes that were charged
     * @throws org.privateevolution.privacy.PrivacyException if the votes cast have spent epsilon already
     */
    public static PrivacyPlan extending(RunSpec spec, List<Double> cast) {
        RunSpec.Privacy privacy = spec.privacy();
        double labelCounts =
                spec.labels().fractions() instanceof Fractions.Noisy noisy ? noisy.noiseMultiplier() : Double.NaN;
        int remaining = spec.evolution().votes() - cast.size();
        List<Double> votes = new ArrayList<>(cast);
        if (remaining > 0) {
            double noiseMultiplier = Double.isNaN(privacy.epsilon())
                    ? privacy.noiseMultiplier()
                    : account(spec, labelCounts, cast).noiseMultiplier(privacy.epsilon(), privacy.delta(), remaining);
            votes.addAll(Collections.nCopies(remaining, noiseMultiplier));
        }
        return new PrivacyPlan(labelCounts, votes);
    }

    /** Epsilon of all releases of the plan together, at the run's delta. */
    public double epsilon(RunSpec spec) {
        return account(spec, labelCounts, votes).epsilon(spec.privacy().delta());
    }

    private static Accountant account(RunSpec spec, double labelCounts, List<Double> votes) {
        Accountant accountant = Accountant.of(spec.privacy().adjacency());
        if (!Double.isNaN(labelCounts)) {
            accountant = accountant.plus(labelCounts, 1);
        }
        for (double noiseMultiplier : votes) {
            accountant = accountant.plus(noiseMultiplier, 1);
        }
        return accountant;
    }
}
