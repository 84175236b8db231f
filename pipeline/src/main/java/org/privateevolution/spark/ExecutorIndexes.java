package org.privateevolution.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.privateevolution.vector.CandidateIndex;

/** The packed candidates of the current vote, shared by the tasks of an executor so that each label is packed once. */
final class ExecutorIndexes {

    private static ExecutorIndexes current = new ExecutorIndexes("");

    private final String vote;
    private final Map<Integer, CandidateIndex> byLabel = new ConcurrentHashMap<>();

    private ExecutorIndexes(String vote) {
        this.vote = vote;
    }

    /** The index of a label in the vote named {@code vote}; a new vote drops the indexes of the last. */
    static CandidateIndex get(String vote, int label, Supplier<CandidateIndex> pack) {
        return of(vote).byLabel.computeIfAbsent(label, l -> pack.get());
    }

    private static synchronized ExecutorIndexes of(String vote) {
        if (!vote.equals(current.vote)) {
            current = new ExecutorIndexes(vote);
        }
        return current;
    }
}
