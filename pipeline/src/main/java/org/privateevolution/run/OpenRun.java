package org.privateevolution.run;

import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;

/**
 * A run that this driver holds, with everything that its loop needs.
 *
 * @param electorate asked only for what was not released before
 * @param embedder embedder of the candidates
 */
public record OpenRun(
        RunSpec spec,
        PlannedReleases planned,
        IterationStore store,
        PrivateReleases releases,
        Electorate electorate,
        Embedder embedder,
        RunListener listener) {

    int labels() {
        return spec.labels().names().size();
    }
}
