package org.privateevolution.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.privateevolution.model.RunSpec;

/** Reads the schedule of populations and the rules that lead from one to the next. */
final class EvolutionReader {

    /** The keys of one rule, which stand directly in the section or in each entry of its list of rules. */
    private record RuleKeys(Key selection, Key threshold, Key variationFold, Key keepSelected) {}

    private static final RuleKeys FOR_ALL_VOTES = new RuleKeys(
            Key.EVOLUTION_SELECTION,
            Key.EVOLUTION_THRESHOLD,
            Key.EVOLUTION_VARIATION_FOLD,
            Key.EVOLUTION_KEEP_SELECTED);

    private static final Map<String, RunSpec.Selection> RULE_SELECTIONS =
            Map.of("sample", RunSpec.Selection.SAMPLE, "rank", RunSpec.Selection.RANK);

    private static final RuleKeys IN_A_LIST = new RuleKeys(
            Key.EVOLUTION_RULES_SELECTION,
            Key.EVOLUTION_RULES_THRESHOLD,
            Key.EVOLUTION_RULES_VARIATION_FOLD,
            Key.EVOLUTION_RULES_KEEP_SELECTED);

    private static final String RULES = "rules";
    private static final String ESTIMATE = "estimate";

    /** Far more than any noise could pay for; it keeps a mistyped number from filling the memory. */
    private static final int MAX_VOTES = 100_000;

    /** What an estimate of a table takes where the configuration says nothing: measured, see docs/quality.md. */
    private static final int DEFAULT_CANDIDATES = 1_000;

    private static final int DEFAULT_VOTES = 30;

    private static final String NO_USE = "evolution.selection is estimate: it has no use for it, so take it out";

    private final Section section;
    private final Problems problems;
    private final boolean table;
    private final boolean estimate;

    /** @param table whether the run makes rows of a table */
    EvolutionReader(Section section, Problems problems, boolean table) {
        this.section = section;
        this.problems = problems;
        this.table = table;
        this.estimate = section.has(Key.EVOLUTION_SELECTION)
                ? ESTIMATE.equals(section.text(Key.EVOLUTION_SELECTION))
                : table ? section.isEmpty() : !section.has(Key.EVOLUTION_THRESHOLD) && !section.hasGroup(RULES);
    }

    /** @param labels null if they are wrong, a problem already noted */
    RunSpec.Evolution read(RunSpec.Labels labels) {
        if (estimate) {
            section.refuse(Key.EVOLUTION_THRESHOLD, NO_USE);
        }
        if (estimate && table) {
            refuseWhatAnEstimateOfATableDoesItself();
        }
        List<Integer> schedule = schedule();
        if (schedule != null && labels != null) {
            checkLabelsFit(schedule, labels.names().size());
        }
        List<Section> entries = section.sections(RULES);
        List<RunSpec.PopulationRule> rules = entries == null ? oneRule(schedule) : listedRules(entries, schedule);
        Integer initialVariationFold = section.integer(Key.EVOLUTION_INITIAL_VARIATION_FOLD, 0, Integer.MAX_VALUE);
        Integer lookahead = section.integer(Key.EVOLUTION_LOOKAHEAD, 0, Integer.MAX_VALUE);
        if (lookahead != null && lookahead == 0) {
            section.refuse(
                    Key.EVOLUTION_LOOKAHEAD_SELF, "there is no lookahead: set evolution.lookahead, or take it out");
        }
        Boolean lookaheadSelf = section.flag(Key.EVOLUTION_LOOKAHEAD_SELF);
        return schedule == null
                        || rules == null
                        || initialVariationFold == null
                        || lookahead == null
                        || lookaheadSelf == null
                ? null
                : new RunSpec.Evolution(schedule, rules, initialVariationFold, lookahead, lookaheadSelf);
    }

    private List<Integer> schedule() {
        if (!section.has(Key.EVOLUTION_SCHEDULE)) {
            return constantSchedule();
        }
        String rule = "evolution.schedule is given: it says both the samples and the votes";
        section.refuse(Key.EVOLUTION_SAMPLES, rule);
        section.refuse(Key.EVOLUTION_VOTES, rule);
        List<Integer> schedule = section.integers(Key.EVOLUTION_SCHEDULE, 1, Integer.MAX_VALUE);
        if (schedule != null && schedule.size() < 2) {
            section.conflict(
                    Key.EVOLUTION_SCHEDULE,
                    "has length " + schedule.size()
                            + ": must have at least 2 entries, the initial population and one for each vote");
            return null;
        }
        return schedule == null ? null : List.copyOf(schedule);
    }

    private List<Integer> constantSchedule() {
        for (Key key : List.of(Key.EVOLUTION_SAMPLES, Key.EVOLUTION_VOTES)) {
            if (!section.has(key) && !hasDefaultSchedule()) {
                section.missing(key, "give evolution.samples and evolution.votes, or evolution.schedule");
            }
        }
        Integer samples = hasDefaultSchedule() && !section.has(Key.EVOLUTION_SAMPLES)
                ? Integer.valueOf(DEFAULT_CANDIDATES)
                : section.integer(Key.EVOLUTION_SAMPLES, 1, Integer.MAX_VALUE);
        Integer votes = hasDefaultSchedule() && !section.has(Key.EVOLUTION_VOTES)
                ? Integer.valueOf(DEFAULT_VOTES)
                : section.integer(Key.EVOLUTION_VOTES, 1, MAX_VOTES);
        return samples == null || votes == null ? null : Collections.nCopies(votes + 1, samples);
    }

    /** Texts and images cost money or time, so how many there are is for the configuration to say. */
    private boolean hasDefaultSchedule() {
        return estimate && table;
    }

    private void refuseWhatAnEstimateOfATableDoesItself() {
        for (Key key : List.of(
                Key.EVOLUTION_VARIATION_FOLD,
                Key.EVOLUTION_KEEP_SELECTED,
                Key.EVOLUTION_INITIAL_VARIATION_FOLD,
                Key.EVOLUTION_LOOKAHEAD)) {
            section.refuse(key, NO_USE);
        }
    }

    private void checkLabelsFit(List<Integer> schedule, int labels) {
        int fewest = Collections.min(schedule);
        if (fewest < labels) {
            section.conflict(
                    section.has(Key.EVOLUTION_SCHEDULE) ? Key.EVOLUTION_SCHEDULE : Key.EVOLUTION_SAMPLES,
                    fewest + " is not allowed: must be at least " + labels + ", a sample for each label");
        }
    }

    private List<RunSpec.PopulationRule> oneRule(List<Integer> schedule) {
        RunSpec.PopulationRule rule = rule(section, FOR_ALL_VOTES, estimate);
        return rule == null || schedule == null ? null : Collections.nCopies(schedule.size() - 1, rule);
    }

    private List<RunSpec.PopulationRule> listedRules(List<Section> entries, List<Integer> schedule) {
        int before = problems.count();
        String reason = "evolution.rules is given: put it into its rules";
        section.refuse(Key.EVOLUTION_SELECTION, reason);
        section.refuse(Key.EVOLUTION_THRESHOLD, reason);
        section.refuse(Key.EVOLUTION_VARIATION_FOLD, reason);
        section.refuse(Key.EVOLUTION_KEEP_SELECTED, reason);
        List<RunSpec.PopulationRule> rules = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            boolean last = i == entries.size() - 1;
            RunSpec.PopulationRule rule = rule(entry, IN_A_LIST, false);
            Integer votes = votes(entry, last, schedule, rules.size());
            if (rule != null && votes != null) {
                rules.addAll(Collections.nCopies(votes, rule));
            }
        }
        String path = Key.EVOLUTION_RULES_VOTES.path().replace("[].votes", "");
        if (entries.isEmpty()) {
            problems.add(path, "is empty: must have at least one rule");
        }
        if (schedule == null || problems.count() > before) {
            return null;
        }
        int votes = schedule.size() - 1;
        if (rules.size() != votes) {
            problems.add(
                    path, "cover " + rules.size() + " votes, but there are " + votes + ": they must cover each once");
            return null;
        }
        return List.copyOf(rules);
    }

    /** How many votes a rule covers; the last one may leave it open, and then covers those that are left. */
    private static Integer votes(Section entry, boolean last, List<Integer> schedule, int covered) {
        Key key = Key.EVOLUTION_RULES_VOTES;
        if (entry.has(key)) {
            return entry.integer(key, 1, MAX_VOTES);
        }
        if (!last) {
            entry.missing(key, "only the last rule may leave it out");
            return null;
        }
        if (schedule == null) {
            return null;
        }
        int left = schedule.size() - 1 - covered;
        if (left < 1) {
            entry.missing(key, "the rules before it already cover all " + (schedule.size() - 1) + " votes");
            return null;
        }
        return left;
    }

    private static RunSpec.PopulationRule rule(Section section, RuleKeys keys, boolean estimate) {
        RunSpec.Selection selection = estimate ? RunSpec.Selection.ESTIMATE : selection(section, keys);
        boolean threshold = section.has(keys.threshold());
        Double thresholdVotes = section.number(keys.threshold(), x -> x >= 0, "must be at least 0");
        Integer variationFold = section.integer(keys.variationFold(), 0, Integer.MAX_VALUE);
        Boolean keepSelected = section.flag(keys.keepSelected());
        if (selection == null
                || (threshold && thresholdVotes == null)
                || variationFold == null
                || keepSelected == null) {
            return null;
        }
        if (variationFold == 0 && !keepSelected) {
            section.conflict(
                    keys.variationFold(),
                    "0 is not allowed: with keep_selected: false the next population would be empty");
            return null;
        }
        return new RunSpec.PopulationRule(
                selection,
                threshold ? OptionalDouble.of(thresholdVotes) : OptionalDouble.empty(),
                variationFold,
                keepSelected);
    }

    private static RunSpec.Selection selection(Section section, RuleKeys keys) {
        return section.has(keys.selection())
                ? section.choice(keys.selection(), RULE_SELECTIONS)
                : RunSpec.Selection.SAMPLE;
    }
}
