package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Evaluation.Figure;

/** Whether the keys of clients agree, and whether they all differ, OUTSIDE the guarantee. */
record KeyFigures(JoinedClients joined, ClientFiles real) {

    /** @param notes receives a sentence on the rows and clients of each table */
    List<Figure> figures(ClientFiles synthetic, List<String> notes) {
        List<Figure> figures = new ArrayList<>();
        long clients = joined.size(synthetic);
        long repeated = joined.repeatedKeys(synthetic);
        // Real clients with a repeated key have been refused.
        figures.add(EvaluationMeasure.UNIQUE_KEYS.figure(
                "", 1 - share(repeated, clients), OptionalDouble.of(1), 0, OptionalDouble.empty()));
        if (repeated > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "WARNING: %,d of %,d synthetic clients have no key, or that of another client: their rows cannot be"
                            + " told apart.",
                    repeated,
                    clients));
        }
        for (int child = 0; child < joined.tables().children().size(); child++) {
            figures.add(integrity(synthetic, child, notes));
        }
        return figures;
    }

    private Figure integrity(ClientFiles synthetic, int child, List<String> notes) {
        ChildTable table = joined.tables().children().get(child);
        long rows = joined.size(synthetic, child);
        long owned = joined.belonging(synthetic, child);
        long realRows = joined.size(real, child);
        long realOwned = joined.belonging(real, child);
        long beyond = joined.beyondLimit(real, child);
        notes.add(String.format(
                Locale.ROOT,
                "Table '%s': %,d synthetic and %,d real rows.%s%s",
                table.name(),
                rows,
                realRows,
                rows == owned && realRows == realOwned
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d and %,d of them belong to no client, and are left out of all other figures.",
                                rows - owned,
                                realRows - realOwned),
                beyond == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d real clients have more rows than the %,d that count in a run; the figures compare"
                                        + " with all of their rows.",
                                beyond,
                                table.most())));
        return EvaluationMeasure.KEY_INTEGRITY.figure(
                table.name(),
                rows == 0 ? 1 : share(owned, rows),
                OptionalDouble.of(realRows == 0 ? 1 : share(realOwned, realRows)),
                0,
                OptionalDouble.empty());
    }

    private static double share(long part, long all) {
        return part / (double) Math.max(1, all);
    }
}
