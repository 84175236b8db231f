package org.privateevolution.spark.vote;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.privateevolution.vector.CandidateIndex;

/**
 * The packed candidates of each run's current vote, shared by the tasks of an executor so that each label is packed
 * once. Several runs may vote in one Spark application at the same time, for example from notebooks that share a
 * cluster.
 */
final class ExecutorIndexes {

    /**
     * An index that no task has asked for in this time belongs to a run that ended: a running vote asks once per block.
     */
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Map<String, ExecutorIndexes> BY_RUN = new HashMap<>();

    private final String vote;
    private final Map<Integer, CandidateIndex> byLabel = new ConcurrentHashMap<>();
    /** The indexes of the previous vote; each is taken out when its label is packed anew. */
    private final Map<Integer, CandidateIndex> before;

    private long usedNanos;

    private ExecutorIndexes(String vote, Map<Integer, CandidateIndex> before) {
        this.vote = vote;
        this.before = new ConcurrentHashMap<>(before);
    }

    /**
     * Returns the index of a label in a vote, packing it if this executor does not have it yet. A new vote replaces the
     * run's indexes, and drops those of runs that no longer vote.
     *
     * @param run unique id of the run
     * @param vote unique id of the vote
     * @param pack builds the index, given the label's index in the run's previous vote if this executor searched it
     */
    static CandidateIndex get(
            String run, String vote, int label, Function<Optional<CandidateIndex>, CandidateIndex> pack) {
        ExecutorIndexes indexes = of(run, vote);
        return indexes.byLabel.computeIfAbsent(label, l -> pack.apply(Optional.ofNullable(indexes.before.remove(l))));
    }

    private static synchronized ExecutorIndexes of(String run, String vote) {
        long now = System.nanoTime();
        ExecutorIndexes current = BY_RUN.get(run);
        if (current == null || !vote.equals(current.vote)) {
            BY_RUN.values().removeIf(indexes -> now - indexes.usedNanos > IDLE_NANOS);
            current = new ExecutorIndexes(vote, current == null ? Map.of() : current.byLabel);
            BY_RUN.put(run, current);
        }
        current.usedNanos = now;
        return current;
    }
}
