package org.privateevolution.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.GaussianAccounting;
import org.privateevolution.privacy.PrivacyUnit;

/** Simulated releases, with normal noise of fixed seeds: every outcome here is the same in every run. */
class CalibrationTest {

    private static final double DELTA = 1e-5;

    /** A release whose canaries have a probe each. */
    private static Imprint probes(int canaries) {
        List<Votes> in = new ArrayList<>();
        for (int i = 0; i < canaries; i++) {
            in.add(Votes.ofCounts(Map.of(i, 1)));
        }
        return new Imprint(canaries, in, Collections.nCopies(canaries, Votes.NONE));
    }

    /** A release of marginals: each canary lies in one of 7 cells of each of 5 marginals. */
    private static Imprint marginals(int canaries, SplittableRandom random) {
        List<Votes> in = new ArrayList<>();
        for (int i = 0; i < canaries; i++) {
            Map<Integer, Integer> counts = new HashMap<>();
            for (int marginal = 0; marginal < 5; marginal++) {
                counts.put(7 * marginal + random.nextInt(7), 1);
            }
            in.add(Votes.ofCounts(counts));
        }
        return new Imprint(35, in, Collections.nCopies(canaries, Votes.NONE));
    }

    private static SeenRelease released(
            Imprint imprint, boolean[] coins, boolean ofProbes, double planned, double drawn, SplittableRandom random) {
        double[] noisy = imprint.clean(coins);
        for (int cell = 0; cell < noisy.length; cell++) {
            noisy[cell] += drawn * random.nextGaussian();
        }
        return new SeenRelease(ofProbes, planned, imprint, noisy);
    }

    /**
     * A run of that mu: votes, and, if asked for, marginals that take a third of mu squared.
     *
     * @param noise of what was planned, drawn
     */
    private static AuditedRun run(
            int canaries, int votes, double mu, boolean marginals, double noise, SplittableRandom random) {
        boolean[] coins = new boolean[canaries];
        for (int i = 0; i < canaries; i++) {
            coins[i] = random.nextBoolean();
        }
        double share = marginals ? 1.0 / 3 : 0;
        List<SeenRelease> releases = new ArrayList<>();
        if (marginals) {
            double sigma = 1 / (mu * Math.sqrt(share));
            releases.add(released(marginals(canaries, random), coins, false, sigma, noise * sigma, random));
        }
        Imprint probes = probes(canaries);
        double sigma = Math.sqrt(votes / (1 - share)) / mu;
        for (int vote = 0; vote < votes; vote++) {
            releases.add(released(probes, coins, true, sigma, noise * sigma, random));
        }
        return new AuditedRun(coins, releases);
    }

    private static WhiteBox audit(AuditedRun run, double epsilon, double mu) {
        Claim claim =
                new Claim(epsilon, DELTA, mu, mu, run.releases().size(), PrivacyUnit.RECORD, Adjacency.ADD_REMOVE);
        return WhiteBox.of(claim, 0.95, List.of(run), Guesses.best(run.canaries(), mu, DELTA, 0.95), true);
    }

    /** The mean of 40 bounds lies within 0.08 of what the theory of the estimate says: its error is about 0.03. */
    @ParameterizedTest
    @CsvSource({"1, 1000, 0.58", "1, 4000, 0.79", "4, 1000, 3.49", "4, 4000, 3.74"})
    void theBoundIsAsCloseToTheClaimAsTheNumberOfCanariesAllows(double epsilon, int canaries, double expected) {
        double mu = GaussianAccounting.mu(epsilon, DELTA);
        double sum = 0;
        int audits = 40;
        for (int seed = 0; seed < audits; seed++) {
            sum += audit(run(canaries, 3, mu, false, 1, new SplittableRandom(seed)), epsilon, mu)
                    .gaussianEpsilonBound();
        }

        assertThat(sum / audits).isCloseTo(expected, within(0.08));
    }

    /**
     * With confidence 0.95 a bound of an honest run exceeds the claim in 1 of 20 audits. Of 150, fewer than 2
     * or more than 15 would do so with probability 0.008 if the rate were 0.05; the seeds are fixed.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBoundOfAnHonestRunStaysBelowTheClaimAsOftenAsItSays(boolean marginals) {
        double mu = GaussianAccounting.mu(2, DELTA);
        int above = 0;
        int free = 0;
        int alarms = 0;
        double squares = 0;
        int audits = 150;
        for (int seed = 0; seed < audits; seed++) {
            WhiteBox audit = audit(run(300, 4, mu, marginals, 1, new SplittableRandom(77 + seed)), 2, mu);
            above += audit.gaussianEpsilonBound() > 2 ? 1 : 0;
            free += audit.epsilonBound() > 2 ? 1 : 0;
            alarms += audit.verdict() == Verdict.CONTRADICTED ? 1 : 0;
            Calibration found = audit.calibration();
            double z = (found.difference() - found.attainedMu()) / found.differenceError();
            squares += z * z;
        }

        assertThat(above).isBetween(2, 15);
        assertThat(free).isLessThanOrEqualTo(15);
        assertThat(alarms).isZero();
        // A chi-square of 150 degrees divided by them: outside of 0.62 to 1.42 with probability 0.001.
        assertThat(squares / audits).isBetween(0.62, 1.42);
    }

    @Test
    void theErrorThatIsStatedIsThatOfTheEstimate() {
        double mu = GaussianAccounting.mu(4, DELTA);
        List<Double> estimates = new ArrayList<>();
        double stated = 0;
        int audits = 80;
        for (int seed = 0; seed < audits; seed++) {
            Calibration found = Calibration.of(List.of(run(400, 2, mu, true, 1, new SplittableRandom(500 + seed))));
            estimates.add(found.mu());
            stated += found.muError() / audits;
        }
        double mean =
                estimates.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double deviation = Math.sqrt(estimates.stream()
                        .mapToDouble(estimate -> (estimate - mean) * (estimate - mean))
                        .sum()
                / (audits - 1));

        assertThat(mean).isCloseTo(mu, within(4 * stated / Math.sqrt(audits)));
        assertThat(deviation / stated).isBetween(0.75, 1.28);
    }

    @Test
    void halfTheNoiseIsSeenInItsSizeAndInTheEstimate() {
        double mu = GaussianAccounting.mu(1, DELTA);
        WhiteBox audit = audit(run(1_000, 4, mu, true, 0.5, new SplittableRandom(3)), 1, mu);

        assertThat(audit.calibration().noiseScale()).isCloseTo(0.5, within(0.02));
        assertThat(audit.calibration().scoreScale()).isCloseTo(0.5, within(0.08));
        assertThat(audit.calibration().mu())
                .isCloseTo(2 * mu, within(4 * audit.calibration().muError()));
        assertThat(audit.verdict()).isEqualTo(Verdict.CONTRADICTED);
    }

    /** Nothing is NaN, and nothing takes what is not a number for a passed test. */
    @Test
    void noNoiseAtAllLeavesNoBound() {
        WhiteBox audit = audit(run(100, 2, 1, true, 0, new SplittableRandom(3)), 1, 1);

        assertThat(audit.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(audit.calibration().noisePValue()).isZero();
        assertThat(audit.gaussianEpsilonBound()).isGreaterThan(1e6);
        AuditedRun votesAlone = run(100, 2, 1, false, 0, new SplittableRandom(3));
        assertThat(audit(votesAlone, 1, 1).gaussianEpsilonBound()).isInfinite();
        assertThat(audit(votesAlone, 1, 1).calibration().epsilon(DELTA)).isInfinite();
        assertThat(new Check("a number that is none", Double.NaN, true, "").fails())
                .isTrue();
    }

    /** The same noise in both votes of a run: each vote by itself looks as it should. */
    @Test
    void noiseThatVotesShareIsSeenOverThem() {
        boolean[] coins = new boolean[1_000];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < coins.length; i++) {
            coins[i] = random.nextBoolean();
        }
        Imprint probes = probes(coins.length);
        SeenRelease vote = released(probes, coins, true, 9, 9, random);
        Calibration found = Calibration.of(List.of(new AuditedRun(coins, List.of(vote, vote))));

        assertThat(found.voteCorrelation()).isCloseTo(1, within(0.2));
        assertThat(found.votesPValue()).isLessThan(1e-20);
        assertThat(found.noisePValue()).isGreaterThan(1e-6);
    }

    @Test
    void oneVoteSaysNothingOfNoiseThatVotesShare() {
        Calibration found = Calibration.of(List.of(run(100, 1, 1, false, 1, new SplittableRandom(1))));

        assertThat(found.voteCorrelation()).isNaN();
        assertThat(found.votesPValue()).isNaN();
    }

    @Test
    void severalRunsCountAsOneAuditOfAllTheirCanaries() {
        SplittableRandom random = new SplittableRandom(21);
        List<AuditedRun> runs = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            runs.add(run(250, 3, 0.9, true, 1, random));
        }
        Calibration one = Calibration.of(runs.subList(0, 1));
        Calibration all = Calibration.of(runs);

        assertThat(all.canaries()).isEqualTo(1_000);
        assertThat(all.residuals()).isEqualTo(4 * one.residuals());
        assertThat(all.muError() / one.muError()).isCloseTo(0.5, within(0.08));
    }

    /** What takes the place of a canary that is out doubles the square of what its coin moves. */
    @Test
    void aReplacementMovesTheRootOfTwo() {
        Votes in = Votes.ofCounts(Map.of(0, 2, 1, 1, 4, 1));
        Votes out = Votes.ofCounts(Map.of(2, 1, 3, 1));
        Imprint imprint = new Imprint(5, List.of(in, in), List.of(out, Votes.NONE));

        assertThat(imprint.direction(0).squaredNorm()).isCloseTo(2, within(1e-12));
        assertThat(imprint.direction(1).squaredNorm()).isCloseTo(1, within(1e-12));
        assertThat(imprint.outAlong(0)).isCloseTo(-1, within(1e-12));
        assertThat(imprint.clean(new boolean[] {false, true})[0]).isCloseTo(2 / Math.sqrt(6), within(1e-12));
    }

    @Test
    void canariesThatAreAllOnOneSideAreRefused() {
        Imprint probes = probes(3);
        boolean[] coins = {true, true, true};
        AuditedRun run = new AuditedRun(coins, List.of(new SeenRelease(true, 1, probes, new double[3])));

        assertThatThrownBy(() -> Calibration.of(List.of(run)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use more of them");
    }
}
