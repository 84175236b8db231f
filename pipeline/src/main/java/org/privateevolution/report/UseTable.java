package org.privateevolution.report;

import java.util.List;
import org.privateevolution.model.Evaluation.Use;

/** The scores of models trained on synthetic records, next to those of models trained on real ones. */
record UseTable(List<Use> use) {

    void write(Sheet sheet) {
        sheet.heading("Trained on synthetic, tested on real");
        DataTable.ofTexts(
                        "Scores on real rows that were held out",
                        List.of("Predicts", "Learner", "Score", "Synthetic", "Real", "No columns", "Kept"),
                        use.stream().map(UseTable::row).toList(),
                        3)
                .write(sheet);
        sheet.explain(Terms.LEARNT_SCORE, Terms.KEPT);
    }

    private static List<String> row(Use use) {
        return List.of(
                use.target(),
                use.learner(),
                use.score(),
                ReportNumbers.distance(use.synthetic()),
                ReportNumbers.distance(use.real()),
                use.baseline().isPresent()
                        ? ReportNumbers.distance(use.baseline().getAsDouble())
                        : "–",
                kept(use));
    }

    /** The share of the real rows' benefit that is kept; a dash if real rows have no benefit. */
    private static String kept(Use use) {
        if (use.baseline().isEmpty() || use.real() <= use.baseline().getAsDouble()) {
            return "–";
        }
        double baseline = use.baseline().getAsDouble();
        return ReportNumbers.percent((use.synthetic() - baseline) / (use.real() - baseline));
    }
}
