package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.Optional;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.model.Column;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.GeneratedColumn;

/**
 * The options of an evaluation.
 *
 * @param targets columns to predict; if empty, the label or else the first of all columns are predicted
 * @param label column to predict if no targets are given; empty for none
 * @param mostTargets number of columns to predict if there are neither targets nor a label
 * @param sampleRows number of rows of each table that models learn from and distances are measured between
 * @param seed seed of all random draws
 * @param declared columns whose kind is declared; the kind of others is inferred from the real table
 * @param generated columns declared as made up, which are not compared
 * @param textColumn column that is compared as text; if empty, texts are inferred from the real table
 * @param client column that identifies the client of a real row, which is not compared; empty if rows have no clients
 * @param maker whom the advice addresses
 * @param constraints constraints that are declared; {@link Constraints#NONE} if there are none
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
        Maker maker,
        Constraints constraints) {
    public EvaluationRequest {
        targets = List.copyOf(targets);
        declared = List.copyOf(declared);
        generated = List.copyOf(generated);
    }

    /** The same request with other declared columns. */
    EvaluationRequest declaring(List<Column> columns) {
        return new EvaluationRequest(
                targets,
                label,
                mostTargets,
                sampleRows,
                seed,
                columns,
                generated,
                textColumn,
                client,
                maker,
                constraints);
    }

    /** A request for tables without made-up columns and constraints. */
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
        this(
                targets,
                label,
                mostTargets,
                sampleRows,
                seed,
                declared,
                List.of(),
                textColumn,
                client,
                maker,
                Constraints.NONE);
    }
}
