package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;

/** Texts of a column, drawn at random. Empty ones are left out. */
final class SampledTexts {

    private static final long SAMPLE = 4;
    private static final long ORDER = 5;

    private SampledTexts() {}

    /**
     * Draws texts in random order.
     *
     * @param seed that of the table, so that a row's chances are those of its {@link EncodedRow}
     * @param rows of the table
     * @param most texts
     * @param part which rows texts are drawn from; serialisable
     */
    static List<String> of(Table table, String column, Seed seed, long rows, int most, Part part) {
        long start = seed.value();
        double share = Math.min(1, (most + 5 * Math.sqrt(most) + 20) * part.inverse() / Math.max(1, rows));
        List<String> names = List.of(column, table.rows().columns()[table.rows().columns().length - 1]);
        try {
            List<Drawn> drawn = new ArrayList<>(SelectedColumns.of(table.rows(), names)
                    .javaRDD()
                    .mapPartitionsWithIndex(
                            (partition, records) -> drawn(records, new Seed(start).derive(partition), share, part),
                            true)
                    .collect());
            drawn.sort(Comparator.comparingDouble(Drawn::order));
            return drawn.stream().limit(most).map(Drawn::text).toList();
        } catch (Exception e) {
            throw WrittenTable.unreadable(table.location(), e);
        }
    }

    /**
     * Which rows of a table.
     *
     * @param share of the rows
     * @param others all rows but these
     */
    record Part(double share, boolean others) implements Serializable {

        static final Part ALL = new Part(1, false);

        boolean holds(EncodedRow row) {
            return EncodedTable.isPart(row, share, others);
        }

        /** How many rows of the table there are for each of these. */
        double inverse() {
            return 1 / (others ? 1 - share : share);
        }
    }

    record Drawn(double order, String text) implements Serializable {}

    private static Iterator<Drawn> drawn(Iterator<Row> records, Seed seed, double share, Part part) {
        Predicate<EncodedRow> chosen = row -> row.uniform(SAMPLE) < share && part.holds(row);
        return new Iterator<>() {
            private long number;
            private Drawn next;

            @Override
            public boolean hasNext() {
                while (next == null && records.hasNext()) {
                    Row row = records.next();
                    if (!row.isNullAt(1)) {
                        throw new PrivateDataException(
                                PrivateDataException.Reason.RECORD, "a record is not sound: " + row.getString(1));
                    }
                    EncodedRow chances = new EncodedRow(
                            new double[0], 0, seed.derive(number++).value());
                    String text = row.isNullAt(0) ? "" : row.get(0).toString();
                    if (!text.isBlank() && chosen.test(chances)) {
                        next = new Drawn(chances.uniform(ORDER), text);
                    }
                }
                return next != null;
            }

            @Override
            public Drawn next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Drawn drawn = next;
                next = null;
                return drawn;
            }
        };
    }
}
