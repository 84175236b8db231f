package org.privateevolution.spark.vote;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.session.TaskResult;
import org.privateevolution.spark.vectors.RecordsRead;
import org.privateevolution.spark.vectors.VectorBlock;

/**
 * Counts one partition of private records for a release, and reports with the counts which records were read.
 * Everything that is released must go through this class: a partition that is lost between two releases is read again,
 * and if it then held other records, one of them could count twice. Computations OUTSIDE the guarantee
 * ({@code MarginalsStage}, {@code ReferenceVectors}) need not use it, because no sensitivity is claimed for them.
 */
abstract class ReleaseTask implements FlatMapFunction<Iterator<Row>, byte[]> {

    private static final long serialVersionUID = 1L;

    /** Number of candidates that can receive votes. */
    abstract int candidates();

    /**
     * Counts the votes of a partition.
     *
     * @param blocks the blocks of the partition; all must be taken, or the driver finds records missing and refuses the
     *     counts
     * @param histogram receives the votes
     */
    abstract SearchEffort count(Iterator<VectorBlock> blocks, VoteHistogram histogram);

    @Override
    public final Iterator<byte[]> call(Iterator<Row> rows) {
        Blocks blocks = new Blocks(rows);
        VoteHistogram histogram = new VoteHistogram(candidates());
        SearchEffort effort = count(blocks, histogram);
        return Collections.singleton(TaskResult.bytes(new VoteCount(histogram, effort, blocks.read)))
                .iterator();
    }

    /**
     * The blocks of a partition, noting what is read. A refused block holds no records, but its problem reaches the
     * driver.
     */
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
