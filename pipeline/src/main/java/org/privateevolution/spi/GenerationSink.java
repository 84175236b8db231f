package org.privateevolution.spi;

import org.privateevolution.model.Payload;

/** Receives the answers of a {@link GenerationApi}, in any order and from any thread. */
public interface GenerationSink {

    /** The sample of a request was made. */
    void accept(GenerationRequest request, Payload payload);

    /** The sample of a request cannot be made; {@code reason} is short and contains no secret. */
    void reject(GenerationRequest request, String reason);

    /** The request could not be answered for now, and nothing was paid: a resumed run may repeat it. */
    default void fail(GenerationRequest request, String reason) {
        reject(request, reason);
    }
}
