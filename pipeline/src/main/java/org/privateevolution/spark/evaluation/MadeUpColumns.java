package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.session.Columns;

/**
 * The made-up columns of a synthetic table, which are not compared.
 *
 * @param of which table they belong to, to put behind their names; empty if there is only one
 */
record MadeUpColumns(List<GeneratedColumn> columns, String of) {

    /** A sentence that names those that a synthetic table has; empty if it has none. */
    Optional<String> leftOut(List<String> inSynthetic) {
        List<String> made = columns.stream()
                .map(GeneratedColumn::name)
                .filter(inSynthetic::contains)
                .toList();
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of("Left out, since they are declared as made up, and nothing in them was learnt: "
                        + String.join(", ", made) + of + ".");
    }

    /** Says, in one sentence per column, whether values that must differ do differ. */
    List<String> uniqueness(Table table) {
        List<String> sentences = new ArrayList<>();
        columns.stream()
                .filter(column -> column.kind().unique() && table.names().contains(column.name()))
                .forEach(column -> sentences.add(uniqueness(table, column.name())));
        return sentences;
    }

    private String uniqueness(Table table, String name) {
        Row counts = table.rows()
                .agg(functions.count(functions.lit(1)), functions.count_distinct(Columns.named(name)))
                .head();
        long repeats = counts.getLong(0) - counts.getLong(1);
        return repeats == 0
                ? "The synthetic values of '" + name + "'" + of + " all differ, as they should."
                : String.format(
                        Locale.ROOT,
                        "WARNING: the synthetic values of '%s'%s should all differ, but %,d of %,d are missing or"
                                + " repeat another: do not join tables by this column.",
                        name,
                        of,
                        repeats,
                        counts.getLong(0));
    }
}
