package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.discovery.DiscoveryCells.Ballot;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.VoteGrid;
import scala.Tuple2;

/**
 * Counts the records of one partition, in grid units, as {@link VoteSums}. A record gives each of its cells and values
 * the same part of its vote, {@code 1/sqrt(3 columns)}, so that together they have an L2 norm of at most one vote. The
 * records of a client are contiguous, and share one vote.
 */
final class DiscoveryTask implements PairFlatMapFunction<Iterator<Row>, String, Long> {

    /** Number of a client's most frequent values that count. */
    static final int CLIENT_PARTITIONS = 1_000;

    private static final long serialVersionUID = 1L;

    private final DiscoveryCells cells;
    private final int client;

    /**
     * Reads rows of the columns in order; the last column says what is wrong with a record.
     *
     * @param client index of the client id; -1 if the privacy unit is the record
     */
    DiscoveryTask(DiscoveryCells cells, int client) {
        this.cells = cells;
        this.client = client;
    }

    /** Largest number of partitions that a unit may vote for. */
    static int mostPartitions(DiscoveryCells cells, boolean clients) {
        return clients ? CLIENT_PARTITIONS : cells.columns();
    }

    @Override
    public Iterator<Tuple2<String, Long>> call(Iterator<Row> rows) {
        return client < 0 ? new Records(rows) : new Clients(rows);
    }

    private Ballot ballot(Row row) {
        Object[] values = new Object[cells.columns()];
        Arrays.setAll(values, row::get);
        return cells.ballot(values);
    }

    private final class Records extends VoteSums {
        private final long vote = VoteGrid.vote(DiscoveryCells.A_VALUE * cells.columns());

        Records(Iterator<Row> rows) {
            super(rows);
        }

        @Override
        void take() {
            Row row = rows.next();
            if (refuses(row)) {
                return;
            }
            Ballot ballot = ballot(row);
            long[] votes = new long[ballot.cells().size() + ballot.partitions().size()];
            Arrays.fill(votes, vote);
            PartitionHistogram.requireUnit(votes, ballot.partitions().size(), cells.columns());
            ballot.cells().forEach(cell -> addCell(cell, vote));
            ballot.partitions().forEach(name -> addPartition(name, vote));
        }
    }

    private final class Clients extends VoteSums {
        private Row next;

        Clients(Iterator<Row> rows) {
            super(rows);
        }

        @Override
        boolean hasRows() {
            return next != null || rows.hasNext();
        }

        @Override
        void take() {
            Row row = next == null ? rows.next() : next;
            next = null;
            Map<Integer, Integer> chosen = new TreeMap<>();
            Map<String, Integer> named = new TreeMap<>();
            Object id = null;
            for (boolean more = true; more; ) {
                if (refuses(row)) {
                    return;
                }
                if (row.isNullAt(client)) {
                    refuse("a private record has no client id: fill it in, or remove such records");
                    return;
                }
                id = row.get(client);
                Ballot ballot = ballot(row);
                ballot.cells().forEach(cell -> chosen.merge(cell, 1, Math::addExact));
                ballot.partitions().forEach(name -> named.merge(name, 1, Math::addExact));
                row = rows.hasNext() ? rows.next() : null;
                more = row != null && Objects.equals(row.get(client), id);
            }
            next = row;
            cast(chosen, named);
        }

        private void cast(Map<Integer, Integer> chosen, Map<String, Integer> named) {
            List<String> kept = new ArrayList<>(named.keySet());
            if (kept.size() > CLIENT_PARTITIONS) {
                kept.sort(Comparator.<String>comparingInt(named::get).reversed().thenComparing(name -> name));
                kept = kept.subList(0, CLIENT_PARTITIONS);
            }
            int[] counts = new int[chosen.size() + kept.size()];
            int at = 0;
            for (int count : chosen.values()) {
                counts[at++] = count;
            }
            for (String name : kept) {
                counts[at++] = named.get(name);
            }
            long[] votes = VoteGrid.clientVotes(counts);
            PartitionHistogram.requireUnit(votes, kept.size(), CLIENT_PARTITIONS);
            at = 0;
            for (int cell : chosen.keySet()) {
                addCell(cell, votes[at++]);
            }
            for (String name : kept) {
                addPartition(name, votes[at++]);
            }
        }
    }
}
