package org.privateevolution.evaluation.outside;

import java.util.Locale;
import java.util.OptionalDouble;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Measure;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Verdict;

/**
 * The figures of {@code pe evaluate}, with their meaning and how they are judged.
 *
 * <p>A figure is judged by how much worse it is than the figure of a second real sample. It is {@link Verdict#GOOD} up
 * to its tolerance or three standard deviations of the difference, whichever is more; {@link Verdict#FAIR} up to its
 * second tolerance or six standard deviations; otherwise {@link Verdict#POOR}. Differences up to the tolerance hardly
 * matter in practice; those beyond the second one do in some uses. Distances without a scale of their own have
 * tolerances relative to the attainable figure.
 */
public enum EvaluationMeasure {
    TVD_1WAY(
            Question.FIDELITY,
            "Single columns: total variation distance",
            "Share of the rows that would have to change for a column to be distributed as the real one; mean over the"
                    + " columns. 0 is equal, 1 is disjoint. Numbers are grouped into 20 bins.",
            false,
            0.02,
            0.08,
            "give the run a larger epsilon, or more records; declare narrower bounds and fewer categories"),
    TVD_2WAY(
            Question.FIDELITY,
            "Pairs of columns: total variation distance",
            "As for single columns, of each pair of columns jointly; mean over the pairs. 0 to 1, 0 is best.",
            false,
            0.04,
            0.12,
            "set evolution.selection: estimate, which counts pairs of columns, or give a larger epsilon"),
    TVD_3WAY(
            Question.FIDELITY,
            "Triples of columns: total variation distance",
            "As for single columns, of three columns jointly; mean over the triples. 0 to 1, 0 is best; a second real"
                    + " sample is rarely near 0, since most cells hold few rows.",
            false,
            0.06,
            0.18,
            "give a larger epsilon; leave out columns that nobody needs, to get less noise on the others"),
    KS(
            Question.FIDELITY,
            "Numbers: Kolmogorov-Smirnov distance",
            "Largest difference of the distribution functions, nulls left out; mean over the number columns. 0 to"
                    + " 1, 0 is"
                    + " best.",
            false,
            0.03,
            0.10,
            "declare bounds that are as narrow as the numbers allow, and the special values that many records share"),
    WASSERSTEIN(
            Question.FIDELITY,
            "Numbers: Wasserstein distance",
            "How far values would have to move to be distributed like the real ones, as a share of the range from the"
                    + " 5th to the 95th percentile of the real ones; mean over the number columns. 0 is best.",
            false,
            0.02,
            0.08,
            "declare narrower bounds, with out_of_range: clamp for the few values beyond them"),
    CORRELATION_DIFFERENCE(
            Question.FIDELITY,
            "Associations: mean absolute difference",
            "Mean difference of the entries of both association matrices: Pearson's correlation of numbers,"
                    + " Cramér's V of"
                    + " categories, correlation ratio of a number and a category. 0 to 2, 0 is best.",
            false,
            0.02,
            0.08,
            "set evolution.selection: estimate, or give a larger epsilon or more votes"),
    CATEGORY_COVERAGE(
            Question.FIDELITY,
            "Categories that occur",
            "Share of the real categories that occur in the synthetic data; mean over the category columns. 0 to"
                    + " 1, 1 is"
                    + " best.",
            true,
            0.05,
            0.20,
            "publish more rows (output.rows); declare rare categories together as one, for instance 'other'"),
    NEW_CATEGORIES(
            Question.FIDELITY,
            "Values that no real row has",
            "Share of the values of category columns that no real row has; mean over the columns. 0 to 1, 0 is best.",
            false,
            0.005,
            0.05,
            "declare categories as the data spells them; look for blanks and other codes"),
    RARE_COVERAGE(
            Question.FIDELITY,
            "Rare categories that occur",
            "Share of the real categories with less than 1 % of the rows that occur in the synthetic data. 0 to 1, 1 is"
                    + " best. The noise of a private run hides what only few records have.",
            true,
            0.10,
            0.40,
            "merge rare categories, or give a larger epsilon: what only few records have is hidden by design"),
    RARE_MASS(
            Question.FIDELITY,
            "Rare categories: difference of their share",
            "Difference of the shares that the categories with less than 1 % of the real rows have together; mean over"
                    + " the columns that have some. 0 to 1, 0 is best.",
            false,
            0.01,
            0.04,
            "merge rare categories; a surplus is noise that was spread over them"),
    NULL_DIFFERENCE(
            Question.FIDELITY,
            "Missing values: difference of their share",
            "Difference of the shares of nulls; mean over the columns. 0 to 1, 0 is best.",
            false,
            0.01,
            0.05,
            "declare columns with nulls as nullable: true, and others not"),
    RANGE_COVERAGE(
            Question.FIDELITY,
            "Numbers: share of the real range that is reached",
            "Share of the range from the least to the largest real number that synthetic numbers reach; mean over the"
                    + " number columns. 0 to 1, 1 is best. Single extreme records are hidden by design.",
            true,
            0.10,
            0.40,
            "publish more rows; the noise of a private run hides the extremes of single records"),
    CONSTRAINT_VIOLATIONS(
            Question.FIDELITY,
            "Constraints: rows that break one",
            "Share of the synthetic rows that break a declared constraint; mean over the constraints. Beside it the"
                    + " share of the real rows that do. 0 to 1, 0 is best.",
            false,
            0,
            0.01,
            "every row of a run obeys the constraints that it declares: declare them in tabular.constraints, and look"
                    + " for changes after the run"),
    KEY_INTEGRITY(
            Question.CHILDREN,
            "Rows that belong to a client",
            "Share of the rows of a child table whose key is that of a client. 0 to 1, 1 is best.",
            true,
            0,
            0.01,
            "every row of a run belongs to a client: look for changes after the run, or for tables of different runs"),
    UNIQUE_KEYS(
            Question.CHILDREN,
            "Clients with a key of their own",
            "Share of the clients whose key is there and differs from that of all clients before. 0 to 1, 1 is best.",
            true,
            0,
            0.01,
            "every client of a run has a key of its own: look for changes after the run, or for tables of several"
                    + " runs that were put together"),
    ROWS_PER_CLIENT(
            Question.CHILDREN,
            "Rows per client: total variation distance",
            "Share of the clients that would have to have another number of rows for the numbers to be distributed as"
                    + " the real ones. Large numbers share cells, 20 at most. 0 to 1, 0 is best.",
            false,
            0.02,
            0.08,
            "declare a limit (tabular.children[].rows) that most clients do not reach, or give a larger epsilon"),
    CHILD_1WAY(
            Question.CHILDREN,
            "Columns of rows: total variation distance",
            "As for single columns, over all rows of a child table; mean over its columns. 0 to 1, 0 is best.",
            false,
            0.02,
            0.08,
            "give a larger epsilon, or declare narrower bounds and fewer categories"),
    CHILD_2WAY(
            Question.CHILDREN,
            "Pairs of columns of rows: total variation distance",
            "As for pairs of columns, over all rows of a child table; mean over its pairs. 0 to 1, 0 is best.",
            false,
            0.04,
            0.12,
            "give a larger epsilon, or leave out columns that nobody needs"),
    ROOT_CHILD_2WAY(
            Question.CHILDREN,
            "Column of the client and column of a row: total variation distance",
            "As for pairs of columns, of a column of the client and one of the row, over all rows of a child table;"
                    + " mean over these pairs. 0 to 1, 0 is best.",
            false,
            0.04,
            0.12,
            "give a larger epsilon, or leave out columns that nobody needs"),
    SUCCESSIVE_2WAY(
            Question.CHILDREN,
            "Two rows of a client: total variation distance",
            "As for pairs of columns, of a column in a row and the same in the client's row before, or in another of"
                    + " its rows if they have no order; of the column that orders rows, with the step from the row"
                    + " before. Mean over the columns. 0 to 1, 0 is best.",
            false,
            0.04,
            0.12,
            "declare tabular.children[].order only if the order is what you need; give a larger epsilon, or fewer"
                    + " columns"),
    USE_AUC(
            Question.USE,
            "Predicting categories: AUC",
            "Area under the ROC curve, each class against the rest, on real rows that were held out, of a model"
                    + " trained on"
                    + " synthetic rows; beside it the same trained on real rows. 0.5 is chance, 1 is best.",
            true,
            0.03,
            0.10,
            "make the target the label of the run (labels.column), set evolution.selection: estimate, or give a larger"
                    + " epsilon"),
    USE_F1(
            Question.USE,
            "Predicting categories: macro F1",
            "Mean over the classes of the harmonic mean of precision and recall, on real rows that were held out, of a"
                    + " model trained on synthetic rows. 0 to 1, 1 is best.",
            true,
            0.04,
            0.12,
            "make the target the label of the run (labels.column), set evolution.selection: estimate, or give a larger"
                    + " epsilon"),
    USE_R2(
            Question.USE,
            "Predicting numbers: R2",
            "Share of the variance of held-out real numbers that a model trained on synthetic rows explains. 1 is best,"
                    + " 0 is the mean alone, less is worse than that.",
            true,
            0.05,
            0.15,
            "set evolution.selection: estimate, declare narrower bounds for the target, or give a larger epsilon"),
    DETECTION_AUC(
            Question.DETECTION,
            "Telling synthetic from real rows: AUC",
            "How well a random forest that was trained to do so tells synthetic rows from real ones, on rows it has not"
                    + " seen. 0.5 means never better than chance, 1 means always.",
            false,
            0.05,
            0.20,
            "look at the columns and pairs with the largest distances; rules between columns that real rows"
                    + " always obey give"
                    + " synthetic ones away"),
    IDENTICAL_TRAINING(
            Question.MEMORY,
            "Synthetic records identical to a real one",
            "Share of the synthetic records that equal a real one: rows in all compared columns, images in every"
                    + " pixel. 0"
                    + " to 1. It is a sign of copying only if it is larger than the share of held-out records"
                    + " that equal a real one.",
            false,
            0.005,
            0.05,
            "compare with identical_holdout: about as many there mean that common combinations repeat, which is"
                    + " harmless; far fewer mean that real records were copied, so find out how the data was made"),
    IDENTICAL_HOLDOUT(
            Question.MEMORY,
            "Synthetic records identical to a held-out one",
            "Share of the synthetic records that equal a held-out one, which the synthetic data was not made"
                    + " from. 0 to"
                    + " 1; beside it the share of the real ones that do.",
            false,
            0.005,
            0.05,
            "compare with identical_training: about as many there mean that common combinations repeat, which is"
                    + " harmless; far fewer there mean that the held-out records were used after all"),
    NEARER_TRAINING(
            Question.MEMORY,
            "Synthetic records nearer to real than to held-out ones",
            "Share of the synthetic records whose closest record is a real rather than a held-out one, of equally"
                    + " many of"
                    + " both; ties count half. About 0.5 if nothing was memorised, 1 if all was.",
            false,
            0.03,
            0.10,
            "they lie closer to the records they were made from than to other real records. The guarantee allows"
                    + " a small difference; if it is large, find out how the data was made"),
    DCR_P5(
            Question.MEMORY,
            "Distance to the closest real record, 5th percentile",
            "Distance that all but 5 % of the synthetic records keep from their closest real one. Of rows,"
                    + " numbers count in"
                    + " standard deviations, a different category as 1; of images, it is the distance of their"
                    + " embeddings."
                    + " Beside it the distance that the same records keep from as many held-out ones.",
            true,
            0.15,
            0.50,
            "some lie closer to the records they were made from than to other real records. The guarantee allows"
                    + " a small difference; if it is large, find out how the data was made"),
    DCR_MEDIAN(
            Question.MEMORY,
            "Distance to the closest real record, median",
            "Half of the synthetic records are closer to a real one than this. Beside it their"
                    + " distance to as many held-out ones.",
            true,
            0.15,
            0.50,
            "they lie closer to the records they were made from than to other real records. The guarantee allows"
                    + " a small difference; if it is large, find out how the data was made"),
    DCR_RATIO(
            Question.MEMORY,
            "Nearest neighbour distance ratio, median",
            "Distance to the closest real record over that to the second closest. 0 to 1; near 0 where single"
                    + " records are"
                    + " singled out. Beside it that of the same records among as many held-out ones.",
            true,
            0.05,
            0.20,
            "single records are followed closely. The guarantee allows a small difference; if it is large, find out"
                    + " how the data was made"),
    TEXT_LENGTH(
            Question.FIDELITY,
            "Texts: difference of lengths",
            "By how many words the lengths of texts would have to change, on average, to be distributed like the"
                    + " real ones,"
                    + " over the"
                    + " mean length of the real ones. 0 is best.",
            false,
            0.05,
            0.25,
            "set text.generator.target_length, or ask for a length in the prompts"),
    TEXT_DISTINCT(
            Question.FIDELITY,
            "Texts: distinct pairs of words",
            "Number of different runs of two words per run of two words. 0 to 1; low where texts repeat each other.",
            true,
            0.05,
            0.20,
            "raise the temperature of the model, and vary the prompts"),
    TEXT_NGRAMS(
            Question.FIDELITY,
            "Texts: distance of pairs of words",
            "Total variation distance of the runs of two words. 0 to 1, 0 is best; a second real sample is far from 0.",
            false,
            0.05,
            0.20,
            "put the words of the field into the prompts, or take a public corpus that is nearer to it"),
    MAUVE(
            Question.FIDELITY,
            "Overlap of clusters of embeddings (MAUVE)",
            "How well the clusters of real and synthetic embeddings overlap. 0 to 1, 1 is best.",
            true,
            0.10,
            0.35,
            "use more votes, more variations per vote, or a generator or prompt that is nearer to the private data"),
    FID(
            Question.FIDELITY,
            "Frechet distance of embeddings",
            "Distance of two normal distributions that have the means and covariances of the embeddings. 0 is"
                    + " best; it grows"
                    + " as samples shrink.",
            false,
            0.50,
            3.00,
            "use more votes, more variations per vote, or a generator that is nearer to the private data"),
    PRECISION(
            Question.FIDELITY,
            "Precision of embeddings",
            "Share of the synthetic records that lie where real ones do. 0 to 1, 1 is best.",
            true,
            0.05,
            0.25,
            "raise the threshold of votes, so that candidates without real votes are not kept"),
    RECALL(
            Question.FIDELITY,
            "Recall of embeddings",
            "Share of the real records that lie where synthetic ones do. 0 to 1, 1 is best.",
            true,
            0.05,
            0.25,
            "generate more varied samples, or use more votes; the noise of a private run hides rare kinds");

    private static final String ASK =
            "look at the columns and pairs that differ most, and report them to whoever made the data";

    private static final String ASK_OF_EMBEDDINGS =
            "compare some of both by eye, and report what is missing or wrong to whoever made the data";

    private static final double GOOD_DEVIATIONS = 3;
    private static final double FAIR_DEVIATIONS = 6;

    private final Measure measure;
    private final double good;
    private final double fair;
    private final String advice;

    EvaluationMeasure(
            Question question,
            String title,
            String meaning,
            boolean higherIsBetter,
            double good,
            double fair,
            String advice) {
        this.measure = new Measure(name().toLowerCase(Locale.ROOT), question, title, meaning, higherIsBetter);
        this.good = good;
        this.fair = fair;
        this.advice = advice;
    }

    public Measure measure() {
        return measure;
    }

    /** Whether the tolerances are relative to the attainable figure. */
    public boolean isRelative() {
        return this == DCR_P5 || this == DCR_MEDIAN || this == FID;
    }

    /** How much worse than attainable is still good. */
    public double good() {
        return good;
    }

    /** How much worse than attainable is still fair. */
    public double fair() {
        return fair;
    }

    /** The figure with advice that the maker of the data can follow, if there is any. */
    public static Figure advised(Figure figure, Maker maker) {
        return figure.advice().isEmpty()
                ? figure
                : figure.advising(
                        valueOf(figure.measure().key().toUpperCase(Locale.ROOT)).advice(maker));
    }

    /** What to do about a bad figure. */
    String advice(Maker maker) {
        boolean configured = measure.question() == Question.FIDELITY
                || measure.question() == Question.CHILDREN
                || measure.question() == Question.USE;
        return switch (maker) {
            case OTHER -> configured ? isOfEmbeddings() ? ASK_OF_EMBEDDINGS : ASK : advice;
            case VOTING_RUN -> advice;
            case ESTIMATING_RUN -> ofEstimatingRun();
        };
    }

    private boolean isOfEmbeddings() {
        return this == MAUVE || this == FID || this == PRECISION || this == RECALL;
    }

    /** Advice for a run with an estimate, which counts pairs already. */
    private String ofEstimatingRun() {
        return switch (this) {
            case TVD_2WAY -> "give a larger epsilon, or leave out columns that nobody needs";
            case CORRELATION_DIFFERENCE -> "give a larger epsilon or more votes";
            case USE_AUC, USE_F1 -> "make the target the label of the run (labels.column), or give a larger epsilon";
            case USE_R2 -> "declare narrower bounds for the target, or give a larger epsilon";
            default -> advice;
        };
    }

    /**
     * A figure outside the guarantee, with its verdict.
     *
     * @param subject column or target; empty for all
     * @param attainable the figure of a second real sample; empty if there is none
     * @param spread standard deviation of the difference between the figures of two real samples; 0 if unknown
     * @param error standard error of the figure; empty if it was not sampled
     */
    public Figure figure(String subject, double value, OptionalDouble attainable, double spread, OptionalDouble error) {
        return figure(subject, value, value, attainable, spread, error);
    }

    /**
     * A figure outside the guarantee whose verdict is taken from another value.
     *
     * @param judged the figure of as many synthetic rows as the second real sample has
     */
    public Figure figure(
            String subject,
            double value,
            double judged,
            OptionalDouble attainable,
            double spread,
            OptionalDouble error) {
        Verdict verdict = attainable.isPresent()
                ? verdict(judged, attainable.getAsDouble(), Double.isFinite(spread) ? spread : 0)
                : Verdict.UNJUDGED;
        boolean bad = verdict == Verdict.FAIR || verdict == Verdict.POOR;
        return new Figure(measure, subject, value, attainable, error, verdict, bad ? advice : "", false);
    }

    /** A figure outside the guarantee that cannot be judged. */
    public Figure unjudged(String subject, double value, OptionalDouble attainable, OptionalDouble error) {
        return new Figure(measure, subject, value, attainable, error, Verdict.UNJUDGED, "", false);
    }

    private Verdict verdict(double value, double attainable, double spread) {
        double worse = measure.higherIsBetter() ? attainable - value : value - attainable;
        double unit = isRelative() ? Math.abs(attainable) : 1;
        if (worse <= Math.max(good * unit, GOOD_DEVIATIONS * spread)) {
            return Verdict.GOOD;
        }
        return worse <= Math.max(fair * unit, FAIR_DEVIATIONS * spread) ? Verdict.FAIR : Verdict.POOR;
    }
}
