package org.privateevolution.spark;

import java.util.List;
import org.privateevolution.model.Payload;
import org.privateevolution.spi.Embedder;

/** The embedder of a run, which embeds the samples of one population only once, however many metrics ask for them. */
final class PopulationEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    private final Embedder embedder;

    /** Null on executors, which embed everything they are asked for. */
    private final transient List<Payload> population;

    /** Row-major; null until first asked for. */
    private transient float[] vectors;

    PopulationEmbedder(Embedder embedder, List<Payload> population) {
        this.embedder = embedder;
        this.population = population;
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String fingerprint() {
        return embedder.fingerprint();
    }

    @Override
    public synchronized float[] embed(List<? extends Payload> payloads) {
        if (!payloads.equals(population)) {
            return embedder.embed(payloads);
        }
        if (vectors == null) {
            vectors = embedder.embed(payloads);
        }
        // The caller may modify the array.
        return vectors.clone();
    }

    @Override
    public float[] probe() {
        return embedder.probe();
    }
}
