package org.privateevolution.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;

/**
 * Stores the state of a run, step by step. Committed data never change; data left by an interrupted step are never
 * used.
 *
 * @see StoreException thrown by every method if storage fails or is damaged
 */
public interface IterationStore {

    /** The last iteration whose population is committed; -1 if there is none. */
    int lastCommitted();

    /** A committed population. */
    Population population(int iteration);

    /** The metrics that were committed with the selection of vote {@code iteration}; empty if there is none yet. */
    List<MetricValue> metrics(int iteration);

    /** A committed private release. */
    Optional<NoisyHistogram> release(String releaseId);

    /**
     * Commits a private release. Nobody may use the release before this returns; afterwards it is never drawn again.
     */
    void commitRelease(NoisyHistogram histogram);

    /**
     * Commits the selection of vote {@code iteration}, and the metrics of the released votes.
     *
     * @param kernels names of the kernels that searched for the votes; empty if an earlier start of the run searched
     */
    void commitSelection(
            int iteration, List<SelectionRecord> selection, List<MetricValue> metrics, Set<String> kernels);

    /** The answers of the generation API for an iteration. */
    GenerationJournal journal(int iteration);

    /** Commits a population, and with it the iteration. */
    void commit(Population population);
}
