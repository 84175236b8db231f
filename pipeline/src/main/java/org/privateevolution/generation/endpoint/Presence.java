package org.privateevolution.generation.endpoint;

import java.util.BitSet;

/** Whether any endpoint has ever spoken the protocol, and which were asked in vain. Safe for use by many threads. */
final class Presence {

    private final int endpoints;
    private final BitSet missed = new BitSet();
    private boolean anybody;

    Presence(int endpoints) {
        this.endpoints = endpoints;
    }

    /** An endpoint answered, if only that it is busy. */
    synchronized void met() {
        anybody = true;
    }

    synchronized void missed(int endpoint) {
        missed.set(endpoint);
    }

    /** Whether every endpoint was asked in vain, and none ever answered. */
    synchronized boolean isNobodyThere() {
        return !anybody && missed.cardinality() == endpoints;
    }
}
