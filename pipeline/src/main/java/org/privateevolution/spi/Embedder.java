package org.privateevolution.spi;

import java.io.Serializable;
import java.util.List;
import org.privateevolution.model.Payload;

/** Maps samples, private and synthetic alike, to vectors. Runs on executors, hence serialisable. */
public interface Embedder extends Serializable {

    /** The number of floats per vector. */
    int dimension();

    /** Identifies everything that the vectors depend on; equal fingerprints give equal vectors. */
    String fingerprint();

    /**
     * Embeds samples.
     *
     * @return row-major, {@code payloads.size() * dimension()} finite floats
     */
    float[] embed(List<? extends Payload> payloads);

    /**
     * The vectors of fixed public samples of several kinds and lengths. If two machines compute the same bits for them,
     * they are taken to embed all samples alike.
     */
    float[] probe();
}
