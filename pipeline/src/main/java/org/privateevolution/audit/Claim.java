package org.privateevolution.audit;

import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;

/**
 * What a run claims before it starts.
 *
 * @param epsilon of all releases together, at delta
 * @param mu of all releases, {@code sqrt(sum (sensitivity / sigma_t)^2)}
 * @param votesMu mu of the votes only
 * @param releases number of releases
 */
public record Claim(
        double epsilon, double delta, double mu, double votesMu, int releases, PrivacyUnit unit, Adjacency adjacency) {}
