package org.privateevolution.spark.vectors;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which private records tasks have read: the digest of each partition, and the reasons why records are refused. Two
 * reads are equal if and only if each partition was read once and held the same records.
 *
 * <p>IT IS PRIVATE DATA, as {@link RecordsDigest} is.
 */
public final class RecordsRead implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, RecordsDigest> partitions = new TreeMap<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private boolean doubled;

    /** Creates an empty read: no partition has been read. */
    public RecordsRead() {}

    /** A partition in which no block has been read yet. */
    public static RecordsRead ofPartition(int partition) {
        RecordsRead read = new RecordsRead();
        read.partitions.put(partition, RecordsDigest.NONE);
        return read;
    }

    /** Adds a block of the one partition. */
    public void add(RecordsDigest digest, String problem) {
        partitions.replaceAll((partition, before) -> before.plus(digest));
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
    }

    /** Adds what others have read of other partitions. */
    public void merge(RecordsRead others) {
        others.partitions.forEach((partition, digest) -> doubled |= partitions.put(partition, digest) != null);
        doubled |= others.doubled;
        problems.addAll(others.problems);
    }

    /** The reasons why records are refused, sorted; never with a private value. */
    Set<String> problems() {
        return problems;
    }

    /** Number of partitions that have been read. */
    int partitions() {
        return partitions.size();
    }

    boolean isEmpty() {
        return partitions.values().stream().allMatch(RecordsDigest::isEmpty);
    }

    /** Whether each partition from 0 (inclusive) to {@code count} (exclusive) has been read exactly once. */
    boolean isWhole(int count) {
        boolean all = partitions.size() == count
                && (count == 0 || (partitions.firstKey() == 0 && partitions.lastKey() == count - 1));
        return all && !doubled;
    }

    /** Whether both reads are whole, without refused records, and of the same records. */
    boolean sameAs(RecordsRead first) {
        Map<Integer, RecordsDigest> expected = first.partitions;
        return isWhole(expected.size())
                && first.isWhole(expected.size())
                && problems.isEmpty()
                && first.problems.isEmpty()
                && partitions.equals(expected);
    }

    @Override
    public String toString() {
        return "RecordsRead[private]";
    }
}
