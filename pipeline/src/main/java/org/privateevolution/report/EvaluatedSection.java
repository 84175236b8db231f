package org.privateevolution.report;

import java.util.List;
import java.util.Locale;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.ImagePair;
import org.privateevolution.model.Evaluation.Question;

/** The section with an evaluation's answer to one of its questions. */
record EvaluatedSection(Evaluation evaluation, Question asked) implements Section {

    @Override
    public String id() {
        return asked.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String shortName() {
        return switch (asked) {
            case FIDELITY -> "Fidelity";
            case CHILDREN -> "Child tables";
            case USE -> "Use";
            case DETECTION -> "Detection";
            case MEMORY -> "Memory";
        };
    }

    @Override
    public String question() {
        return switch (asked) {
            case FIDELITY -> "Are they distributed like real ones?";
            case CHILDREN -> "Are the rows of clients like those of real ones?";
            case USE -> "Do models learn from them what holds for real ones?";
            case DETECTION -> "Can a model tell them from real ones?";
            case MEMORY -> "Do they repeat real ones?";
        };
    }

    /** Whether the evaluation has an answer. */
    boolean isAnswered() {
        return !figures().isEmpty()
                || (asked == Question.FIDELITY
                        && (evaluation.correlations().isPresent()
                                || evaluation.marginals().isPresent()))
                || (asked == Question.USE && !evaluation.use().isEmpty());
    }

    @Override
    public void write(Sheet sheet) {
        if (!figures().isEmpty()) {
            new MeasuredFigures(figures()).write(sheet);
        }
        if (asked == Question.USE && !evaluation.use().isEmpty()) {
            new UseTable(evaluation.use()).write(sheet);
        }
        if (asked == Question.MEMORY) {
            sheet.muted("Differential privacy bounds what synthetic records can reveal about any real record; a"
                    + " figure on repetition"
                    + " does not, and a good one proves nothing. If one is bad, find out how the data"
                    + " were made.");
        }
        List<ImagePair> pairs = evaluation.pairs().stream()
                .filter(pair -> pair.question() == asked)
                .toList();
        if (!pairs.isEmpty()) {
            new ImagePairs(asked, pairs).write(sheet);
        }
        if (asked == Question.FIDELITY) {
            evaluation.correlations().ifPresent(correlations -> new Associations(correlations, "Real").write(sheet));
            evaluation.marginals().ifPresent(marginals -> {
                sheet.heading("Column by column");
                MarginalCards.write(sheet, marginals);
            });
        }
    }

    private List<Figure> figures() {
        return evaluation.figures().stream()
                .filter(figure -> figure.measure().question() == asked)
                .toList();
    }
}
