package org.privateevolution.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.RunListener;

/**
 * Tells a listener of each vote once it is committed. Figures outside the guarantee are withheld.
 *
 * @param votes number of votes in the run
 * @param epsilon epsilon of what the run has been charged so far
 */
public record AnnouncedVotes(IterationStore store, int votes, DoubleSupplier epsilon, RunListener listener)
        implements IterationStore {

    @Override
    public void commitSelection(
            int iteration, List<SelectionRecord> selection, List<MetricValue> metrics, Set<String> kernels) {
        store.commitSelection(iteration, selection, metrics, kernels);
        double spent = epsilon.getAsDouble();
        List<MetricValue> figures =
                metrics.stream().filter(MetricValue::insideGuarantee).toList();
        listener.voted(iteration, votes, spent, figures);
    }

    @Override
    public int lastCommitted() {
        return store.lastCommitted();
    }

    @Override
    public Population population(int iteration) {
        return store.population(iteration);
    }

    @Override
    public List<MetricValue> metrics(int iteration) {
        return store.metrics(iteration);
    }

    @Override
    public Optional<NoisyHistogram> release(String releaseId) {
        return store.release(releaseId);
    }

    @Override
    public void commitRelease(NoisyHistogram histogram) {
        store.commitRelease(histogram);
    }

    @Override
    public GenerationJournal journal(int iteration) {
        return store.journal(iteration);
    }

    @Override
    public void commit(Population population) {
        store.commit(population);
    }
}
