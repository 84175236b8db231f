package org.privateevolution.spi;

import java.util.List;
import java.util.Map;
import org.privateevolution.model.Payload;

/** Stores the answers of a costly {@link GenerationApi} before they are used, so that none is paid for twice. */
public interface GenerationJournal {

    /**
     * One answered request.
     *
     * @param requestId {@link GenerationRequest#id()}
     * @param payload the sample; null if the request was rejected
     * @param reason why the request was rejected; empty if it was not
     */
    record Entry(String requestId, Payload payload, String reason) {}

    /** All answers so far, by request id. */
    Map<String, Entry> entries();

    /** Stores answers; they are durable once this returns. */
    void append(List<Entry> entries);
}
