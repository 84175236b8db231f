package org.privateevolution.spark.vote;

import java.io.Serializable;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.RecordsRead;

/**
 * Votes of some records, not released. Spark wants the class public, but it has no schema on purpose: nothing in Spark can
 * select from it, show it or write it as columns.
 *
 * @param effort how the votes were found
 * @param read which records voted
 */
public record VoteCount(VoteHistogram histogram, SearchEffort effort, RecordsRead read) implements Serializable {

    /** No votes for a number of candidates. */
    static VoteCount none(int candidates) {
        return new VoteCount(new VoteHistogram(candidates), SearchEffort.NONE, new RecordsRead());
    }

    /** Takes the other's votes in. */
    VoteCount merge(VoteCount other) {
        histogram.merge(other.histogram);
        read.merge(other.read);
        return new VoteCount(histogram, effort.plus(other.effort), read);
    }
}
