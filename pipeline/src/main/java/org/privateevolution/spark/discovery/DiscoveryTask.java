package org.privateevolution.spark.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
 * Counts the records of one partition, in grid units. A record gives each of its cells and values the same part of its
 * vote, {@code 1/sqrt(3 columns)}, so that together they have an L2 norm of at most one vote. The records of a client
 * are contiguous, and share one vote.
 *
 * <p>A key is {@code #} and the number of a public cell, {@code =} and the name of a partition, or {@code !} and the
 * reason why a record is refused, which has no votes.
 */
final class DiscoveryTask implements PairFlatMapFunction<Iterator<Row>, String, Long> {

    static final char CELL = '#';
    static final char PARTITION = '=';
    static final char REFUSED = '!';

    /** Number of a client's most frequent values that count. */
    static final int CLIENT_PARTITIONS = 1_000;

    /** Number of sums that are held in memory before they are passed on. */
    private static final int HELD = 200_000;

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

    private static String key(char kind, Object name) {
        return kind + name.toString();
    }

    private abstract static class Sums implements Iterator<Tuple2<String, Long>> {
        final Iterator<Row> rows;
        private final Map<String, Long> held = new HashMap<>();
        private Iterator<Map.Entry<String, Long>> ready = held.entrySet().iterator();
        private boolean refused;

        Sums(Iterator<Row> rows) {
            this.rows = rows;
        }

        /** Takes the next record or client. */
        abstract void take();

        final boolean refuses(Row row) {
            int problem = row.size() - 1;
            if (!row.isNullAt(problem)) {
                held.put(key(REFUSED, row.getString(problem)), 0L);
                refused = true;
            }
            return refused;
        }

        final void refuse(String problem) {
            held.put(key(REFUSED, problem), 0L);
            refused = true;
        }

        final void add(String key, long gridVotes) {
            held.merge(key, gridVotes, VoteGrid::sum);
        }

        boolean hasRows() {
            return rows.hasNext();
        }

        @Override
        public boolean hasNext() {
            if (ready.hasNext()) {
                return true;
            }
            held.clear();
            while (!refused && hasRows() && held.size() < HELD) {
                take();
            }
            ready = held.entrySet().iterator();
            return ready.hasNext();
        }

        @Override
        public Tuple2<String, Long> next() {
            Map.Entry<String, Long> sum = ready.next();
            return new Tuple2<>(sum.getKey(), sum.getValue());
        }
    }

    private final class Records extends Sums {
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
            ballot.cells().forEach(cell -> add(key(CELL, cell), vote));
            ballot.partitions().forEach(name -> add(key(PARTITION, name), vote));
        }
    }

    private final class Clients extends Sums {
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
            List<String> keys = new ArrayList<>();
            for (Map.Entry<Integer, Integer> cell : chosen.entrySet()) {
                counts[keys.size()] = cell.getValue();
                keys.add(key(CELL, cell.getKey()));
            }
            for (String name : kept) {
                counts[keys.size()] = named.get(name);
                keys.add(key(PARTITION, name));
            }
            long[] votes = VoteGrid.clientVotes(counts);
            PartitionHistogram.requireUnit(votes, kept.size(), CLIENT_PARTITIONS);
            for (int i = 0; i < votes.length; i++) {
                add(keys.get(i), votes[i]);
            }
        }
    }
}
