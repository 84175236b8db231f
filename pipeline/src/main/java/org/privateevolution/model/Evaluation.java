package org.privateevolution.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of {@code pe evaluate}: how good synthetic data are, compared with what a second real sample attains. The
 * comparison uses real records, so it lies OUTSIDE the guarantee, except for figures that are marked as inside.
 *
 * @param rows numbers of compared records
 * @param figures in the order in which people should read them
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

    /** The question that a figure answers. */
    public enum Question {
        /** Are the synthetic records distributed like the real ones? */
        FIDELITY,
        /** Are the rows of clients in child tables like real ones, and do keys agree? */
        CHILDREN,
        /** Do models that are trained on synthetic records work on real ones? */
        USE,
        /** Can a classifier tell synthetic records from real ones? */
        DETECTION,
        /** Do synthetic records repeat real ones? */
        MEMORY
    }

    /** The maker of the synthetic records, as far as advice depends on it. */
    public enum Maker {
        /** Any other program, or an unknown one. */
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
        /** There is nothing to compare the figure with. */
        UNJUDGED
    }

    /**
     * Numbers of compared records.
     *
     * @param holdout real records that had no part in making the synthetic data
     */
    public record Rows(long real, long holdout, long synthetic) {}

    /**
     * A kind of figure.
     *
     * @param key stable name in JSON and CSV, for instance {@code tvd_2way}
     * @param title name for people
     * @param meaning one or two sentences: what is measured, the range, and which end is good
     */
    public record Measure(String key, Question question, String title, String meaning, boolean higherIsBetter) {
        public Measure {
            if (key.isBlank() || title.isBlank() || meaning.isBlank()) {
                throw new IllegalArgumentException("a measure needs a key, a title and a meaning");
            }
        }
    }

    /**
     * A measured figure.
     *
     * @param subject the column, label, target, constraint or child table that the figure concerns; empty if it
     *     concerns all of the data
     * @param attainable value of the same figure for a second real sample in place of the synthetic data
     * @param error standard error, if the figure was estimated from a sample of the records
     * @param advice what to do about a bad verdict; empty if there is nothing to do
     * @param insideGuarantee whether the figure follows from released data alone
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

        /** Returns this figure as that of another measure or subject. */
        public Figure as(Measure other, String otherSubject) {
            return new Figure(other, otherSubject, value, attainable, error, verdict, advice, insideGuarantee);
        }

        /** Returns this figure with another advice. */
        public Figure advising(String other) {
            return new Figure(measure, subject, value, attainable, error, verdict, other, insideGuarantee);
        }
    }

    /**
     * Associations between columns as matrices of values from -1 to 1, with 1 on the diagonal.
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
     * Scores of models that were tested on held-out real records.
     *
     * @param target column that the models predict
     * @param learner for instance {@code random forest}
     * @param score for instance {@code accuracy}, {@code F1}, {@code AUC} or {@code R2}
     * @param synthetic score of the model that was trained on synthetic records
     * @param real score of the same model trained on as many real records
     * @param baseline score of a model that ignores all columns; empty if it has none
     */
    public record Use(
            String target, String learner, String score, double synthetic, double real, OptionalDouble baseline) {}

    /**
     * A real image and a nearby synthetic one.
     *
     * @param question the question that the pair helps to answer
     * @param real encoded as PNG
     * @param synthetic encoded as PNG
     * @param distance between their embeddings
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record ImagePair(Question question, byte[] real, byte[] synthetic, double distance) {}
}
