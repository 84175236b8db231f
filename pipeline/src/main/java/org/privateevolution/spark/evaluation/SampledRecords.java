package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;

/**
 * Draws records of a table at random and converts them on the executors. The random numbers of a row equal those of its
 * {@link EncodedRow}, so a record drawn here lies on the same side as there.
 */
final class SampledRecords {

    private static final long SAMPLE = 4;
    private static final long ORDER = 5;

    private SampledRecords() {}

    /** Converts the value of a column. */
    interface Content<T extends Serializable> extends Serializable {

        /** Converts a value; null leaves the record out. */
        T of(Object value);
    }

    /** Decides which records are drawn. */
    interface Choice extends Serializable {
        boolean isDrawn(Chances chances);
    }

    /** Draws each record of a part with the same probability. */
    record Share(double share, Part part) implements Choice {
        @Override
        public boolean isDrawn(Chances chances) {
            return chances.uniform(SAMPLE) < share && part.holds(chances);
        }
    }

    /** A record that was drawn. */
    record Drawn<T extends Serializable>(Chances chances, T content) implements Serializable {}

    /**
     * Where records are drawn from.
     *
     * @param seed seed of the table
     * @param client column of the client, if rows are set aside by client
     */
    record Origin(Table table, String column, long seed, Optional<String> client) {

        Origin(Table table, String column, long seed) {
            this(table, column, seed, Optional.empty());
        }
    }

    /**
     * Draws records of a part, in random order.
     *
     * @param rows number of rows in the part
     * @param most largest number of records to draw
     */
    static <T extends Serializable> List<Drawn<T>> sample(
            Origin origin, Part part, long rows, int most, Content<T> content) {
        double share = Math.min(1, (most + 5 * Math.sqrt(most) + 20) / Math.max(1, rows));
        List<Drawn<T>> drawn = new ArrayList<>(chosen(origin, new Share(share, part), content));
        drawn.sort(Comparator.comparingDouble(record -> record.chances().uniform(ORDER)));
        return drawn.subList(0, Math.min(most, drawn.size()));
    }

    /** All records that a choice selects. */
    static <T extends Serializable> List<Drawn<T>> chosen(Origin origin, Choice choice, Content<T> content) {
        List<String> names = new ArrayList<>(List.of(origin.column()));
        origin.client().ifPresent(names::add);
        Chances.Source source =
                new Chances.Source(origin.seed(), origin.client().isPresent() ? 1 : -1, false);
        Table table = origin.table();
        names.add(table.rows().columns()[table.rows().columns().length - 1]);
        try {
            return SelectedColumns.of(table.rows(), names)
                    .javaRDD()
                    .mapPartitionsWithIndex(
                            (partition, records) -> new Drawing<>(partition, records, source, choice, content), true)
                    .collect();
        } catch (Exception e) {
            throw WrittenTable.unreadable(table.location(), e);
        }
    }

    /** Draws from the records of a partition. */
    private static final class Drawing<T extends Serializable> implements Iterator<Drawn<T>> {

        private final int partition;
        private final Iterator<Row> records;
        private final Chances.Source source;
        private final Choice choice;
        private final Content<T> content;
        private long number;
        private Drawn<T> next;

        Drawing(int partition, Iterator<Row> records, Chances.Source source, Choice choice, Content<T> content) {
            this.partition = partition;
            this.records = records;
            this.source = source;
            this.choice = choice;
            this.content = content;
        }

        @Override
        public boolean hasNext() {
            while (next == null && records.hasNext()) {
                Row row = records.next();
                int problem = row.size() - 1;
                if (!row.isNullAt(problem)) {
                    throw new PrivateDataException("a record is not sound: " + row.getString(problem));
                }
                Chances chances = source.of(partition, number++, row);
                T made = choice.isDrawn(chances) && !row.isNullAt(0) ? content.of(row.get(0)) : null;
                next = made == null ? null : new Drawn<>(chances, made);
            }
            return next != null;
        }

        @Override
        public Drawn<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Drawn<T> drawn = next;
            next = null;
            return drawn;
        }
    }
}
