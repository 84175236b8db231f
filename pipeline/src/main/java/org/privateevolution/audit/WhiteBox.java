package org.privateevolution.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What the releases of runs on canaries reveal about their claim.
 *
 * @param guesses at the coins, from the votes
 * @param epsilonBound lower bound without any assumption on the noise
 * @param guessesPValue probability of guesses as good as these, if the votes are Gaussian releases of the claimed mu
 * @param resumed whether a second start was given the same releases
 * @param scores of the votes
 */
public record WhiteBox(
        Claim claim,
        double confidence,
        int runs,
        Calibration calibration,
        Guesses guesses,
        double epsilonBound,
        double guessesPValue,
        boolean resumed,
        ScoreCounts scores) {

    /**
     * Evaluates runs.
     *
     * @param runs each on its own canaries, at least one
     * @param guessesARun number of guesses in each run, fixed before any run
     * @param resumed whether each run gave the same releases when it was started again
     */
    public static WhiteBox of(Claim claim, double confidence, List<AuditedRun> runs, int guessesARun, boolean resumed) {
        Guesses guesses = Guesses.NONE;
        List<GuessTest.Scored> scored = new ArrayList<>();
        int canaries = 0;
        for (AuditedRun run : runs) {
            GuessTest.Scored seen = new GuessTest.Scored(run.probeScores(), run.coins());
            guesses = guesses.plus(Guesses.of(seen.scores(), seen.coins(), guessesARun));
            scored.add(seen);
            canaries += run.canaries();
        }
        return new WhiteBox(
                claim,
                confidence,
                runs.size(),
                Calibration.of(runs),
                guesses,
                OneRunBound.epsilon(canaries, guesses.made(), guesses.correct(), claim.delta(), confidence),
                GuessTest.pValue(claim.votesMu(), scored),
                resumed,
                ScoreCounts.of(runs, claim.votesMu()));
    }

    /** The lower bound by the Gaussian model. */
    public double gaussianEpsilonBound() {
        return calibration.epsilonBound(claim.delta(), confidence);
    }

    /**
     * The checks that a run of the claimed privacy passes, all of them with probability 1 - {@link Check#FALSE_ALARMS}
     * or more.
     */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "size of the noise",
                calibration.noisePValue(),
                calibration.noiseScale() < 1,
                calibration.noiseScale() < 1
                        ? "the noise is smaller than what was charged"
                        : "the released numbers are not the canaries' votes plus the noise that was charged"));
        if (!Double.isNaN(calibration.votesPValue())) {
            checks.add(new Check(
                    "noise of each vote by itself",
                    calibration.votesPValue(),
                    false,
                    "the noise of different votes is not independent"));
        }
        checks.add(new Check(
                "weight of a canary",
                calibration.differencePValue(),
                calibration.difference() > calibration.attainedMu(),
                calibration.difference() > calibration.attainedMu()
                        ? "a canary has a larger effect than the accounting assumes"
                        : "a canary has a smaller effect than it should: the audit does not see what it looks for"));
        checks.add(new Check(
                "guesses at coins",
                guessesPValue,
                true,
                "more coins were guessed from the releases than the claim allows"));
        checks.add(new Check(
                "releases after a resume",
                resumed ? 1 : 0,
                true,
                "a resumed run drew other noise for the same charge"));
        return checks;
    }

    public Verdict verdict() {
        if (checks().stream().anyMatch(Check::fails)) {
            return Verdict.CONTRADICTED;
        }
        return Math.max(epsilonBound, gaussianEpsilonBound()) > claim.epsilon() ? Verdict.ABOVE : Verdict.CONSISTENT;
    }
}
