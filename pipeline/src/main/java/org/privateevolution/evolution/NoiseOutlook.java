package org.privateevolution.evolution;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.model.Column;
import org.privateevolution.model.RunSpec;
import org.privateevolution.table.ColumnBins;

/**
 * Predicts from public numbers what a run can see through its noise: the average number of records where it counts,
 * compared with the noise of a count.
 *
 * @param place what is counted, in words
 * @param records average number of records per place
 * @param noise standard deviation of a place's count
 * @param mend what would make the outlook clear, in words; empty if it is clear already
 */
public record NoiseOutlook(String place, double records, double noise, Optional<String> mend) {

    /** From this ratio of records to noise on, the data follow the records closely. */
    private static final double CLEAR = 3;

    private static final double FAIR = 1;
    private static final double FAINT = 0.3;

    /**
     * Computes the outlook of a run.
     *
     * @param rows approximate number of private records
     */
    public static NoiseOutlook of(RunSpec spec, PrivacyPlan plan, double rows) {
        int labels = spec.labels().names().size();
        if (!plan.marginals().isEmpty()) {
            List<Column> all = spec.tabular().schema().columns();
            int columns = all.size();
            double cells = all.stream()
                    .mapToInt(
                            column -> ColumnBins.of(column, MarginalChoice.FINE).count())
                    .average()
                    .orElse(1);
            double noise = plan.marginals().get(0) * Math.sqrt(columns + (labels > 1 ? 1 : 0));
            return of(spec, "a cell of a column" + withinLabel(labels), rows / labels / cells, noise, rows);
        }
        int candidates = spec.evolution().schedule().get(0);
        return of(spec, "a candidate of a vote", rows / candidates, plan.votes().get(0), rows);
    }

    private static String withinLabel(int labels) {
        return labels > 1 ? " within a label" : "";
    }

    private static NoiseOutlook of(RunSpec spec, String place, double records, double noise, double rows) {
        double missing = FAIR * noise / records;
        if (missing <= 1) {
            return new NoiseOutlook(place, records, noise, Optional.empty());
        }
        OptionalDouble target = spec.privacy().epsilon();
        String instead = String.format(Locale.ROOT, "about %,.0f records", rows * missing);
        String more = target.isEmpty()
                ? instead
                : String.format(Locale.ROOT, "epsilon %.2g, or %s", target.getAsDouble() * missing, instead);
        return new NoiseOutlook(
                place,
                records,
                noise,
                Optional.of(String.format(
                        Locale.ROOT,
                        "%s, or fewer cells (labels, columns, candidates) by a factor of" + " %.1f%s",
                        more,
                        missing,
                        severalColumns(spec))));
    }

    private static String severalColumns(RunSpec spec) {
        int columns = spec.labels().columns().columns().size();
        return columns < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the %d label columns have %,d combinations: leave out those that cannot occur"
                                + " (labels.impossible), or make label columns feature columns",
                        columns,
                        spec.labels().names().size());
    }

    /** The outlook as a sentence. */
    public String sentence() {
        return String.format(
                        Locale.ROOT,
                        "%s has %s records on average, and its count has noise of +/-%s: %s.",
                        place,
                        number(records),
                        number(noise),
                        grade())
                + mend.map(words -> " To improve this: " + words + ".").orElse("");
    }

    private static String number(double value) {
        return value >= 10 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2g", value);
    }

    /** The outlook as one or a few words. */
    public String grade() {
        double ratio = records / noise;
        if (ratio >= CLEAR) {
            return "clear";
        }
        if (ratio >= FAIR) {
            return "fair";
        }
        return ratio >= FAINT ? "faint: broad shapes only" : "mostly noise";
    }
}
