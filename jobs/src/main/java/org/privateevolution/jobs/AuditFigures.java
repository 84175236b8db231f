package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Calibration;
import org.privateevolution.audit.Check;
import org.privateevolution.audit.Claim;
import org.privateevolution.audit.Guesses;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.spark.audit.Findings;

/** The findings of an audit, under the names that docs/audit.md explains. */
final class AuditFigures {

    private static final String EPSILON_BOUND = "epsilon_lower_bound";

    private AuditFigures() {}

    static Map<String, Object> of(Findings findings) {
        WhiteBox white = findings.whiteBox();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", findings.name());
        values.put("version", new Version().getVersion()[0]);
        values.put("verdict", lower(findings.verdict()));
        values.put("claim", claim(white.claim()));
        values.put("canaries", findings.canaries());
        values.put("runs", white.runs());
        values.put("seed", findings.settings().seed());
        values.put("confidence", white.confidence());
        values.put("calibration", calibration(white));
        Map<String, Object> guessed = guesses(white.guesses());
        guessed.put(EPSILON_BOUND, white.epsilonBound());
        values.put("one_run", guessed);
        values.put("resumed_alike", white.resumed());
        values.put("checks", checks(white.checks()));
        findings.blackBox().ifPresent(box -> values.put("black_box", blackBox(box)));
        return values;
    }

    private static Map<String, Object> claim(Claim claim) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epsilon", claim.epsilon());
        values.put("delta", claim.delta());
        values.put("mu", claim.mu());
        values.put("mu_of_votes", claim.votesMu());
        values.put("releases", claim.releases());
        values.put("unit", claim.unit().configName());
        values.put("adjacency", claim.adjacency().configName());
        return values;
    }

    private static Map<String, Object> calibration(WhiteBox white) {
        Calibration calibration = white.calibration();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("residuals", calibration.residuals());
        values.put("noise_scale", calibration.noiseScale());
        values.put("noise_p", calibration.noisePValue());
        if (!Double.isNaN(calibration.votesPValue())) {
            values.put("vote_correlation", calibration.voteCorrelation());
            values.put("vote_correlation_p", calibration.votesPValue());
        }
        values.put("difference", calibration.difference());
        values.put("difference_error", calibration.differenceError());
        values.put("difference_expected", calibration.attainedMu());
        values.put("difference_p", calibration.differencePValue());
        values.put("score_scale", calibration.scoreScale());
        values.put("mu", calibration.mu());
        values.put("mu_error", calibration.muError());
        values.put("epsilon", calibration.epsilon(white.claim().delta()));
        values.put(EPSILON_BOUND, white.gaussianEpsilonBound());
        return values;
    }

    private static Map<String, Object> guesses(Guesses guesses) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("guesses", guesses.made());
        values.put("correct", guesses.correct());
        return values;
    }

    private static List<Map<String, Object>> checks(List<Check> checks) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("check", check.name());
            value.put("p", check.pValue());
            value.put("passed", !check.fails());
            values.add(value);
        }
        return values;
    }

    private static Map<String, Object> blackBox(BlackBox box) {
        Map<String, Object> values = guesses(box.guesses());
        values.put(EPSILON_BOUND, box.epsilonBound());
        values.put("p", box.pValue());
        values.put("published", box.published());
        values.put("difference", box.difference());
        values.put("difference_error", box.differenceError());
        return values;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
