package org.privateevolution.spark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;

/**
 * Collects the votes of clients and casts each client's votes, normalised jointly over all labels, once all of its
 * records have been seen. Clients come in ascending order from block to block, in any order within one.
 */
final class ClientVotes {

    private final VoteHistogram histogram;
    private final Map<Integer, Map<Integer, Integer>> countsByClient = new HashMap<>();

    ClientVotes(VoteHistogram histogram) {
        this.histogram = histogram;
    }

    void add(int client, int candidate) {
        countsByClient.computeIfAbsent(client, c -> new HashMap<>()).merge(candidate, 1, Math::addExact);
    }

    /** Casts the votes of every client below {@code client}, of which no more records come. */
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

    private void cast(Map<Integer, Integer> counts) {
        int[] candidates = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        long[] votes =
                VoteGrid.clientVotes(Arrays.stream(candidates).map(counts::get).toArray());
        for (int i = 0; i < candidates.length; i++) {
            histogram.add(candidates[i], votes[i]);
        }
    }
}
