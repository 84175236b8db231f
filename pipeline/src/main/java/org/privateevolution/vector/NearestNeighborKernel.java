package org.privateevolution.vector;

import java.util.List;
import java.util.Optional;

/** Builds exact nearest-neighbour indexes. All implementations answer every query with the same bits. */
public interface NearestNeighborKernel {

    /** Short name for the run record, for example {@code scalar} or {@code vector}. */
    String name();

    /**
     * Packs candidates for search.
     *
     * @param dimension number of floats per vector, 1 to 4096
     * @param chunks row-major candidates; the index of a candidate is its position in the concatenation of the chunks.
     *     The index reads the chunks as long as it lives: do not change them
     * @throws IllegalArgumentException if there is no candidate, or a chunk is not a whole number of vectors or holds
     *     NaN or infinity
     */
    default CandidateIndex index(Metric metric, int dimension, List<float[]> chunks) {
        return index(metric, dimension, chunks, Optional.empty());
    }

    /**
     * Packs candidates for a search of the same rows as in a previous index.
     *
     * @param before the previous index; it is not kept alive
     */
    CandidateIndex index(Metric metric, int dimension, List<float[]> chunks, Optional<CandidateIndex> before);

    /** The same kernel with another rule for pruning; the answers stay the same. */
    NearestNeighborKernel with(Pruning pruning);
}
