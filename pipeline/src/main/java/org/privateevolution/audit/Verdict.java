package org.privateevolution.audit;

/** An audit's judgement of a claim. */
public enum Verdict {
    /** Nothing that was observed contradicts the claim. */
    CONSISTENT,
    /**
     * A bound lies above the claim. If the run keeps its promise, each bound does so in at most one of 1 / (1 -
     * confidence) audits.
     */
    ABOVE,
    /** The observations are impossible if the run makes the releases that its claim is about. */
    CONTRADICTED
}
