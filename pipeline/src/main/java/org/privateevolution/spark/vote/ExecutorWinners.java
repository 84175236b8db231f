package org.privateevolution.spark.vote;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.vector.Winners;

/**
 * The winners that this executor's last search of each block of private records found, as a start for the next search.
 * They are private data and stay in this JVM's memory: they are never sent, stored or printed. A missing entry only
 * costs time.
 */
final class ExecutorWinners {

    private static final int SHARE_OF_HEAP = 64;
    /** Approximate size of an entry without its winners, in bytes. */
    static final int ENTRY_BYTES = 256;

    private static final ExecutorWinners SHARED =
            new ExecutorWinners(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final long mostBytes;
    private final Map<Rows, Winners> byRows = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes limit of the memory used, in bytes; the least recently used winners are dropped first */
    ExecutorWinners(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static ExecutorWinners shared() {
        return SHARED;
    }

    /** Returns the winners kept for the rows, or {@link Winners#NONE}. */
    synchronized Winners of(Rows rows) {
        return byRows.getOrDefault(rows, Winners.NONE);
    }

    synchronized void keep(Rows rows, Winners winners) {
        Winners replaced = byRows.put(rows, winners);
        bytes += replaced == null ? size(winners) : size(winners) - size(replaced);
        Iterator<Winners> oldest = byRows.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(Winners winners) {
        return ENTRY_BYTES + winners.bytes();
    }

    /**
     * The rows of one label in a block.
     *
     * @param block the block's {@code VectorBlock.id}
     * @param first index of the first of these rows in the block
     */
    record Rows(String block, int first) {}
}
