package org.privateevolution.vector;

import java.util.List;

/** A kernel that searches panels with one tile scorer. */
record TiledKernel(String name, TileScorer scorer) implements NearestNeighborKernel {

    @Override
    public CandidateIndex index(Metric metric, int dimension, List<float[]> chunks) {
        return new PanelIndex(metric, new CandidateRows(dimension, chunks), scorer);
    }
}
