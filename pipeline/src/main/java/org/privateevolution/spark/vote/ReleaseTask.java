package org.privateevolution.spark.vote;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.RecordsRead;
import org.privateevolution.spark.vectors.VectorBlock;

/**
 * Counts one partition of private records for a release, and tells with the counts which records they are of. Whatever is
 * released goes through here: a partition that was lost between releases is read again, and if it then holds other records,
 * one of them could count twice. What is OUTSIDE the guarantee ({@code MarginalsStage}, {@code ReferenceVectors}) need not: no
 * sensitivity is claimed for it.
 */
abstract class ReleaseTask implements MapPartitionsFunction<Row, VoteCount> {

    private static final long serialVersionUID = 1L;

    /** Number of candidates that there may be votes for. */
    abstract int candidates();

    /**
     * Counts.
     *
     * @param blocks of the partition; the driver misses those that are not taken, and refuses the counts
     * @param histogram takes the votes
     */
    abstract SearchEffort count(Iterator<VectorBlock> blocks, VoteHistogram histogram);

    @Override
    public final Iterator<VoteCount> call(Iterator<Row> rows) {
        Blocks blocks = new Blocks(rows);
        VoteHistogram histogram = new VoteHistogram(candidates());
        SearchEffort effort = count(blocks, histogram);
        return Collections.singleton(new VoteCount(histogram, effort, blocks.read))
                .iterator();
    }

    /** The blocks that hold records. Of one that is refused there is nothing to count, but the driver hears of it. */
    private static final class Blocks implements Iterator<VectorBlock> {
        private final Iterator<Row> rows;
        private final RecordsRead read = RecordsRead.ofPartition(TaskContext.getPartitionId());

        Blocks(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public VectorBlock next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            VectorBlock block = VectorBlock.of(rows.next());
            read.add(block.digest(), block.problem());
            return block;
        }
    }
}
