package org.privateevolution.spark.audit;

/** What could be wrong with a run: planted by tests alone, for the product has nothing that could switch it on. */
enum Fault {
    NONE,
    /** The plan of the run has half the noise that its claim needs. */
    HALF_THE_NOISE,
    /** The plan of the run has three times the noise of its claim: safe, but not what was planned. */
    TOO_MUCH_NOISE,
    /** Clean counts are released. */
    NO_NOISE,
    /** A record or client is counted two times. */
    VOTE_TWICE,
    /** A run that is started again draws noise anew under the same charge, so that one may average. */
    NOISE_DRAWN_ANEW,
    /** A client's votes are divided by their norm within each label, not over all of them. */
    CLIENT_NORM_BY_LABEL,
    /** A record gives each of its k nearest candidates a whole vote, not 1 / sqrt(k). */
    WHOLE_VOTES,
    /** Each row of a client with child tables counts as a record: votes are clipped by row, not by client. */
    ROWS_AS_RECORDS
}
