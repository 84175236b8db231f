package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.model.Seed;

/**
 * What chance decides of a row.
 *
 * @param draw a number of chance, another for each row
 * @param side one that decides on which side the row comes if some are set aside: all rows of a client have the same
 */
record Chances(long draw, long side) implements Serializable {

    private static final long CHOICE = 3;

    /** Those of a row that stands for itself. */
    static Chances alone(long draw) {
        return new Chances(draw, draw);
    }

    /** A number of chance from 0 (inclusive) to 1, another for each purpose. */
    double uniform(long purpose) {
        return uniform(draw, purpose);
    }

    /** A number from 0 (inclusive) to 1 that tells the side. */
    double choice() {
        return uniform(side, CHOICE);
    }

    private static double uniform(long value, long purpose) {
        return (new Seed(value).derive(purpose).value() >>> 11) * 0x1.0p-53;
    }

    /**
     * Tells the chances of the rows of a table, which are the same however often they are read.
     *
     * @param seed of the table
     * @param client where a row has its client; -1 if rows have none
     */
    record Source(long seed, int client) implements Serializable {

        /**
         * Those of a row. One without a client stands for itself.
         *
         * @param number of the row within its partition, from 0
         */
        Chances of(int partition, long number, Row row) {
            long draw = new Seed(seed).derive(partition).derive(number).value();
            return client < 0 || row.isNullAt(client)
                    ? alone(draw)
                    : new Chances(draw, Seed.mix(seed ^ hash(row.get(client))));
        }
    }

    /** A hash of the text of a value; 0 for a null. */
    static long hash(Object value) {
        String text = value == null ? "" : ComparedColumn.Categories.textOf(value);
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = Seed.mix(hash + text.charAt(i));
        }
        return hash;
    }
}
