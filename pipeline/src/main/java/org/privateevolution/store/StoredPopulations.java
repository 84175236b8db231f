package org.privateevolution.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Sha256;
import org.privateevolution.spi.StoreException;

/** The populations that a run has committed, for readers that do not work on the run. */
public final class StoredPopulations {

    static final String MANIFEST = "manifest.json";
    static final String POPULATION = "population.jsonl";

    static final String ITERATION = "iteration-";

    private final RunFiles files;

    /** @param files the run's {@code output.path/store} */
    public StoredPopulations(RunFiles files) {
        this.files = files;
    }

    static String directory(int iteration) {
        return ITERATION + String.format(Locale.ROOT, "%03d", iteration);
    }

    /** The last iteration, from 0; -1 if there is none. */
    public int last() {
        int iteration = -1;
        while (manifest(iteration + 1).isPresent()) {
            iteration++;
        }
        return iteration;
    }

    /**
     * The population of an iteration.
     *
     * @throws StoreException if the population was not committed, or is damaged
     */
    public Population population(int iteration) {
        RunFiles directory = files.in(directory(iteration));
        StoredObject manifest = manifest(iteration)
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.DAMAGED,
                        directory.location() + "/" + MANIFEST + " is missing: iteration " + iteration
                                + " was never committed"));
        String where = directory.location() + "/" + POPULATION;
        String text = directory
                .read(POPULATION)
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.DAMAGED, where + " is missing: restore it, or start a new run"));
        if (!Sha256.of(text).equals(manifest.text("population_sha256"))) {
            throw StoredObject.damaged(where, "its checksum differs from the manifest's");
        }
        List<Sample> samples = new ArrayList<>();
        text.lines().forEach(line -> samples.add(StoreJson.sample(StoreJson.parse(line, where))));
        return new Population(iteration, samples);
    }

    private Optional<StoredObject> manifest(int iteration) {
        RunFiles directory = files.in(directory(iteration));
        return directory
                .read(MANIFEST)
                .map(text -> StoreJson.parseDocument(text, directory.location() + "/" + MANIFEST));
    }
}
