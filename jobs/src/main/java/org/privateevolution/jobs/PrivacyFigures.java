package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;

/** The privacy settings of a run, with the noise that follows from them: shown before the run starts. */
final class PrivacyFigures {

    private static final String EPSILON = "epsilon";
    private static final String DISCOVERY_EPSILON = "discovery_epsilon_alone";

    private PrivacyFigures() {}

    /**
     * The settings as names and values, in order.
     *
     * @throws org.privateevolution.privacy.PrivacyException if no noise gives the requested epsilon
     */
    static Map<String, Object> of(RunSpec spec) {
        RunSpec.Privacy privacy = spec.privacy();
        PrivacyPlan plan = PrivacyPlan.of(spec);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(EPSILON, epsilon(spec, plan));
        values.put("delta", privacy.delta());
        values.put("unit", privacy.unit().configName());
        values.put("adjacency", privacy.adjacency().configName());
        values.put("sensitivity", privacy.adjacency().sensitivity());
        plan.discovery().ifPresent(discovery -> {
            values.put("discovery_noise_multiplier", discovery.noiseMultiplier());
            values.put("discovery_threshold_delta", discovery.thresholdDelta());
            values.put(DISCOVERY_EPSILON, discovery.epsilon(spec));
        });
        values.put("votes", spec.evolution().votes());
        values.put("noise_multiplier", plan.votes().get(0));
        if (!Double.isNaN(plan.labelCounts())) {
            values.put("label_counts_noise_multiplier", plan.labelCounts());
        }
        if (!plan.marginals().isEmpty()) {
            values.put("marginals_noise_multiplier", plan.marginals().get(0));
        }
        if (plan.marginals().size() > 1) {
            values.put("second_marginals_noise_multiplier", plan.marginals().get(1));
        }
        return values;
    }

    /**
     * The epsilon of a run.
     *
     * @throws org.privateevolution.privacy.PrivacyException if no noise gives the requested epsilon
     */
    static double epsilon(RunSpec spec) {
        return epsilon(spec, PrivacyPlan.of(spec));
    }

    private static double epsilon(RunSpec spec, PrivacyPlan plan) {
        // The noise was solved so that the target holds; computing epsilon back would only add its rounding.
        return spec.privacy().epsilon().orElseGet(() -> plan.epsilon(spec));
    }

    /** The settings as lines of a table. */
    static TextTable table(RunSpec spec) {
        return table(of(spec));
    }

    /** Names and values of a privacy statement as lines of a table. */
    static TextTable table(Map<String, Object> values) {
        TextTable table = new TextTable();
        values.forEach((name, value) -> table.row(name.replace('_', ' '), text(name, value)));
        return table;
    }

    private static String text(String name, Object value) {
        if (value instanceof Double x) {
            return List.of(EPSILON, DISCOVERY_EPSILON).contains(name)
                    ? ConsoleNumbers.upperBound(x)
                    : ConsoleNumbers.number(x);
        }
        return value.toString();
    }
}
