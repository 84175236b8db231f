package org.privateevolution.audit;

import java.util.List;

/** One run on canaries, as the auditor sees it: all its releases, and the coins that no release may tell. */
public final class AuditedRun {

    private final boolean[] coins;
    private final List<SeenRelease> releases;

    /**
     * @param coins whether each canary was in
     * @param releases all of them
     */
    public AuditedRun(boolean[] coins, List<SeenRelease> releases) {
        for (SeenRelease release : releases) {
            if (release.imprint().canaries() != coins.length) {
                throw new IllegalArgumentException(
                        "a release is of " + release.imprint().canaries() + " canaries, but there are " + coins.length);
            }
        }
        this.coins = coins.clone();
        this.releases = List.copyOf(releases);
    }

    /** Number of canaries. */
    int canaries() {
        return coins.length;
    }

    boolean isIn(int canary) {
        return coins[canary];
    }

    boolean[] coins() {
        return coins.clone();
    }

    List<SeenRelease> releases() {
        return releases;
    }

    List<SeenRelease> votes() {
        return releases.stream().filter(SeenRelease::ofProbes).toList();
    }

    /**
     * Each canary's score: its share of the votes, each weighed by the inverse of its noise's variance. A score
     * depends on what was released and on no coin, and, as no two canaries share a probe, on no noise that another
     * canary's does.
     */
    public double[] probeScores() {
        List<SeenRelease> votes = votes();
        double[] scores = new double[coins.length];
        for (int i = 0; i < scores.length; i++) {
            for (SeenRelease vote : votes) {
                scores[i] += vote.along(i) / vote.variance();
            }
        }
        return scores;
    }

    /**
     * Each canary's {@link #probeScores} in units of its deviation by the plan, 0 on average for canaries that are out.
     */
    double[] standardScores() {
        double[] scores = probeScores();
        for (int i = 0; i < scores.length; i++) {
            double variance = 0;
            double ofOut = 0;
            for (SeenRelease vote : votes()) {
                variance += vote.imprint().direction(i).squaredNorm() / vote.variance();
                ofOut += vote.imprint().outAlong(i) / vote.variance();
            }
            scores[i] = (scores[i] - ofOut) / Math.sqrt(variance);
        }
        return scores;
    }
}
