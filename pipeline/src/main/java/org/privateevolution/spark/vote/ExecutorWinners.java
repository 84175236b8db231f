package org.privateevolution.spark.vote;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.vector.Winners;

/**
 * What this executor's last search of each block of private records found, for the next. It is private, and stays in this
 * memory: it is not sent, stored or printed. Whatever is missing only costs time.
 */
final class ExecutorWinners {

    private static final int SHARE_OF_HEAP = 64;
    /** About what an entry takes besides its winners. */
    static final int ENTRY_BYTES = 256;

    private static final ExecutorWinners SHARED =
            new ExecutorWinners(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final long mostBytes;
    private final Map<Rows, Winners> byRows = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes what is kept at most; the winners not used for longest go first */
    ExecutorWinners(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static ExecutorWinners shared() {
        return SHARED;
    }

    /** What was kept, or nothing. */
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
     * Rows of one label in a block.
     *
     * @param block the block's {@code VectorBlock.id}
     * @param first first row
     */
    record Rows(String block, int first) {}
}
