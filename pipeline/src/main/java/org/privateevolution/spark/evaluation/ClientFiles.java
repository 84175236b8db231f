package org.privateevolution.spark.evaluation;

import java.util.List;
import java.util.Optional;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;

/**
 * The tables of some clients.
 *
 * @param root one row per client or, if the rows of a child table are in the same table, one row per row of that
 * @param children rows of each child table, in the order of their declaration; empty for the one whose rows are in the
 *     root table
 */
public record ClientFiles(Table root, List<Optional<Table>> children) {

    public ClientFiles {
        children = List.copyOf(children);
    }

    /** The rows of a child table. */
    Table child(int index) {
        return children.get(index).orElse(root);
    }

    /** Whether the rows of a child table are in the root table. */
    boolean isWide() {
        return children.stream().anyMatch(Optional::isEmpty);
    }
}
