package org.privateevolution.spark.vote;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;

/**
 * Collects votes per client. Once all records of a client have been seen, its votes are normalised jointly over all
 * labels and cast. Client numbers ascend from block to block; within a block they may come in any order.
 */
final class ClientVotes {

    private final VoteHistogram histogram;
    private final Map<Integer, SortedMap<Integer, Integer>> countsByClient = new HashMap<>();

    ClientVotes(VoteHistogram histogram) {
        this.histogram = histogram;
    }

    /** Records that one record of the client has chosen these candidates. */
    void add(int client, int... candidates) {
        Map<Integer, Integer> counts = countsByClient.computeIfAbsent(client, c -> new TreeMap<>());
        for (int candidate : candidates) {
            counts.merge(candidate, 1, Math::addExact);
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

    private void cast(SortedMap<Integer, Integer> counts) {
        int[] candidates = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        int[] votes = counts.values().stream().mapToInt(Integer::intValue).toArray();
        histogram.addUnit(candidates, VoteGrid.clientVotes(votes));
    }
}
