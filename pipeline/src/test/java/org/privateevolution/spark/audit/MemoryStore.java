package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.IterationStore;

/** A test double: the store of a run that lives as long as a trial does. */
final class MemoryStore implements IterationStore {

    private final List<Population> populations = new ArrayList<>();
    private final Map<String, NoisyHistogram> releases = new HashMap<>();

    @Override
    public int lastCommitted() {
        return populations.size() - 1;
    }

    @Override
    public Population population(int iteration) {
        return populations.get(iteration);
    }

    @Override
    public List<MetricValue> metrics(int iteration) {
        return List.of();
    }

    @Override
    public Optional<NoisyHistogram> release(String releaseId) {
        return Optional.ofNullable(releases.get(releaseId));
    }

    @Override
    public void commitRelease(NoisyHistogram histogram) {
        releases.put(histogram.releaseId(), histogram);
    }

    @Override
    public void commitSelection(
            int iteration, List<SelectionRecord> selection, List<MetricValue> metrics, Set<String> kernels) {
        throw new UnsupportedOperationException("probes are not selected");
    }

    @Override
    public GenerationJournal journal(int iteration) {
        throw new UnsupportedOperationException("probes are not generated");
    }

    @Override
    public void commit(Population population) {
        populations.add(population);
    }
}
