package org.privateevolution.spark.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Calibration;
import org.privateevolution.audit.Check;
import org.privateevolution.audit.Claim;
import org.privateevolution.audit.ScoreCounts;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.privacy.GaussianAccounting;
import org.privateevolution.report.AuditPage;
import org.privateevolution.report.AuditPage.Bound;
import org.privateevolution.report.AuditPage.Fact;
import org.privateevolution.report.AuditPage.Section;
import org.privateevolution.report.AuditPage.Tested;
import org.privateevolution.report.AuditPage.Tone;

/** Presents the findings of an audit to people. */
public final class FindingsPage {

    private static final int DIGITS = 4;

    /** Numbers below it are written with an exponent. */
    private static final double SMALL = 1e-3;

    private final Findings findings;
    private final WhiteBox white;
    private final Claim claim;
    private final Calibration calibration;

    private FindingsPage(Findings findings) {
        this.findings = findings;
        this.white = findings.whiteBox();
        this.claim = white.claim();
        this.calibration = white.calibration();
    }

    /** The page, which also holds every sentence and figure that a console shows. */
    public static AuditPage of(Findings findings) {
        return new FindingsPage(findings).page();
    }

    private AuditPage page() {
        ScoreCounts scores = white.scores();
        return new AuditPage(
                findings.name(),
                tone(),
                headline(),
                meaning(),
                facts(),
                bounds(),
                new AuditPage.Scores(scores.start(), scores.width(), scores.in(), scores.out(), claim.votesMu()),
                white.checks().stream().map(FindingsPage::tested).toList(),
                sections());
    }

    private Tone tone() {
        return switch (findings.verdict()) {
            case CONSISTENT -> Tone.GOOD;
            case ABOVE -> Tone.DOUBTFUL;
            case CONTRADICTED -> Tone.BAD;
        };
    }

    private String headline() {
        return switch (findings.verdict()) {
            case CONSISTENT ->
                "Consistent with the claim: epsilon " + claimed() + " was promised; measured: " + measured() + ".";
            case ABOVE -> "Not decided: a lower bound lies above the promised epsilon of " + claimed() + ".";
            case CONTRADICTED ->
                breached()
                        ? "THE CLAIM IS CONTRADICTED: this run does not keep its promise of epsilon " + claimed() + "."
                        : "THE CLAIM IS UNFOUNDED: the releases are not those planned for epsilon " + claimed() + ".";
        };
    }

    /** Whether something that failed means less privacy, rather than just a release other than planned. */
    private boolean breached() {
        return findings.blackBox().filter(BlackBox::contradicts).isPresent()
                || white.checks().stream().anyMatch(check -> check.fails() && check.breach());
    }

    private List<String> meaning() {
        return switch (findings.verdict()) {
            case CONSISTENT ->
                List.of("An audit can refute a claim but cannot prove one: the proof is the accounting and"
                        + " the noise, by mathematics. This audit sent records through source, executors, votes,"
                        + " ledger and noise of this installation, and found no sign that they deviate from the"
                        + " mathematics. A canary with an effect of "
                        + rounded(calibration.detectableFactor())
                        + " times what it should be would have been seen in half of such audits; more canaries reveal"
                        + " smaller faults.");
            case ABOVE ->
                List.of("That happens in about " + rounded(100 * (1 - white.confidence()))
                        + " of 100 audits of a run that keeps its promise, for each bound. Repeat the audit with"
                        + " more canaries"
                        + " (--canaries, --runs): if the claim holds, the bound falls below it.");
            case CONTRADICTED -> {
                List<String> reasons = new ArrayList<>();
                for (Check check : white.checks()) {
                    if (check.fails()) {
                        reasons.add(capitalised(check.failure()) + " (" + check.name() + ").");
                    }
                }
                findings.blackBox()
                        .filter(BlackBox::contradicts)
                        .ifPresent(box ->
                                reasons.add("The published samples reveal more about canaries than the claim allows."));
                reasons.add("Do not publish results of this installation before this is explained. The same seed"
                        + " repeats the"
                        + " audit with other noise.");
                yield reasons;
            }
        };
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Claim", "epsilon " + claimed() + " at delta " + rounded(claim.delta())));
        facts.add(new Fact("As mu of a Gaussian mechanism", rounded(claim.mu())));
        facts.add(new Fact("Unit", claim.unit().configName()));
        facts.add(new Fact("Adjacency", claim.adjacency().configName()));
        facts.add(new Fact("Releases", claim.releases() + " a run"));
        facts.add(new Fact(
                "Canaries",
                count(findings.canaries()) + " a run, " + white.runs() + (white.runs() == 1 ? " run" : " runs")
                        + ", each in with probability 1/2"));
        facts.add(new Fact("Confidence of bounds", rounded(100 * white.confidence()) + " %"));
        facts.add(
                new Fact("Seed of the coins", Long.toString(findings.settings().seed())));
        return facts;
    }

    private List<Bound> bounds() {
        List<Bound> bounds = new ArrayList<>();
        bounds.add(new Bound("claimed", claimed(), "The upper bound that the accounting proves."));
        bounds.add(new Bound(
                "estimate",
                rounded(calibration.epsilon(claim.delta())),
                "The best guess, which may lie on either side of the claim: mu is " + rounded(calibration.mu()) + " ± "
                        + rounded(calibration.muError())
                        + " (one standard error), and " + rounded(calibration.attainedMu())
                        + " is what these canaries can show."));
        bounds.add(new Bound(
                "lower bound, Gaussian model",
                downward(white.gaussianEpsilonBound()),
                "If the noise is normal, as the checks say: from the distance between canaries that were in and out,"
                        + " over all releases."));
        bounds.add(new Bound(
                "lower bound, no model",
                downward(white.epsilonBound()),
                count(white.guesses().correct()) + " of "
                        + count(white.guesses().made())
                        + " guesses at coins were right, from votes alone; valid whatever the noise is (Steinke,"
                        + " Nasr and"
                        + " Jagielski 2023). Even a run that reveals all that it claims stays well below its claim"
                        + " here."));
        findings.blackBox()
                .ifPresent(box -> bounds.add(new Bound(
                        "lower bound, black box",
                        downward(box.epsilonBound()),
                        "From the " + count(box.published()) + " published samples alone, by distance: "
                                + count(box.guesses().correct()) + " of "
                                + count(box.guesses().made())
                                + " guesses were right; included canaries lie nearer by "
                                + rounded(box.difference())
                                + " ± " + rounded(box.differenceError())
                                + " standard deviations. Near 0 is expected: an outsider sees far less than"
                                + " the proof allows for.")));
        return bounds;
    }

    private static Tested tested(Check check) {
        return new Tested(
                check.name(),
                check.pValue() == 0 ? "impossible" : rounded(check.pValue()),
                check.fails() ? "FAILED: " + check.failure() : "passed");
    }

    private List<Section> sections() {
        return List.of(
                new Section(
                        "What the noise looked like",
                        List.of(
                                "Noise in units of what was charged: " + rounded(calibration.noiseScale()) + ", over "
                                        + count(calibration.residuals()) + " released numbers; 1 is right.",
                                Double.isNaN(calibration.voteCorrelation())
                                        ? "With a single vote, noise shared between votes cannot be examined."
                                        : "Correlation of the noise of two votes: "
                                                + rounded(calibration.voteCorrelation()) + "; 0 is right.")),
                new Section(
                        "What was done",
                        List.of(
                                "Invented records took the place of the private ones, which were never opened. They"
                                        + " were"
                                        + " written where private records lie, read, embedded, counted, charged and"
                                        + " noised by"
                                        + " what a run uses, in folders of the audit, with the noise that this"
                                        + " configuration"
                                        + " plans. Each has candidates of its own in every vote. Then the run was"
                                        + " started"
                                        + " again, and had to give the same releases.",
                                "The auditor knows everything but the coins' effect: candidates, all canaries,"
                                        + " every release."
                                        + " This is the adversary of the proof, stronger than any outsider.")),
                new Section(
                        "What this does not say",
                        List.of(
                                "It says nothing about data sets that differ in more than one "
                                        + claim.unit().configName()
                                        + ", of what else was published of the same data, of the declared"
                                        + " configuration,"
                                        + " which is taken as public, of timing, or of logs.",
                                "It tests the worst case of the accounting, with these canaries. A"
                                        + " fault that"
                                        + " shows only on other records is not seen; tests of exact sensitivity"
                                        + " look for"
                                        + " those.")));
    }

    /** The estimate of epsilon, with half the difference that one standard error of mu to either side makes. */
    private String measured() {
        double lower = GaussianAccounting.epsilon(Math.max(0, calibration.mu() - calibration.muError()), claim.delta());
        double upper = GaussianAccounting.epsilon(Math.max(0, calibration.mu() + calibration.muError()), claim.delta());
        double error = (upper - lower) / 2;
        return rounded(calibration.epsilon(claim.delta()))
                + (Double.isFinite(error)
                        ? ", give or take "
                                + BigDecimal.valueOf(error)
                                        .round(new MathContext(1))
                                        .toPlainString()
                        : "");
    }

    private String claimed() {
        return BigDecimal.valueOf(claim.epsilon())
                .round(new MathContext(DIGITS, RoundingMode.CEILING))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String downward(double value) {
        return figure(value, RoundingMode.FLOOR);
    }

    private static String rounded(double value) {
        return figure(value, RoundingMode.HALF_EVEN);
    }

    private static String figure(double value, RoundingMode mode) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : value == Double.POSITIVE_INFINITY ? "unlimited" : Double.toString(value);
        }
        if (Math.abs(value) < SMALL) {
            DecimalFormat small = new DecimalFormat("0.#E0", DecimalFormatSymbols.getInstance(Locale.ROOT));
            small.setRoundingMode(mode);
            return small.format(value).toLowerCase(Locale.ROOT);
        }
        return BigDecimal.valueOf(value)
                .round(new MathContext(DIGITS, mode))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
