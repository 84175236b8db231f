package org.privateevolution.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;

/**
 * The state of a run, step by step on storage. What has been committed never changes; what an interrupted step left is
 * never used.
 *
 * @see StoreException thrown by every method when storage fails or is damaged
 */
public interface IterationStore {

    /** The last iteration whose population is committed; -1 if there is none. */
    int lastCommitted();

    /** A committed population. */
    Population population(int iteration);

    /** The metrics that were committed with what vote {@code iteration} selected; none if it has not. */
    List<MetricValue> metrics(int iteration);

    /** A committed private release. */
    Optional<NoisyHistogram> release(String releaseId);

    /** Commits a private release. Until this returns nobody may act on it; afterwards it is never drawn again. */
    void commitRelease(NoisyHistogram histogram);

    /**
     * Commits what vote {@code iteration} selected, and what the released votes say of it.
     *
     * @param kernels names of the kernels that searched for the votes; empty if an earlier start of the run did
     */
    void commitSelection(
            int iteration, List<SelectionRecord> selection, List<MetricValue> metrics, Set<String> kernels);

    /** The answers of the generation API for an iteration. */
    GenerationJournal journal(int iteration);

    /** Commits a population, and with it the iteration. */
    void commit(Population population);
}
