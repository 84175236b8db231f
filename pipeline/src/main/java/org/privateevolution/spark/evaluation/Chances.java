package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.model.Seed;

/**
 * The random numbers that belong to a row.
 *
 * @param draw random number, different for each row
 * @param side random number that decides the side of the row if rows are set aside; equal for all rows of a client
 */
record Chances(long draw, long side) implements Serializable {

    private static final long CHOICE = 3;

    /** The random numbers of a row that belongs to no client. */
    static Chances alone(long draw) {
        return new Chances(draw, draw);
    }

    /** A random number from 0 (inclusive) to 1 (exclusive), independent for each purpose. */
    double uniform(long purpose) {
        return uniform(draw, purpose);
    }

    /** A random number from 0 (inclusive) to 1 (exclusive) that decides the side. */
    double choice() {
        return uniform(side, CHOICE);
    }

    private static double uniform(long value, long purpose) {
        return (new Seed(value).derive(purpose).value() >>> 11) * 0x1.0p-53;
    }

    /**
     * Derives the random numbers of a table's rows, the same each time the rows are read.
     *
     * @param seed seed of the table
     * @param client index of the client column; -1 if there is none
     * @param whole whether the rows of a client have all their random numbers in common, so that every group and
     *     sample consists of whole clients
     */
    record Source(long seed, int client, boolean whole) implements Serializable {

        /**
         * The random numbers of a row. A row whose client is null is on a side of its own.
         *
         * @param number index of the row within its partition, from 0
         */
        Chances of(int partition, long number, Row row) {
            long draw = new Seed(seed).derive(partition).derive(number).value();
            if (client < 0 || row.isNullAt(client)) {
                return alone(draw);
            }
            long side = Seed.mix(seed ^ hash(row.get(client)));
            return whole ? alone(side) : new Chances(draw, side);
        }
    }

    /** A hash of a value's text; 0 for null. */
    static long hash(Object value) {
        String text = value == null ? "" : ComparedColumn.Categories.textOf(value);
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = Seed.mix(hash + text.charAt(i));
        }
        return hash;
    }
}
