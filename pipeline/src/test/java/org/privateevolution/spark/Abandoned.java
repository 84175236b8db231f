package org.privateevolution.spark;

/** Leases as drivers leave them that died. */
final class Abandoned {

    private Abandoned() {}

    /** @param lease of a driver of this very process */
    static String lease(String lease) {
        return lease.replace("\"process_start\" : \"", "\"process_start\" : \"1999-");
    }
}
