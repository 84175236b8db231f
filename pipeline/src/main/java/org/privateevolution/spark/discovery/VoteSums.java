package org.privateevolution.spark.discovery;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.privateevolution.privacy.PartitionHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.source.PrivateDataException;
import scala.Tuple2;

/**
 * The votes of the units in one partition of Spark, summed by what they are for, in grid units.
 *
 * <p>A key is {@code #} and the number of a public cell, {@code =} and the name of a partition of the histogram, or
 * {@code !} and the reason why a record is refused, which has no votes.
 */
abstract class VoteSums implements Iterator<Tuple2<String, Long>> {

    private static final char CELL = '#';
    private static final char PARTITION = '=';
    private static final char REFUSED = '!';

    /** Number of sums that are held in memory before they are passed on. */
    private static final int HELD = 200_000;

    final Iterator<Row> rows;
    private final Map<String, Long> held = new HashMap<>();
    private Iterator<Map.Entry<String, Long>> ready = held.entrySet().iterator();
    private boolean refused;

    VoteSums(Iterator<Row> rows) {
        this.rows = rows;
    }

    /** Takes the next record or client. */
    abstract void take();

    boolean hasRows() {
        return rows.hasNext();
    }

    /** Refuses a row whose last column says what is wrong with it. */
    final boolean refuses(Row row) {
        int problem = row.size() - 1;
        if (!row.isNullAt(problem)) {
            refuse(row.getString(problem));
        }
        return refused;
    }

    final void refuse(String problem) {
        held.put(REFUSED + problem, 0L);
        refused = true;
    }

    final void addCell(int cell, long gridVotes) {
        held.merge(CELL + Integer.toString(cell), gridVotes, VoteGrid::sum);
    }

    final void addPartition(String name, long gridVotes) {
        held.merge(PARTITION + name, gridVotes, VoteGrid::sum);
    }

    @Override
    public final boolean hasNext() {
        if (ready.hasNext()) {
            return true;
        }
        held.clear();
        while (!refused && hasRows() && held.size() < HELD) {
            take();
        }
        ready = held.entrySet().iterator();
        return ready.hasNext();
    }

    @Override
    public final Tuple2<String, Long> next() {
        Map.Entry<String, Long> sum = ready.next();
        return new Tuple2<>(sum.getKey(), sum.getValue());
    }

    /** Whether a complete sum may leave the executors: those of partitions below the floor may not. */
    static boolean isKept(Tuple2<String, Long> sum, long floor) {
        return sum._1().charAt(0) != PARTITION || sum._2() >= floor;
    }

    /** Whether a sum is the reason why a record is refused. */
    static boolean isRefusal(Tuple2<String, Long> sum) {
        return sum._1().charAt(0) == REFUSED;
    }

    /** The refusal that a sum stands for. */
    static PrivateDataException refusal(Tuple2<String, Long> sum) {
        return new PrivateDataException(
                PrivateDataException.Reason.RECORD, "private_data: " + sum._1().substring(1));
    }

    /**
     * The sums of all partitions as a histogram.
     *
     * @param cells number of public cells
     * @throws PrivateDataException if a record is refused
     */
    static PartitionHistogram histogram(Map<String, Long> sums, int cells, PartitionThreshold threshold) {
        PartitionHistogram histogram = new PartitionHistogram(cells, threshold);
        sums.forEach((key, votes) -> {
            String name = key.substring(1);
            switch (key.charAt(0)) {
                case CELL -> histogram.addCell(Integer.parseInt(name), votes);
                case PARTITION -> histogram.addPartition(name, votes);
                default -> throw refusal(new Tuple2<>(key, votes));
            }
        });
        return histogram;
    }
}
