package org.privateevolution.spark.vote;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.privateevolution.vector.CandidateIndex;

/**
 * The packed candidates of a run's current vote, shared by the tasks of an executor so that each label is packed once. Runs
 * of one Spark application, such as those of several notebooks on a cluster, may vote at the same time.
 */
final class ExecutorIndexes {

    /** A vote uses its indexes for every block of records; a run that ended does not. */
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Map<String, ExecutorIndexes> BY_RUN = new HashMap<>();

    private final String vote;
    private final Map<Integer, CandidateIndex> byLabel = new ConcurrentHashMap<>();
    /** Those of the vote before, each until its label is packed anew. */
    private final Map<Integer, CandidateIndex> before;

    private long usedNanos;

    private ExecutorIndexes(String vote, Map<Integer, CandidateIndex> before) {
        this.vote = vote;
        this.before = new ConcurrentHashMap<>(before);
    }

    /**
     * The index of a label in a vote. A new vote drops the indexes of the run's last, and those of runs that do not vote.
     *
     * @param run names the run, unlike any other
     * @param vote names the vote, unlike any other
     * @param pack builds it, given the label's index in the vote of the run that this executor searched before, if it did
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
