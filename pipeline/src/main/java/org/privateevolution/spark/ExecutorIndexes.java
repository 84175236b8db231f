package org.privateevolution.spark;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.privateevolution.vector.CandidateIndex;

/** The packed candidates of the current vote, shared by the tasks of an executor so that each label is packed once. */
final class ExecutorIndexes {

    private static ExecutorIndexes current = new ExecutorIndexes("", Map.of());

    private final String vote;
    private final Map<Integer, CandidateIndex> byLabel = new ConcurrentHashMap<>();
    /** Those of the vote before, each until its label is packed anew. */
    private final Map<Integer, CandidateIndex> before;

    private ExecutorIndexes(String vote, Map<Integer, CandidateIndex> before) {
        this.vote = vote;
        this.before = new ConcurrentHashMap<>(before);
    }

    /**
     * The index of a label in the vote named {@code vote}; a new vote drops the indexes of the last.
     *
     * @param pack builds it, given the label's index in the vote that this executor searched before, if it did
     */
    static CandidateIndex get(String vote, int label, Function<Optional<CandidateIndex>, CandidateIndex> pack) {
        ExecutorIndexes indexes = of(vote);
        return indexes.byLabel.computeIfAbsent(label, l -> pack.apply(Optional.ofNullable(indexes.before.remove(l))));
    }

    private static synchronized ExecutorIndexes of(String vote) {
        if (!vote.equals(current.vote)) {
            current = new ExecutorIndexes(vote, current.byLabel);
        }
        return current;
    }
}
