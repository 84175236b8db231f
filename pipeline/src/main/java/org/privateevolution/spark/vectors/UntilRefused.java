package org.privateevolution.spark.vectors;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.model.UndeclaredValueException;

/**
 * Makes a row of each record of a partition, up to the first record that is refused. In place of that record stands a
 * row of nulls with the reason last, and nothing follows it: Spark would retry and log an exception thrown in a task.
 */
public final class UntilRefused implements Iterator<Row> {

    /** Makes a row from a record. */
    public interface Step {

        /**
         * Fills in the values of a row.
         *
         * @throws UndeclaredValueException if the record does not fit its declaration
         */
        void fill(Row record, Object[] values);
    }

    private final Iterator<Row> records;
    private final int added;
    private final Step step;
    private boolean ended;

    /** @param added number of values that a row has more than its record; may be negative */
    public UntilRefused(Iterator<Row> records, int added, Step step) {
        this.records = records;
        this.added = added;
        this.step = step;
    }

    @Override
    public boolean hasNext() {
        return !ended && records.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row record = records.next();
        Object[] values = new Object[record.size() + added];
        try {
            step.fill(record, values);
        } catch (UndeclaredValueException | ModelException e) {
            ended = true;
            values = new Object[values.length];
            values[values.length - 1] = e.getMessage();
        }
        return RowFactory.create(values);
    }
}
