package org.privateevolution.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privateevolution.audit.Check;
import org.privateevolution.audit.Verdict;
import org.privateevolution.audit.WhiteBox;

/**
 * How often an audit says so where something is wrong, and how often where nothing is. Canaries, coins and noise
 * follow from fixed seeds, so every rate here is the same in every run.
 */
class PowerTest {

    @TempDir
    private Path folder;

    /** How many audits of a trial ended how. */
    private record Rates(int audits, int contradicted, int gaussianAbove, int freeAbove, double mu) {

        static Rates of(Trial trial, Fault fault, int canaries, int audits) {
            int contradicted = 0;
            int gaussian = 0;
            int free = 0;
            double mu = 0;
            for (int seed = 1; seed <= audits; seed++) {
                WhiteBox found = trial.audit(canaries, 1_000 + seed, fault);
                contradicted += found.verdict() == Verdict.CONTRADICTED ? 1 : 0;
                gaussian += found.gaussianEpsilonBound() > found.claim().epsilon() ? 1 : 0;
                free += found.epsilonBound() > found.claim().epsilon() ? 1 : 0;
                mu += found.calibration().mu() / found.claim().mu() / audits;
            }
            return new Rates(audits, contradicted, gaussian, free, mu);
        }

        String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-58s %5.0f %% %5.0f %% %5.0f %%   %.2f",
                    name,
                    100.0 * contradicted / audits,
                    100.0 * gaussianAbove / audits,
                    100.0 * freeAbove / audits,
                    mu);
        }
    }

    private static String[] settings(Fault fault, String... more) {
        return switch (fault) {
            case CLIENT_NORM_BY_LABEL -> Trial.client(more);
            case WHOLE_VOTES -> with(more, "vote.neighbors=4");
            case ROWS_AS_RECORDS -> Trial.children(more);
            default -> more;
        };
    }

    private static String[] with(String[] some, String another) {
        return Stream.concat(Arrays.stream(some), Stream.of(another)).toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyFaultIsCaught(Fault fault) {
        Rates rates = Rates.of(new Trial(folder, settings(fault, "privacy.epsilon=2")), fault, 2_000, 3);

        assertThat(rates.contradicted()).isEqualTo(3);
    }

    /** The mean of two draws is seen in itself, not only by the test that compares both. */
    @Test
    void noiseDrawnAnewIsSeenInTheNoiseAndInTheEstimate() {
        WhiteBox found = new Trial(folder, "privacy.epsilon=2").audit(2_000, 1_001, Fault.NOISE_DRAWN_ANEW);

        assertThat(found.calibration().noiseScale()).isCloseTo(Math.sqrt(0.5), within(0.03));
        assertThat(found.calibration().mu() / found.claim().mu()).isCloseTo(Math.sqrt(2), within(0.4));
        assertThat(found.checks())
                .filteredOn(Check::fails)
                .extracting(Check::name)
                .contains("size of the noise");
    }

    /** The bound of one audit in 20 may exceed the claim; an alarm may not ring in 12. */
    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSameRunsWithoutAFaultRaiseNoAlarm(Fault fault) {
        Rates rates = Rates.of(new Trial(folder, settings(fault, "evolution.selection=estimate")), Fault.NONE, 500, 3);

        assertThat(rates.contradicted()).isZero();
        assertThat(rates.mu()).isBetween(0.6, 1.4);
    }

    @Test
    void replacedClientsWithNoisyLabelCountsMoveTheRootOfTwo() {
        Trial trial = new Trial(
                folder,
                Trial.client("privacy.adjacency=replace-one", "labels.fractions={noisy: {noise_multiplier: 40}}"));
        WhiteBox found = trial.audit(1_500, 5, Fault.NONE);

        assertThat(found.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        // Label counts of client and replacement are nearly alike, and take a share of the claim that no canary can
        // show.
        assertThat(found.calibration().attainedMu() / found.claim().mu()).isBetween(0.9, 1.0);
        assertThat(found.claim().releases()).isEqualTo(5);
    }

    /** A client with rows in an order weighs a little less than the claim, because the first row has none before it. */
    @Test
    void replacedClientsWithOrderedRowsAreAudited() {
        Trial trial =
                new Trial(folder, Trial.children("privacy.adjacency=replace-one", "tabular.children.0.order=day"));
        WhiteBox found = trial.audit(1_000, 6, Fault.NONE);

        assertThat(found.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        assertThat(found.claim().releases()).isEqualTo(7);
        assertThat(found.calibration().attainedMu() / found.claim().mu()).isBetween(0.8, 1.0);
    }

    /** The table of rates: 50 audits of 4,000 canaries each. */
    @Test
    @Tag("audit")
    void ratesOfAllFaults() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-58s %7s %7s %7s   %s%n",
                "50 audits of 4,000 canaries: fault, configuration",
                "caught",
                "model",
                "free",
                "mu/claim"));
        for (int epsilon : new int[] {1, 4}) {
            for (String selection : List.of("sample", "estimate")) {
                for (Fault fault : Fault.values()) {
                    String[] settings =
                            settings(fault, "privacy.epsilon=" + epsilon, "evolution.selection=" + selection);
                    Rates rates = Rates.of(new Trial(folder, settings), fault, 4_000, 50);
                    table.append(rates.line(
                                    fault.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", epsilon " + epsilon
                                            + ", " + selection))
                            .append(System.lineSeparator());
                    if (fault == Fault.NONE) {
                        // 9 or more of 50 have probability 0.001 at a rate of 0.05; the seeds are fixed.
                        assertThat(rates.gaussianAbove()).as("model bound").isLessThan(9);
                        assertThat(rates.freeAbove()).as("free bound").isLessThan(9);
                        assertThat(rates.contradicted()).as("false alarms").isZero();
                    } else {
                        assertThat(rates.contradicted())
                                .as(fault + " " + epsilon + " " + selection)
                                .isGreaterThan(45);
                    }
                }
            }
        }
        System.out.println(table);
    }
}
