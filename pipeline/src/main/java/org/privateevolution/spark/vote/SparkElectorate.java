package org.privateevolution.spark.vote;

import java.util.function.Supplier;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.Electorate;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.table.MarginalQuery;

/** The private records on the executors, as the electorate of a run. */
public final class SparkElectorate implements Electorate {

    private final VoteStage stage;
    private final Supplier<PrivateVectors> vectors;

    /** @param vectors called only when something must be counted; returns the same vectors each time */
    public SparkElectorate(VoteStage stage, Supplier<PrivateVectors> vectors) {
        this.stage = stage;
        this.vectors = vectors;
    }

    /** @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed */
    @Override
    public Votes nearest(String name, float[] candidates, int dimension, int... labelOffsets) {
        VoteCount count = stage.nearestNeighborHistogram(name, vectors.get(), candidates, dimension, labelOffsets);
        return new Votes(count.histogram(), count.effort());
    }

    /** @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed */
    @Override
    public VoteHistogram labels() {
        return stage.labelHistogram(vectors.get());
    }

    /** @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed */
    @Override
    public VoteHistogram cells(String name, MarginalQuery query) {
        return stage.marginalHistogram(name, vectors.get(), query);
    }
}
