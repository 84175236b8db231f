package org.privateevolution.run;

import java.util.function.Consumer;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;

/**
 * A run that this driver holds, with everything that its loop needs.
 *
 * @param electorate asked only for what was not released before
 * @param embedder embedder of the candidates
 * @param ahead receives samples that the embedder will be asked for, as soon as each is made
 */
public record OpenRun(
        RunSpec spec,
        PlannedReleases planned,
        IterationStore store,
        PrivateReleases releases,
        Electorate electorate,
        Embedder embedder,
        Consumer<Payload> ahead,
        RunListener listener) {

    int labels() {
        return spec.labels().names().size();
    }
}
