package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.privateevolution.spark.parsing.ReadAhead;

/**
 * Passes on private records up to the first that cannot be read. In place of that record comes a row that holds only
 * the reason, in its last column, and nothing follows it. An exception thrown in a task would be retried and logged,
 * and the exceptions of Spark's readers and casts quote the offending text.
 */
public final class SoundRecords implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final int columns;

    /**
     * @param source names the data in messages
     * @param columns number of columns; the last one says what is wrong with a record
     */
    SoundRecords(String source, int columns) {
        this.source = source;
        this.columns = columns;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Checked(rows);
    }

    private final class Checked extends ReadAhead<Row> {
        private final Iterator<Row> rows;

        Checked(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        protected Row read() {
            try {
                if (!rows.hasNext()) {
                    return null;
                }
                Row row = rows.next();
                return row.isNullAt(columns - 1)
                        ? row
                        : refused("a private record of " + source + " is not sound: " + row.getString(columns - 1));
            } catch (Exception e) {
                if (retries(e)) {
                    throw e;
                }
                return refused("cannot read " + source + ": " + UnreadableReason.of(e));
            }
        }

        private Row refused(String problem) {
            Object[] values = new Object[columns];
            values[columns - 1] = problem;
            return last(RowFactory.create(values));
        }
    }

    /** Whether Spark must see the failure, because it stops the task or because a retry may help. */
    private static boolean retries(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof InterruptedException
                    || cause instanceof TaskKilledException
                    || cause instanceof FetchFailedException) {
                return true;
            }
        }
        return false;
    }
}
