package org.privateevolution.audit;

import java.util.List;

/** A run on canaries from the auditor's view: all its releases, and the coins, which no release may reveal. */
public final class AuditedRun {

    private final boolean[] coins;
    private final List<SeenRelease> releases;

    /**
     * @param coins whether each canary was in the data
     * @param releases all releases of the run
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

    /** The number of canaries. */
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
     * Each canary's score: its share of the votes, each vote weighted by the inverse of its noise variance. A score
     * depends on released numbers only, on no coin. Because no two canaries share a probe, the scores of two canaries
     * share no noise.
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
     * Each canary's {@link #probeScores} in units of its planned standard deviation; 0 on average for canaries that are
     * out.
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
