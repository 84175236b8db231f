package org.privateevolution.vector;

import java.util.List;
import java.util.Optional;

/** A kernel that searches panels with one tile scorer. */
record TiledKernel(String name, TileScorer scorer, Pruning pruning) implements NearestNeighborKernel {

    TiledKernel(String name, TileScorer scorer) {
        this(name, scorer, Pruning.AUTO);
    }

    @Override
    public NearestNeighborKernel with(Pruning other) {
        return new TiledKernel(name, scorer, other);
    }

    @Override
    public CandidateIndex index(Metric metric, int dimension, List<float[]> chunks, Optional<CandidateIndex> before) {
        Optional<PanelIndex> earlier =
                before.filter(PanelIndex.class::isInstance).map(PanelIndex.class::cast);
        return new PanelIndex(metric, new CandidateRows(dimension, chunks), scorer, pruning, earlier);
    }
}
