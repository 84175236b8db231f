package org.privateevolution.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.privateevolution.vector.CandidateIndex;

/** The packed candidates of the current vote, shared by the tasks of an executor so that each label is packed once. */
final class ExecutorIndexes {

    private static String currentVote = "";
    private static Map<Integer, CandidateIndex> indexes = new HashMap<>();

    private ExecutorIndexes() {}

    /** The index of a label in the vote named {@code vote}; a new vote drops the indexes of the last. */
    static CandidateIndex get(String vote, int label, Supplier<CandidateIndex> pack) {
        synchronized (ExecutorIndexes.class) {
            if (!vote.equals(currentVote)) {
                currentVote = vote;
                indexes = new HashMap<>();
            }
            return indexes.computeIfAbsent(label, l -> pack.get());
        }
    }
}
