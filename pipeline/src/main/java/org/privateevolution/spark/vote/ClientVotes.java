package org.privateevolution.spark.vote;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;

/**
 * Collects votes per client. Once all records of a client have been seen, its votes are brought to a joint norm of at
 * most one vote and cast. Client numbers ascend from block to block; within a block they may come in any order.
 */
final class ClientVotes {

    private final VoteHistogram histogram;
    private final boolean means;
    private final Map<Integer, Counts> countsByClient = new HashMap<>();

    /** The choices of a client's records so far. */
    private static final class Counts {
        private final SortedMap<Integer, Integer> byCandidate = new TreeMap<>();
        private int records;
        private int choices;
    }

    private ClientVotes(VoteHistogram histogram, boolean means) {
        this.histogram = histogram;
        this.means = means;
    }

    /** Divides a client's votes by their joint norm, over all labels. */
    static ClientVotes normalised(VoteHistogram histogram) {
        return new ClientVotes(histogram, false);
    }

    /**
     * Counts a client's records together as one record: a record that lies in one cell of each marginal, and in several
     * in parts.
     */
    static ClientVotes means(VoteHistogram histogram) {
        return new ClientVotes(histogram, true);
    }

    /** Records that one record of the client has chosen these candidates. */
    void add(int client, int... candidates) {
        Counts counts = countsByClient.computeIfAbsent(client, c -> new Counts());
        counts.records++;
        counts.choices = candidates.length;
        for (int candidate : candidates) {
            counts.byCandidate.merge(candidate, 1, Math::addExact);
        }
    }

    /**
     * Casts the votes of every client whose number is below {@code client}; no more records of these clients may
     * follow.
     */
    void castBelow(int client) {
        countsByClient.entrySet().removeIf(entry -> {
            if (entry.getKey() >= client) {
                return false;
            }
            cast(entry.getValue());
            return true;
        });
    }

    /** Casts all votes. */
    void castAll() {
        castBelow(Integer.MAX_VALUE);
    }

    private void cast(Counts counts) {
        int[] candidates =
                counts.byCandidate.keySet().stream().mapToInt(Integer::intValue).toArray();
        int[] votes =
                counts.byCandidate.values().stream().mapToInt(Integer::intValue).toArray();
        histogram.addUnit(
                candidates,
                means ? VoteGrid.clientMeans(votes, counts.records, counts.choices) : VoteGrid.clientVotes(votes));
    }
}
