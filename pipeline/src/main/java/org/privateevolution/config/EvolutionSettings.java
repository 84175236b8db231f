package org.privateevolution.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.privateevolution.model.RunSpec;

/** The section with the schedule of populations and the rules that lead from one population to the next. */
final class EvolutionSettings extends Group<RunSpec> {

    /**
     * Far more votes than any amount of noise could pay for. The bound keeps a mistyped number from filling the memory.
     */
    private static final Whole<Integer> VOTES = Whole.between(1, 100_000);

    /** What is made where a configuration does not say how much; measured. */
    enum Usual {
        /** Texts and images cost money or time, so their number has no default. */
        NONE(0, 0),
        /** An estimate of a table, see docs/quality.md. */
        TABLE(1_000, 30),
        /** Clients with child tables, see docs/clients.md. */
        CLIENTS(1_500, 5);

        private final int candidates;
        private final int votes;

        Usual(int candidates, int votes) {
            this.candidates = candidates;
            this.votes = votes;
        }
    }

    private static final String NO_USE = "it has no effect with evolution.selection: estimate; remove it";

    // Canonical configurations have a schedule instead of these two settings.
    final Setting<Integer> samples = optional("samples", Whole.atLeast(1), null, spec -> null)
            .otherwise("`1000` for an estimate of a table, `1500` with `tabular.children`; otherwise this and"
                    + " `evolution.votes`, or `evolution.schedule`")
            .means("Samples of the initial population, and samples selected by each vote.");
    final Setting<Integer> votes = optional("votes", VOTES, null, spec -> null)
            .otherwise(
                    "`30` for an estimate of a table, `5` with `tabular.children`; otherwise with `evolution.samples`")
            .means("Number of votes, which is the number of private releases.");
    final Setting<List<Integer>> schedule = optional(
                    "schedule",
                    Listed.twoOrMore(Whole.atLeast(1), "the initial population and one for each vote"),
                    null,
                    spec -> spec.evolution().schedule())
            .free()
            .means("Samples of the initial population, then samples selected by each vote, where they differ.");
    final RuleSettings forAllVotes = RuleSettings.in(
            this,
            optional(
                            "selection",
                            Words.of(RunSpec.Selection.class),
                            null,
                            spec -> spec.evolution().estimates() ? RunSpec.Selection.ESTIMATE : null)
                    .otherwise("`estimate`, unless there is a key that an estimate does not use: `threshold` or"
                            + " `rules`; for a table also `variation_fold`, `keep_selected`,"
                            + " `initial_variation_fold`, `lookahead`, `tabular.mutation`, `tabular.generation` or"
                            + " `labels.fractions`. Then `sample`")
                    .means("`estimate`: one weighting of synthetic samples explains all releases so far, and"
                            + " candidates and results are drawn from it. For a table, marginals are released"
                            + " first; for texts and images, all samples made so far are weighted. `sample` draws"
                            + " survivors with replacement, in proportion to their noisy votes; `rank` takes those"
                            + " with the most."),
            spec -> spec.evolution().estimates() && !spec.estimatesTable()
                    ? spec.evolution().rules().get(0)
                    : null);
    final ListedRuleSettings rules = free(mountList(
            "rules",
            new ListedRuleSettings(),
            spec -> spec.evolution().estimates()
                    ? null
                    : stretches(spec.evolution().rules())));
    final Setting<Integer> initialVariationFold = value(
                    "initial_variation_fold",
                    Whole.atLeast(0),
                    0,
                    spec -> spec.estimatesTable() ? null : spec.evolution().initialVariationFold())
            .means("Variations of each initial sample that join the initial population.");
    final Setting<Integer> lookahead = value(
                    "lookahead",
                    Whole.atLeast(0),
                    0,
                    spec -> spec.estimatesTable() ? null : spec.evolution().lookahead())
            .means("Variations whose mean embedding stands for a candidate in a vote; 0 uses its own embedding.");
    final Setting<Boolean> lookaheadSelf = flag(
                    "lookahead_self",
                    false,
                    spec -> spec.evolution().lookahead() == 0
                            ? null
                            : spec.evolution().lookaheadSelf())
            .means("Whether the candidate's own embedding is part of that mean; only with a lookahead.");

    /** One rule, for a number of consecutive votes. */
    private record Stretch(int votes, RunSpec.PopulationRule rule) {}

    /** Merges consecutive equal rules. */
    private static List<Stretch> stretches(List<RunSpec.PopulationRule> rules) {
        List<Stretch> stretches = new ArrayList<>();
        int start = 0;
        for (int vote = 1; vote <= rules.size(); vote++) {
            if (vote == rules.size() || !rules.get(vote).equals(rules.get(start))) {
                stretches.add(new Stretch(vote - start, rules.get(start)));
                start = vote;
            }
        }
        return stretches;
    }

    /** One rule of a list of rules. */
    static final class ListedRuleSettings extends Group<Stretch> {

        final Setting<Integer> votes = optional("votes", VOTES, null, Stretch::votes)
                .otherwise("required, except in the last rule: the remaining votes")
                .means("Number of votes in a row that this rule covers. Rules replace `selection`, `threshold`,"
                        + " `variation_fold` and `keep_selected`.");
        final RuleSettings rule = RuleSettings.in(
                this,
                value(
                                "selection",
                                Words.of(RunSpec.Selection.ofOneVote()),
                                RunSpec.Selection.SAMPLE,
                                stretch -> stretch.rule().selection())
                        .means("How survivors are drawn: in proportion to their noisy votes with replacement, or the"
                                + " ones with the most."),
                Stretch::rule);
    }

    /**
     * @param labels null if the labels are wrong, which has been noted as a problem
     * @param usual the defaults of this kind of run; {@link Usual#TABLE} if it generates rows of a table
     * @param excluded whether another section has a setting with which a table has no estimate
     */
    RunSpec.Evolution read(Section section, RunSpec.Labels labels, Usual usual, boolean excluded) {
        boolean table = usual == Usual.TABLE;
        boolean estimate = section.has(forAllVotes.selection())
                ? section.get(forAllVotes.selection()) == RunSpec.Selection.ESTIMATE
                : !section.has(forAllVotes.threshold())
                        && !section.has(rules)
                        && !(table && (excluded || notOfAnEstimate().stream().anyMatch(section::has)));
        if (estimate) {
            section.refuse(forAllVotes.threshold(), NO_USE);
        }
        if (estimate && table) {
            refuseWhatAnEstimateOfATableDoesItself(section);
        }
        List<Integer> sizes = schedule(section, estimate ? usual : Usual.NONE);
        if (sizes != null && labels != null) {
            checkLabelsFit(section, sizes, labels.names().size());
        }
        List<Section> entries = section.openList(rules);
        List<RunSpec.PopulationRule> each =
                entries == null ? oneRule(section, sizes, estimate) : listedRules(section, entries, sizes);
        if (Integer.valueOf(0).equals(section.get(lookahead))) {
            section.refuse(lookaheadSelf, "it has no effect without evolution.lookahead: set that, or remove this");
        }
        return section.make(() -> new RunSpec.Evolution(
                sizes, each, section.get(initialVariationFold), section.get(lookahead), section.get(lookaheadSelf)));
    }

    private List<Integer> schedule(Section section, Usual usual) {
        if (section.has(schedule)) {
            String rule = "evolution.schedule is given, which already states samples and votes";
            section.refuse(samples, rule);
            section.refuse(votes, rule);
            return section.get(schedule);
        }
        boolean hasDefault = usual != Usual.NONE;
        if (!hasDefault) {
            String rule = "give evolution.samples and evolution.votes, or evolution.schedule";
            section.require(samples, rule);
            section.require(votes, rule);
        }
        Integer size = section.has(samples) || !hasDefault ? section.get(samples) : Integer.valueOf(usual.candidates);
        Integer count = section.has(votes) || !hasDefault ? section.get(votes) : Integer.valueOf(usual.votes);
        return size == null || count == null ? null : Collections.nCopies(count + 1, size);
    }

    private void refuseWhatAnEstimateOfATableDoesItself(Section section) {
        notOfAnEstimate().forEach(setting -> section.refuse(setting, NO_USE));
    }

    /** The settings of this section, other than thresholds and rules, with which a table has no estimate. */
    private List<Setting<?>> notOfAnEstimate() {
        return List.of(forAllVotes.variationFold(), forAllVotes.keepSelected(), initialVariationFold, lookahead);
    }

    private void checkLabelsFit(Section section, List<Integer> sizes, int labels) {
        int fewest = Collections.min(sizes);
        if (fewest < labels) {
            section.conflict(
                    section.has(schedule) ? schedule : samples,
                    fewest + " is not allowed: must be at least " + labels + ", a sample for each label");
        }
    }

    private List<RunSpec.PopulationRule> oneRule(Section section, List<Integer> sizes, boolean estimate) {
        RunSpec.Selection selected = estimate
                ? RunSpec.Selection.ESTIMATE
                : section.has(forAllVotes.selection())
                        ? section.get(forAllVotes.selection())
                        : RunSpec.Selection.SAMPLE;
        RunSpec.PopulationRule rule = forAllVotes.read(section, selected);
        return rule == null || sizes == null ? null : Collections.nCopies(sizes.size() - 1, rule);
    }

    private List<RunSpec.PopulationRule> listedRules(Section section, List<Section> entries, List<Integer> sizes) {
        for (Setting<?> setting : List.of(
                forAllVotes.selection(),
                forAllVotes.threshold(),
                forAllVotes.variationFold(),
                forAllVotes.keepSelected())) {
            section.refuse(setting, "evolution.rules is given: put it into its rules");
        }
        if (entries.isEmpty()) {
            section.problem(rules, "is empty: must have at least one rule");
        }
        List<RunSpec.PopulationRule> each = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            RunSpec.PopulationRule rule = rules.rule.read(entry, entry.get(rules.rule.selection()));
            Integer covered = votes(entry, i == entries.size() - 1, sizes, each.size());
            if (rule != null && covered != null) {
                each.addAll(Collections.nCopies(covered, rule));
            }
        }
        if (sizes != null && section.isSound(rules) && each.size() != sizes.size() - 1) {
            section.problem(
                    rules,
                    "cover " + each.size() + " votes, but there are " + (sizes.size() - 1)
                            + ": they must cover each once");
        }
        return each;
    }

    /**
     * Returns the number of votes that a rule covers. The last rule may omit the number, and then covers the remaining
     * votes.
     */
    private Integer votes(Section entry, boolean last, List<Integer> sizes, int covered) {
        if (entry.has(rules.votes)) {
            return entry.get(rules.votes);
        }
        if (!last) {
            entry.missing(rules.votes, "only the last rule may leave it out");
            return null;
        }
        if (sizes == null) {
            return null;
        }
        int left = sizes.size() - 1 - covered;
        if (left < 1) {
            entry.missing(rules.votes, "the rules before it already cover all " + (sizes.size() - 1) + " votes");
            return null;
        }
        return left;
    }
}
