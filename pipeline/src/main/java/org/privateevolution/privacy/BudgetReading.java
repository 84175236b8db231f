package org.privateevolution.privacy;

import java.util.List;

/**
 * How releases stand against a budget, at the budget's delta and adjacency.
 *
 * @param spent epsilon of all releases together, rounded up
 * @param left the epsilon that one further release may cost by itself; 0 if the releases have used the budget up. Spent and
 *     left do not add up to the budget: independent noise composes as a sum of squares
 */
public record BudgetReading(double spent, double left) {

    /** The reading of {@code releases}, of which all hide the budget's unit. */
    public static BudgetReading of(PrivacyBudget budget, List<Release> releases) {
        Accountant accountant = accountant(budget.adjacency(), releases);
        return new BudgetReading(accountant.epsilon(budget.delta()), left(budget, accountant));
    }

    /** The epsilon of {@code releases} together, rounded up. */
    public static double spent(Adjacency adjacency, List<Release> releases, double delta) {
        return accountant(adjacency, releases).epsilon(delta);
    }

    static Accountant accountant(Adjacency adjacency, List<Release> releases) {
        Accountant accountant = Accountant.of(adjacency);
        for (Release release : releases) {
            accountant = accountant.plus(release);
        }
        return accountant;
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
