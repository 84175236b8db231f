package org.privateevolution.run;

import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.table.MarginalQuery;

/**
 * The private records of a run, as the driver may ask them: they answer with histograms that can only be released. An
 * answer is exact and counts each record once; two records' answers to the same question never depend on each other. The
 * records are read when the first question is asked.
 */
public interface Electorate {

    /**
     * The votes of the records for their nearest candidates.
     *
     * @param stage names the vote where the work is shown
     * @param vectors row-major candidate embeddings
     * @param dimension floats per vector
     * @param labelOffsets where each label's candidates start, and the number of candidates last
     */
    Votes nearest(String stage, float[] vectors, int dimension, int... labelOffsets);

    /** The records of each label. */
    VoteHistogram labels();

    /**
     * The records in each cell of a table's marginals.
     *
     * @param stage names the count where the work is shown
     */
    VoteHistogram cells(String stage, MarginalQuery query);

    /**
     * Votes for candidates, not released.
     *
     * @param effort how they were found
     */
    record Votes(VoteHistogram histogram, SearchEffort effort) {}
}
