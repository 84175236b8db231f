package org.privateevolution.jobs;

import java.util.List;
import org.privateevolution.model.RunSpec;
import org.privateevolution.run.Guarantee;

/** What a run does and guarantees, in the few lines that matter before it starts. {@code --verbose} shows the rest. */
final class RunOutline {

    /** Stands at the end of an output that leaves figures out. */
    static final String MORE = "Add --verbose for all figures.";

    /** What is said of columns that nobody knows yet. */
    static final String DISCOVERED = "discovered by the run: memory, computing and quality depend on them";

    private RunOutline() {}

    /**
     * The outline as lines of a table.
     *
     * @throws org.privateevolution.privacy.PrivacyException if no noise gives the requested epsilon
     */
    static TextTable table(RunSpec run, RunCost cost) {
        TextTable table = new TextTable();
        int drawn = run.output().rows();
        if (drawn > 0) {
            String kind = run.modality().content().isPresent() ? " samples" : " rows";
            table.row("synthetic data", ConsoleNumbers.count(drawn) + kind);
        }
        table.row("votes", votes(cost))
                .row("generated", ConsoleNumbers.count(cost.samples()) + " samples, from which the votes choose");
        if (run.discovery().isPresent()) {
            table.row("columns", DISCOVERED);
        }
        PlanCommand.constraints(run).ifPresent(text -> table.row("constraints", text));
        return table.row("privacy", privacy(run));
    }

    private static String votes(RunCost cost) {
        List<Long> candidates =
                cost.votes().stream().map(RunCost.VoteCost::candidates).toList();
        String first = ConsoleNumbers.count(candidates.get(0));
        String number = ConsoleNumbers.count(candidates.size());
        if (candidates.stream().distinct().count() == 1) {
            return number + (candidates.size() == 1 ? ", on " : ", each on ") + first + " candidates";
        }
        return number + ", on " + first + " candidates in the first and "
                + ConsoleNumbers.count(candidates.get(candidates.size() - 1)) + " in the last";
    }

    private static String privacy(RunSpec run) {
        RunSpec.Privacy privacy = run.privacy();
        return "epsilon " + ConsoleNumbers.upperBound(PrivacyFigures.epsilon(run)) + " at delta "
                + ConsoleNumbers.number(privacy.delta()) + ", for "
                + Guarantee.hidden(privacy.unit(), run.privateData().clientColumn(), privacy.adjacency());
    }
}
