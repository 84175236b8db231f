package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.model.Sha256;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.GenerationJournal;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.spi.StoreException;

/**
 * The iteration store as files.
 *
 * <pre>
 * releases/&lt;release id&gt;.json       a private release, written once
 * iteration-NNN/selection.json      what the vote selected, and its metrics
 * iteration-NNN/journal/            answers of the generation API
 * iteration-NNN/population.jsonl    one sample per line
 * iteration-NNN/manifest.json       written last: commits the iteration
 * </pre>
 * Every commit first checks that this driver still holds the run.
 */
public final class FileIterationStore implements IterationStore {

    private static final String RELEASES = "releases";
    private static final String SELECTION = "selection.json";

    private final RunFiles files;
    private final DriverLease lease;
    private final String runId;
    private final StoredPopulations populations;

    public FileIterationStore(RunFiles files, DriverLease lease, String runId) {
        this.files = files;
        this.lease = lease;
        this.runId = runId;
        this.populations = new StoredPopulations(files);
        files.in(RELEASES).removeTemporaries();
    }

    @Override
    public int lastCommitted() {
        return populations.last();
    }

    @Override
    public Population population(int iteration) {
        return populations.population(iteration);
    }

    @Override
    public List<MetricValue> metrics(int iteration) {
        RunFiles directory = files.in(directory(iteration));
        Optional<String> selection = directory.read(SELECTION);
        if (selection.isEmpty()) {
            return List.of();
        }
        StoredObject document = StoreJson.parseDocument(selection.get(), directory.location() + "/" + SELECTION);
        List<MetricValue> metrics = new ArrayList<>();
        for (StoredObject metric : document.objects("metrics")) {
            metrics.add(new MetricValue(
                    iteration,
                    metric.text("label"),
                    metric.text("metric"),
                    metric.number("value"),
                    metric.flag("inside_guarantee")));
        }
        return metrics;
    }

    @Override
    public Optional<NoisyHistogram> release(String releaseId) {
        RunFiles releases = files.in(RELEASES);
        String where = releases.location() + "/" + releaseId + ".json";
        return releases.read(releaseId + ".json").map(text -> {
            StoredObject stored = StoreJson.parseDocument(text, where);
            long[] gridVotes = stored.wholes("grid_votes");
            if (!stored.text("run").equals(runId)
                    || !stored.text("release").equals(releaseId)
                    || stored.integer("candidates") != gridVotes.length) {
                throw StoredObject.damaged(where, "it does not hold the release of this run that it is named for");
            }
            try {
                List<String> partitions = stored.has("partitions") ? stored.texts("partitions") : List.of();
                return NoisyHistogram.restored(releaseId, stored.number("noise_multiplier"), gridVotes, partitions);
            } catch (IllegalArgumentException e) {
                throw StoredObject.damaged(where, e.getMessage());
            }
        });
    }

    @Override
    public void commitRelease(NoisyHistogram histogram) {
        ObjectNode node = StoreJson.document()
                .put("run", runId)
                .put("release", histogram.releaseId())
                .put("noise_multiplier", histogram.noiseMultiplier())
                .put("candidates", histogram.candidates());
        ArrayNode votes = node.putArray("grid_votes");
        for (int i = 0; i < histogram.candidates(); i++) {
            votes.add(histogram.gridVotes(i));
        }
        if (!histogram.partitions().isEmpty()) {
            ArrayNode partitions = node.putArray("partitions");
            histogram.partitions().forEach(partitions::add);
        }
        lease.verify();
        RunFiles releases = files.in(RELEASES);
        if (!releases.create(histogram.releaseId() + ".json", StoreJson.line(node) + "\n")) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    releases.location() + "/" + histogram.releaseId()
                            + ".json exists already: another driver works on this run");
        }
    }

    @Override
    public void commitSelection(
            int iteration, List<SelectionRecord> selection, List<MetricValue> metrics, Set<String> kernels) {
        ObjectNode node = StoreJson.document().put("iteration", iteration);
        ArrayNode labels = node.putArray("labels");
        for (SelectionRecord record : selection) {
            ObjectNode label = labels.addObject().put("label", record.label()).put("survivors", record.survivors());
            ArrayNode indices = label.putArray("selected");
            record.indices().forEach(indices::add);
        }
        ArrayNode values = node.putArray("metrics");
        for (MetricValue metric : metrics) {
            values.addObject()
                    .put("label", metric.label())
                    .put("metric", metric.metric())
                    .put("value", metric.value())
                    .put("inside_guarantee", metric.insideGuarantee());
        }
        ArrayNode names = node.putArray("kernels");
        kernels.stream().sorted().forEach(names::add);
        lease.verify();
        files.in(directory(iteration)).write(SELECTION, StoreJson.line(node) + "\n");
    }

    @Override
    public GenerationJournal journal(int iteration) {
        return new FileJournal(files.in(directory(iteration)).in("journal"), lease::verify);
    }

    @Override
    public void commit(Population population) {
        StringBuilder lines = new StringBuilder();
        for (Sample sample : population.samples()) {
            lines.append(StoreJson.line(StoreJson.sample(sample))).append('\n');
        }
        String text = lines.toString();
        ObjectNode manifest = StoreJson.document()
                .put("iteration", population.iteration())
                .put("samples", population.size())
                .put("population_sha256", Sha256.of(text));
        RunFiles directory = files.in(directory(population.iteration()));
        lease.verify();
        directory.write(StoredPopulations.POPULATION, text);
        if (!directory.create(StoredPopulations.MANIFEST, StoreJson.pretty(manifest))) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    directory.location() + " is committed already: another driver works on this run");
        }
    }

    /** Whether the store holds no step of a run. */
    public static boolean isEmpty(FilesToRead files) {
        return files.list().stream()
                .noneMatch(name -> name.equals(RELEASES) || name.startsWith(StoredPopulations.ITERATION));
    }

    private static String directory(int iteration) {
        return StoredPopulations.directory(iteration);
    }
}
