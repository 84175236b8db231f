package org.privateevolution.spark.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.privateevolution.evolution.Ancestry;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.report.RunReport.Lineage;
import org.privateevolution.report.RunReport.Step;

/** The ancestry of some published texts. */
public final class TextLineages {

    /** Number of published texts whose ancestry is examined, taken evenly from all over them. */
    private static final int LOOKED_AT = 60;

    private static final int SHOWN = 6;

    private TextLineages() {}

    /** Lineages with at least one ancestor that differs from the published text; empty if nothing was varied. */
    public static List<Lineage> of(RunSpec.Labels labels, IntFunction<Population> populations, int last) {
        List<Sample> ends = populations.apply(last).spread(LOOKED_AT);
        List<List<Optional<Sample>>> lines = Ancestry.of(populations, last, ends);
        List<Lineage> lineages = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<Step> steps = steps(lines.get(i));
            if (steps.size() > 1) {
                String label = labels.column().isEmpty()
                        ? ""
                        : labels.names().get(ends.get(i).label());
                lineages.add(new Lineage(label, steps));
            }
        }
        return spread(lineages);
    }

    /** One step per text: a sample that was kept over several iterations is shown where it first occurred. */
    private static List<Step> steps(List<Optional<Sample>> line) {
        List<Step> steps = new ArrayList<>();
        String before = null;
        for (int iteration = 0; iteration < line.size(); iteration++) {
            Optional<Sample> sample = line.get(iteration);
            if (sample.isPresent() && !sample.get().id().equals(before)) {
                steps.add(new Step(
                        iteration, sample.get().payload().text().orElseThrow().value()));
                before = sample.get().id();
            }
        }
        return steps;
    }

    /** Takes lineages at even distances, so that each label gets its share. */
    private static List<Lineage> spread(List<Lineage> lineages) {
        int shown = Math.min(SHOWN, lineages.size());
        List<Lineage> spread = new ArrayList<>(shown);
        for (int i = 0; i < shown; i++) {
            spread.add(lineages.get((int) ((long) i * lineages.size() / shown)));
        }
        return spread;
    }
}
