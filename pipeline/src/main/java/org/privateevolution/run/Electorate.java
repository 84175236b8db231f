package org.privateevolution.run;

import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.table.MarginalQuery;

/**
 * The private records of a run as the driver may question them: they answer with histograms that can only be released.
 * An answer is exact and counts each record once, and what one record answers never depends on another record. The
 * records are read when the first question is asked.
 */
public interface Electorate {

    /**
     * The votes of the records for their nearest candidates.
     *
     * @param stage names the vote where progress is shown
     * @param vectors row-major candidate embeddings
     * @param dimension number of floats per vector
     * @param labelOffsets index of each label's first candidate, followed by the number of candidates
     */
    Votes nearest(String stage, float[] vectors, int dimension, int... labelOffsets);

    /** Counts the records of each label. */
    VoteHistogram labels();

    /**
     * Counts the records in each cell of a table's marginals.
     *
     * @param stage names the count where progress is shown
     */
    VoteHistogram cells(String stage, MarginalQuery query);

    /**
     * Votes for candidates, not yet released.
     *
     * @param effort the work that finding the votes took
     */
    record Votes(VoteHistogram histogram, SearchEffort effort) {}
}
