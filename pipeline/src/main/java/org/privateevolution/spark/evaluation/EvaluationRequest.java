package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Column;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.GeneratedColumn;

/**
 * What is asked of an evaluation.
 *
 * @param targets columns to predict; none for the label, or for the first of all columns
 * @param label column that is predicted if no targets are given; empty for none
 * @param mostTargets how many columns are predicted if there is neither
 * @param sampleRows rows of each table that models learn from and distances are measured between
 * @param declared columns whose kind is declared; others are inferred from the real table
 * @param generated columns that are declared as made up, which are not compared
 * @param textColumn column that is a text; empty for what the real table tells
 * @param client column that tells whose a real row is, which is not compared; empty if each row stands for itself
 * @param maker whom advice is for
 */
public record EvaluationRequest(
        List<String> targets,
        Optional<String> label,
        int mostTargets,
        int sampleRows,
        long seed,
        List<Column> declared,
        List<GeneratedColumn> generated,
        Optional<String> textColumn,
        Optional<String> client,
        Maker maker) {
    public EvaluationRequest {
        targets = List.copyOf(targets);
        declared = List.copyOf(declared);
        generated = List.copyOf(generated);
    }

    /** Of tables of which no column is made up. */
    public EvaluationRequest(
            List<String> targets,
            Optional<String> label,
            int mostTargets,
            int sampleRows,
            long seed,
            List<Column> declared,
            Optional<String> textColumn,
            Optional<String> client,
            Maker maker) {
        this(targets, label, mostTargets, sampleRows, seed, declared, List.of(), textColumn, client, maker);
    }
}
