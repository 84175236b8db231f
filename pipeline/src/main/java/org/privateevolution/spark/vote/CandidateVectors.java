package org.privateevolution.spark.vote;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * The embedded candidates of one vote, broadcast to the executors in chunks of bounded size. No chunk spans two labels.
 */
final class CandidateVectors implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final int dimension;
    private final int[] labelOffsets;
    private final List<List<Broadcast<float[]>>> chunksByLabel;

    private CandidateVectors(int dimension, int[] labelOffsets, List<List<Broadcast<float[]>>> chunksByLabel) {
        this.dimension = dimension;
        this.labelOffsets = labelOffsets;
        this.chunksByLabel = chunksByLabel;
    }

    /**
     * Broadcasts the candidates of a vote.
     *
     * @param vectors row-major embeddings in candidate order
     * @param labelOffsets index of each label's first candidate, followed by the number of candidates
     * @param chunkBytes largest size of a chunk, in bytes; a chunk holds at least one vector, whatever its size
     */
    static CandidateVectors broadcast(
            JavaSparkContext context, float[] vectors, int dimension, int[] labelOffsets, long chunkBytes) {
        int rowsPerChunk =
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, chunkBytes / ((long) dimension * Float.BYTES)));
        List<List<Broadcast<float[]>>> chunksByLabel = new ArrayList<>();
        for (int label = 0; label < labelOffsets.length - 1; label++) {
            List<Broadcast<float[]>> chunks = new ArrayList<>();
            int end = labelOffsets[label + 1];
            for (int row = labelOffsets[label]; row < end; row += rowsPerChunk) {
                int next = Math.min(end, row + rowsPerChunk);
                chunks.add(context.broadcast(Arrays.copyOfRange(vectors, row * dimension, next * dimension)));
            }
            chunksByLabel.add(chunks);
        }
        return new CandidateVectors(dimension, labelOffsets.clone(), chunksByLabel);
    }

    /** Number of floats per candidate. */
    int dimension() {
        return dimension;
    }

    /** Number of candidates, over all labels. */
    int size() {
        return labelOffsets[labelOffsets.length - 1];
    }

    /** Number of candidates of a label. */
    int size(int label) {
        return labelOffsets[label + 1] - labelOffsets[label];
    }

    /** Index of a label's first candidate among all candidates. */
    int offset(int label) {
        return labelOffsets[label];
    }

    /**
     * Packs the candidates of a label into an index for the kernel. Runs on an executor.
     *
     * @param before the label's index in the previous vote, if this executor has it
     */
    CandidateIndex index(int label, NearestNeighborKernel kernel, Metric metric, Optional<CandidateIndex> before) {
        List<float[]> chunks =
                chunksByLabel.get(label).stream().map(Broadcast::value).toList();
        return kernel.index(metric, dimension, chunks, before);
    }

    /** Removes the broadcast candidates from the driver and the executors. */
    @Override
    public void close() {
        chunksByLabel.forEach(chunks -> chunks.forEach(Broadcast::destroy));
    }
}
