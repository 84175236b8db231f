package org.privateevolution.spi;

import java.util.function.BiConsumer;
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

    /**
     * A sink that passes rejections and failures on to this one.
     *
     * @param accept receives the samples that were made, in place of this sink
     */
    default GenerationSink accepting(BiConsumer<GenerationRequest, Payload> accept) {
        GenerationSink others = this;
        return new GenerationSink() {
            @Override
            public void accept(GenerationRequest request, Payload payload) {
                accept.accept(request, payload);
            }

            @Override
            public void reject(GenerationRequest request, String reason) {
                others.reject(request, reason);
            }

            @Override
            public void fail(GenerationRequest request, String reason) {
                others.fail(request, reason);
            }
        };
    }
}
