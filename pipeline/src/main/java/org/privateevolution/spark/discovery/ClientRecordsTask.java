package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.privateevolution.discovery.ClientColumns;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.VoteGrid;
import scala.Tuple2;

/**
 * Counts the clients of one partition, in grid units, as {@link VoteSums}. A client is one record: its own columns and,
 * of each child table, the number of its rows and one of them, the one with the smallest digest. Which one that is
 * depends on this client alone. The record gives each of its cells and values the same part of one vote,
 * {@code 1/sqrt(3 columns)}, so that together they have an L2 norm of at most one vote; a client without rows in a
 * child table gives that table's columns nothing.
 *
 * <p>Reads {@link ClientBallots}; all parts of a client follow each other. Rows of child tables that belong to no
 * client are left out. Only one row of each table is in memory at a time.
 *
 * @param together whether the clients' columns stand in each row of a child table
 */
record ClientRecordsTask(ClientColumns columns, boolean together)
        implements PairFlatMapFunction<Iterator<Row>, String, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<String, Long>> call(Iterator<Row> parts) {
        return new Clients(parts);
    }

    private final class Clients extends VoteSums {
        private final DiscoveryCells cells = new DiscoveryCells(columns.size());
        private final long vote = VoteGrid.vote(DiscoveryCells.A_VALUE * columns.size());
        private Row next;

        Clients(Iterator<Row> parts) {
            super(parts);
        }

        @Override
        boolean hasRows() {
            return next != null || rows.hasNext();
        }

        @Override
        void take() {
            Row part = next == null ? rows.next() : next;
            next = null;
            if (refuses(part)) {
                return;
            }
            String key = part.getString(0);
            Row root = null;
            Row[] chosen = new Row[columns.children().size()];
            long[] numbers = new long[chosen.length];
            while (part != null && key.equals(part.get(0))) {
                int table = part.getInt(1);
                if (table != ClientBallots.ROOT) {
                    numbers[table]++;
                    chosen[table] = chosen[table] == null || isBefore(part, chosen[table]) ? part : chosen[table];
                } else if (root == null) {
                    root = part;
                } else if (!together || !Arrays.equals(digest(root), digest(part))) {
                    refuse(
                            together
                                    ? "rows of one client differ in a column that belongs to the client, such as one of"
                                            + " tabular.discover.columns or a label: leave it out there"
                                    : "two rows of the clients' table have the same key: give each client one row, or"
                                            + " declare the table as a child table");
                    return;
                }
                part = rows.hasNext() ? rows.next() : null;
            }
            next = part;
            if (root != null) {
                cast(root, chosen, numbers);
            }
        }

        private void cast(Row root, Row[] chosen, long[] numbers) {
            List<Integer> counted = new ArrayList<>(root.getList(3));
            List<String> named = new ArrayList<>(root.getList(4));
            for (int child = 0; child < chosen.length; child++) {
                if (columns.children().get(child).countsRows()) {
                    long number = Math.min(ClientColumns.MOST_COUNTED, numbers[child]);
                    counted.addAll(
                            cells.ballotFrom(columns.rowsAt(child), number).cells());
                }
                if (chosen[child] != null) {
                    counted.addAll(chosen[child].getList(3));
                    named.addAll(chosen[child].getList(4));
                }
            }
            long[] votes = new long[counted.size() + named.size()];
            Arrays.fill(votes, vote);
            PartitionHistogram.requireUnit(votes, named.size(), columns.size());
            counted.forEach(cell -> addCell(cell, vote));
            named.forEach(name -> addPartition(name, vote));
        }
    }

    private static boolean isBefore(Row one, Row other) {
        return Arrays.compareUnsigned(digest(one), digest(other)) < 0;
    }

    private static byte[] digest(Row part) {
        return part.getAs(2);
    }
}
