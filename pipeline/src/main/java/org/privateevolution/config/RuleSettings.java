package org.privateevolution.config;

import java.util.function.Function;
import org.privateevolution.model.RunSpec;

/**
 * The settings that lead from a vote to the next population. They stand in {@code evolution} itself, for all votes, and
 * in each of its listed rules.
 */
record RuleSettings(
        Setting<RunSpec.Selection> selection,
        Setting<Double> threshold,
        Setting<Integer> variationFold,
        Setting<Boolean> keepSelected) {

    /**
     * Declares the settings in a group; the caller has declared {@code selection}.
     *
     * @param rule returns null where canonical configurations omit the settings
     */
    static <R> RuleSettings in(
            Group<R> group, Setting<RunSpec.Selection> selection, Function<R, RunSpec.PopulationRule> rule) {
        return new RuleSettings(
                selection,
                group.optional(
                                "threshold",
                                Real.NOT_NEGATIVE,
                                null,
                                of(rule, known -> Absence.orNull(known.threshold())))
                        .otherwise("no threshold")
                        .means("Candidates with this many noisy votes or fewer do not survive; it is subtracted"
                                + " from the votes of the others."),
                // These settings are free where an estimate has one rule for all votes. Listed rules are free as a
                // whole.
                group.value("variation_fold", Whole.atLeast(0), 1, of(rule, RunSpec.PopulationRule::variationFold))
                        .free()
                        .means("Variations of each selected sample in the next population."),
                group.flag("keep_selected", false, of(rule, RunSpec.PopulationRule::keepSelected))
                        .free()
                        .means("Whether the selected samples themselves stay in the next population."));
    }

    private static <R, T> Function<R, T> of(
            Function<R, RunSpec.PopulationRule> rule, Function<RunSpec.PopulationRule, T> value) {
        return record -> {
            RunSpec.PopulationRule known = rule.apply(record);
            return known == null ? null : value.apply(known);
        };
    }

    /** @param selected null if the selection is wrong, which has been noted as a problem */
    RunSpec.PopulationRule read(Section section, RunSpec.Selection selected) {
        Integer fold = section.get(variationFold);
        if (fold != null && fold == 0 && Boolean.FALSE.equals(section.get(keepSelected))) {
            section.conflict(
                    variationFold, "0 is not allowed: with keep_selected: false the next population would be empty");
        }
        return section.isSound(threshold)
                        && section.isSound(variationFold)
                        && section.isSound(keepSelected)
                        && selected != null
                ? new RunSpec.PopulationRule(
                        selected, Absence.optional(section.get(threshold)), fold, section.get(keepSelected))
                : null;
    }
}
