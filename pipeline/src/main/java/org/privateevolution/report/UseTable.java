package org.privateevolution.report;

import java.util.List;
import org.privateevolution.model.Evaluation.Use;

/** What models attain that were trained on synthetic records, beside the same trained on real ones. */
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

    /** Where real rows add nothing, there is nothing to keep. */
    private static String kept(Use use) {
        if (use.baseline().isEmpty() || use.real() <= use.baseline().getAsDouble()) {
            return "–";
        }
        double baseline = use.baseline().getAsDouble();
        return ReportNumbers.percent((use.synthetic() - baseline) / (use.real() - baseline));
    }
}
