package org.privateevolution.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good synthetic data are, beside what a second real sample attains: the answer of {@code pe evaluate}. It compares with
 * real records, so it lies OUTSIDE the guarantee but for the figures that say otherwise.
 *
 * @param rows how many records were compared
 * @param figures in the order in which they should be read
 * @param correlations empty if there are fewer than two columns
 * @param use empty if nothing could be learnt
 * @param marginals of a table
 * @param pairs some real images beside synthetic ones
 * @param notes sentences on what was sampled, left out or could not be measured
 */
public record Evaluation(
        Rows rows,
        List<Figure> figures,
        Optional<Correlations> correlations,
        List<Use> use,
        Optional<MarginalComparison> marginals,
        List<ImagePair> pairs,
        List<String> notes) {

    public Evaluation {
        figures = List.copyOf(figures);
        use = List.copyOf(use);
        pairs = List.copyOf(pairs);
        notes = List.copyOf(notes);
    }

    /** What a figure answers. */
    public enum Question {
        /** Are the synthetic records distributed as the real ones are? */
        FIDELITY,
        /** Does what is learnt from synthetic records hold for real ones? */
        USE,
        /** Can a classifier tell synthetic records from real ones? */
        DETECTION,
        /** Do synthetic records repeat real ones? */
        MEMORY
    }

    /** Who made the synthetic records, as far as advice depends on it. */
    public enum Maker {
        /** Any other program, or one that is not known. */
        OTHER,
        /** A run of this product that selects by votes. */
        VOTING_RUN,
        /** A run of this product whose selection is {@code estimate}. */
        ESTIMATING_RUN
    }

    /** How a figure compares with what a second real sample attains. */
    public enum Verdict {
        GOOD,
        FAIR,
        POOR,
        /** There is nothing to compare it with. */
        UNJUDGED
    }

    /**
     * How many records were compared.
     *
     * @param holdout real records that the synthetic data were not made from
     */
    public record Rows(long real, long holdout, long synthetic) {}

    /**
     * One kind of figure.
     *
     * @param key stable name in JSON and CSV, for instance {@code tvd_2way}
     * @param title for people
     * @param meaning what it is, its range, and which end is good, in a sentence or two
     */
    public record Measure(String key, Question question, String title, String meaning, boolean higherIsBetter) {
        public Measure {
            if (key.isBlank() || title.isBlank() || meaning.isBlank()) {
                throw new IllegalArgumentException("a measure needs a key, a title and a meaning");
            }
        }
    }

    /**
     * One measured figure.
     *
     * @param subject column, label or target that it is about; empty if it is about all of the data
     * @param attainable what a second real sample attains in place of the synthetic data
     * @param error standard error, where the figure was estimated from a sample of the records
     * @param advice what to do about a bad verdict; empty if there is nothing to do
     * @param insideGuarantee whether it follows from released data alone
     */
    public record Figure(
            Measure measure,
            String subject,
            double value,
            OptionalDouble attainable,
            OptionalDouble error,
            Verdict verdict,
            String advice,
            boolean insideGuarantee) {
        public Figure {
            Objects.requireNonNull(subject, "subject");
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("figure " + measure.key() + " of '" + subject + "' is not a number");
            }
        }

        /** The same with another advice. */
        public Figure advising(String other) {
            return new Figure(measure, subject, value, attainable, error, verdict, other, insideGuarantee);
        }
    }

    /**
     * Associations of columns, -1 to 1, row by row; 1 on the diagonal.
     *
     * @param columns names, in the order of rows and columns
     */
    public record Correlations(List<String> columns, List<List<Double>> real, List<List<Double>> synthetic) {
        public Correlations {
            columns = List.copyOf(columns);
            real = real.stream().map(List::copyOf).toList();
            synthetic = synthetic.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A model that was trained on synthetic records and tested on real ones that were held out.
     *
     * @param target column that it predicts
     * @param learner for instance {@code random forest}
     * @param score for instance {@code accuracy}, {@code F1}, {@code AUC} or {@code R2}
     * @param synthetic of the model trained on synthetic records
     * @param real of the same trained on as many real records
     * @param baseline of a model that ignores all columns; empty where it has no score
     */
    public record Use(
            String target, String learner, String score, double synthetic, double real, OptionalDouble baseline) {}

    /**
     * A real image and a synthetic one that lies near it.
     *
     * @param question that it helps to answer
     * @param real encoded as PNG
     * @param synthetic encoded as PNG
     * @param distance of their embeddings
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record ImagePair(Question question, byte[] real, byte[] synthetic, double distance) {}
}
