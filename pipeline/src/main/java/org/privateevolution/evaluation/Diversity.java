package org.privateevolution.evaluation;

import java.util.HashSet;
import java.util.List;
import org.privateevolution.model.Payload;

/** Measures how different synthetic samples are from each other. */
public final class Diversity {

    private Diversity() {}

    /**
     * The number of different payloads divided by the number of all payloads, 0 to 1: 1 if no two are equal, 0 if there
     * are none.
     */
    public static double distinctShare(List<? extends Payload> payloads) {
        return payloads.isEmpty() ? 0 : new HashSet<Payload>(payloads).size() / (double) payloads.size();
    }
}
