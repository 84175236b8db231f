package org.privateevolution.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.privateevolution.report.RunReport.StatedRelease;
import org.privateevolution.report.RunReport.Vote;

/**
 * The section on votes and privacy spending, vote by vote.
 *
 * @param estimated whether one estimate explains all releases, so that candidates are drawn and nothing is selected
 */
record CourseSection(List<Vote> votes, List<StatedRelease> releases, boolean estimated) implements Section {

    private static final Count CANDIDATES = new Count(Terms.CANDIDATES, Vote::candidates);
    private static final Count EFFECTIVE = new Count(Terms.EFFECTIVE, Vote::effectiveCandidates);
    private static final List<Count> OF_ESTIMATE = List.of(CANDIDATES, EFFECTIVE);
    private static final List<Count> OF_SELECTION = List.of(
            CANDIDATES,
            new Count(Terms.SURVIVORS, Vote::survivors),
            new Count(Terms.SELECTED, Vote::selected),
            EFFECTIVE);

    /** A number for each vote. */
    private record Count(Term term, ToDoubleFunction<Vote> of) {
        String text(Vote vote) {
            return ReportNumbers.count(of.applyAsDouble(vote));
        }
    }

    @Override
    public String id() {
        return "course";
    }

    @Override
    public String shortName() {
        return "Course";
    }

    @Override
    public String question() {
        return "How the run went";
    }

    @Override
    public void write(Sheet sheet) {
        if (votes.isEmpty()) {
            sheet.muted("No vote was cast: this is the initial population.");
            return;
        }
        sheet.paragraph(
                estimated
                        ? "One weighting of synthetic rows is fitted to all noisy marginals and votes;"
                                + " the candidates of each vote and the published rows are drawn from it."
                        : "Each vote asks the private data which candidates are nearest, adds noise, and keeps"
                                + " the survivors."
                                + " A number of effective candidates far below the number of survivors means that few"
                                + " candidates hold most of the votes.");
        List<Count> counts = estimated ? OF_ESTIMATE : OF_SELECTION;
        boolean bounded = releases.stream().allMatch(release -> Double.isFinite(release.epsilonSoFar()));
        sheet.markup().open("div", "class", "lines");
        for (Count count : counts) {
            List<Double> values = votes.stream().map(count.of()::applyAsDouble).toList();
            chart(sheet.markup(), count.term(), values, ReportNumbers::count);
        }
        if (bounded && !releases.isEmpty()) {
            List<Double> spent =
                    releases.stream().map(StatedRelease::epsilonSoFar).toList();
            chart(sheet.markup(), Terms.SPENT, spent, ReportNumbers::upward);
        }
        sheet.markup().close();
        sheet.explain(Stream.concat(counts.stream().map(Count::term), Stream.of(Terms.SPENT))
                .toList());
        table(counts).write(sheet);
    }

    private static void chart(Markup markup, Term term, List<Double> values, DoubleFunction<String> text) {
        new LineChart(term.name(), values, 0, text).draw(markup);
    }

    private DataTable table(List<Count> counts) {
        return DataTable.ofTexts(
                "Figures of each vote",
                Stream.concat(Stream.of("Vote"), counts.stream().map(count -> count.term()
                                .name()))
                        .toList(),
                votes.stream()
                        .map(vote -> Stream.concat(
                                        Stream.of(ReportNumbers.count((long) vote.iteration())),
                                        counts.stream().map(count -> count.text(vote)))
                                .toList())
                        .toList());
    }
}
