package org.privateevolution.audit;

/** What an audit says of a claim. */
public enum Verdict {
    /** Nothing that was seen speaks against the claim. */
    CONSISTENT,
    /**
     * A bound lies above the claim, as each bound does in one of 1 / (1 - confidence) audits, at most, of a run that
     * keeps its promise.
     */
    ABOVE,
    /** What was seen cannot be, if the run makes the releases that its claim is made for. */
    CONTRADICTED
}
