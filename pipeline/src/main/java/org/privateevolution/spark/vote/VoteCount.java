package org.privateevolution.spark.vote;

import java.io.Serializable;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.RecordsRead;

/**
 * Votes of some private records, not yet released. It deliberately has no schema: nothing in Spark can select from it,
 * show it or write it as columns.
 *
 * @param effort the work that finding the votes took
 * @param read the records that voted
 */
public record VoteCount(VoteHistogram histogram, SearchEffort effort, RecordsRead read) implements Serializable {

    /** No votes for {@code candidates} candidates. */
    static VoteCount none(int candidates) {
        return new VoteCount(new VoteHistogram(candidates), SearchEffort.NONE, new RecordsRead());
    }

    /** Adds the votes of {@code other} to these. */
    VoteCount merge(VoteCount other) {
        histogram.merge(other.histogram);
        read.merge(other.read);
        return new VoteCount(histogram, effort.plus(other.effort), read);
    }
}
