package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;

/**
 * What a run's own released numbers say about the quality of its data, inside the guarantee.
 *
 * @param signal records compared with noise where the run counted; empty if no release gave the number of records
 * @param predictiveScore how much better than equal votes the last third of the votes was predicted, in nats per
 *     candidate
 * @param faintLabels labels whose records do not rise above the noise of their count
 */
public record QualityVerdict(Optional<NoiseOutlook> signal, double predictiveScore, List<String> faintLabels) {

    /** Metric: how much better than equal votes a vote was predicted, in nats per candidate. */
    public static final String SCORE = "predictive_score";
    /** Metric: number of records of a label, as estimated from the first marginals. */
    public static final String RECORDS = "estimated_records";
    /** Metric: standard deviation of {@link #RECORDS}. */
    public static final String RECORDS_NOISE = "estimated_records_noise";

    /** The records of a label must exceed this many standard deviations. */
    private static final double RISE = 3;

    private static final int LATE = 3;

    public QualityVerdict {
        faintLabels = List.copyOf(faintLabels);
    }

    /** Returns the verdict; empty if the metrics hold no scores. */
    public static Optional<QualityVerdict> of(RunSpec spec, PrivacyPlan plan, List<MetricValue> metrics) {
        List<Double> scores = values(metrics, SCORE);
        if (scores.isEmpty()) {
            return Optional.empty();
        }
        double late = scores.subList(scores.size() - (scores.size() + LATE - 1) / LATE, scores.size()).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        // An extended run also has the metrics of its earlier end.
        int newest = metrics.stream()
                .filter(metric -> metric.metric().equals(RECORDS))
                .mapToInt(MetricValue::iteration)
                .max()
                .orElse(0);
        List<MetricValue> last =
                metrics.stream().filter(metric -> metric.iteration() == newest).toList();
        double records =
                values(last, RECORDS).stream().mapToDouble(Double::doubleValue).sum();
        Optional<NoiseOutlook> signal =
                records > 0 ? Optional.of(NoiseOutlook.of(spec, plan, records)) : Optional.empty();
        return Optional.of(new QualityVerdict(signal, late, faintLabels(last)));
    }

    private static List<Double> values(List<MetricValue> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.metric().equals(name))
                .map(MetricValue::value)
                .toList();
    }

    private static List<String> faintLabels(List<MetricValue> metrics) {
        double noise = values(metrics, RECORDS_NOISE).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return metrics.stream()
                .filter(metric -> metric.metric().equals(RECORDS) && metric.value() < RISE * noise)
                .map(MetricValue::label)
                .toList();
    }

    /** The verdict for people, one sentence per entry. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        signal.ifPresent(seen -> sentences.add("Quality, judged by the released numbers: " + seen.sentence()));
        if (!faintLabels.isEmpty()) {
            sentences.add("Labels with too few records to be visible through the noise: "
                    + String.join(", ", faintLabels) + ". Rows of these labels are mostly noise.");
        }
        sentences.add(
                predictiveScore > 0
                        ? String.format(
                                Locale.ROOT,
                                "The estimate predicted the last votes better than equal votes would have, by"
                                        + " %.2g nats per candidate.",
                                predictiveScore)
                        : "The last votes added little: the estimate predicted them no better than equal votes would"
                                + " have. That is usual if the column counts already describe the data.");
        return sentences;
    }
}
