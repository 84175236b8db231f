package org.privateevolution.privacy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * How much of a budget a set of releases has used, at the budget's delta and adjacency.
 *
 * @param spent epsilon of all releases together, rounded up
 * @param left the epsilon that one further release may have on its own; 0 if the releases have used the budget up. The
 *     sum of spent and left is not the budget, because independent noise composes as a sum of squares
 */
public record BudgetReading(double spent, double left) {

    private static final MathContext SHORTER = new MathContext(6, RoundingMode.FLOOR);

    /** Returns the reading of {@code releases}, which must all have the budget's privacy unit. */
    public static BudgetReading of(PrivacyBudget budget, List<Release> releases) {
        Accountant accountant = accountant(budget.adjacency(), releases);
        return new BudgetReading(spent(accountant, budget.delta()), left(budget, accountant));
    }

    /** The epsilon of all {@code releases} together, rounded up. */
    public static double spent(Adjacency adjacency, List<Release> releases, double delta) {
        return spent(accountant(adjacency, releases), delta);
    }

    /**
     * The epsilon at {@code delta}, rounded up. Noise that was chosen for an epsilon of 1 costs 1 and not
     * 1.0000000000001, where the rounding of the inverse would put it: if the releases are proved to be within the next
     * smaller number of six digits, that number is their epsilon.
     */
    static double spent(Accountant accountant, double delta) {
        double epsilon = accountant.epsilon(delta);
        if (epsilon == 0 || epsilon == Double.POSITIVE_INFINITY) {
            return epsilon;
        }
        double shorter = BigDecimal.valueOf(epsilon).round(SHORTER).doubleValue();
        return accountant.within(shorter, delta) ? shorter : epsilon;
    }

    static Accountant accountant(Adjacency adjacency, List<Release> releases) {
        return Accountant.of(adjacency).plus(releases);
    }

    private static double left(PrivacyBudget budget, Accountant spent) {
        Accountant most = spent.plus(DiscreteGaussianBound.MAX_NOISE_MULTIPLIER, 1);
        if (!most.within(budget.epsilon(), budget.delta())) {
            return 0;
        }
        double noiseMultiplier = spent.noiseMultiplier(budget.epsilon(), budget.delta(), 1);
        return Accountant.of(budget.adjacency()).plus(noiseMultiplier, 1).epsilon(budget.delta());
    }
}
