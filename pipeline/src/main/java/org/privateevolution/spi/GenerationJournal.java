package org.privateevolution.spi;

import java.util.List;
import java.util.Map;
import org.privateevolution.model.Payload;

/**
 * The answers of a costly {@link GenerationApi}, on storage before they count, so that none is paid for twice.
 */
public interface GenerationJournal {

    /**
     * One answered request.
     *
     * @param requestId {@link GenerationRequest#id()}
     * @param payload what was made; null if the request was rejected
     * @param reason why it was rejected; empty if it was not
     */
    record Entry(String requestId, Payload payload, String reason) {}

    /** Every answer so far, by request id. */
    Map<String, Entry> entries();

    /** Puts answers on storage; they are safe once this returns. */
    void append(List<Entry> entries);
}
