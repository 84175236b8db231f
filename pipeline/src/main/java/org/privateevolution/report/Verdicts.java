package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Verdict;

/** Expresses verdicts in words. */
final class Verdicts {

    private Verdicts() {}

    /** One sentence about all figures that have a second real sample to compare with. */
    static String sentence(List<Figure> figures) {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.GOOD, Verdict.FAIR, Verdict.POOR)) {
            long count = figures.stream()
                    .filter(figure -> figure.verdict() == verdict)
                    .count();
            if (count > 0) {
                counts.add(ReportNumbers.count(count) + " " + word(verdict));
            }
        }
        return counts.isEmpty()
                ? "No figure could be judged: there is no second real sample."
                : "Verdicts, compared with a second real sample: " + String.join(", ", counts) + ".";
    }

    /** Writes a verdict as a word with a colour. */
    static void write(Markup markup, Verdict verdict) {
        markup.element(
                "span", word(verdict), "class", "verdict " + verdict.name().toLowerCase(Locale.ROOT));
    }

    private static String word(Verdict verdict) {
        return verdict == Verdict.UNJUDGED ? "not judged" : verdict.name().toLowerCase(Locale.ROOT);
    }
}
