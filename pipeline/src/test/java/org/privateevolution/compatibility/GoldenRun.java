package org.privateevolution.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;

/**
 * A run as a version of this program left it: configuration, private data that were made up for it, ledger, results
 * with their store, and the private store if it was kept. All paths in it are relative and lead to {@link #folder()},
 * where it is put before it is used.
 */
record GoldenRun(String version, String name) {

    private static final Path RESOURCES = Path.of("src/test/resources/golden");
    private static final Path FOLDERS = Path.of("target/golden-runs");

    /** Every run of every version. */
    static List<GoldenRun> all() {
        List<GoldenRun> runs = new ArrayList<>();
        for (Path version : sorted(RESOURCES)) {
            for (Path run : sorted(version)) {
                runs.add(new GoldenRun(
                        version.getFileName().toString(), run.getFileName().toString()));
            }
        }
        return runs;
    }

    private static List<Path> sorted(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the run is while it is used; the run knows itself by this name. */
    Path folder() {
        return FOLDERS.resolve(name);
    }

    /** As it is kept. */
    Path kept() {
        return RESOURCES.resolve(version).resolve(name);
    }

    Path results() {
        return folder().resolve("results");
    }

    Path store() {
        return results().resolve("store");
    }

    Path ledger() {
        return folder().resolve("ledger");
    }

    boolean isFinished() {
        return Files.exists(kept().resolve("results/guarantee.json"));
    }

    /** What leads the run to an endpoint, if it asks one. */
    List<String> endpoints(Endpoint endpoint) {
        return switch (name) {
            case "text-chat-stopped" -> List.of("text.chat.endpoints.0.url=" + endpoint.url() + "/v1");
            case "image-api-stopped" -> List.of("images.api.endpoints.0.url=" + endpoint.url());
            default -> List.of();
        };
    }

    /** Puts the run where it was made, in place of what is there. */
    GoldenRun restore() throws IOException {
        copy(kept(), folder());
        return this;
    }

    /** Keeps what is in {@link #folder()}. */
    void keep() throws IOException {
        copy(folder(), kept());
    }

    private static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            // Not the checksums that Hadoop's local file system leaves beside its files.
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".crc"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    void delete() throws IOException {
        delete(folder());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** @param overrides as {@code --set} takes them */
    RunSpec spec(List<String> overrides) {
        return RunConfiguration.load(folder().resolve("configuration.yaml"), overrides);
    }

    /** What makes the run one vote longer than {@code spec}. */
    static List<String> longer(RunSpec spec) {
        List<Integer> schedule = new ArrayList<>(spec.evolution().schedule());
        schedule.add(schedule.get(schedule.size() - 1));
        List<String> overrides = new ArrayList<>(List.of("evolution.schedule=" + schedule));
        spec.privacy().epsilon().ifPresent(epsilon -> overrides.add("privacy.epsilon=" + (epsilon + 1)));
        return Collections.unmodifiableList(overrides);
    }

    @Override
    public String toString() {
        return version + "/" + name;
    }
}
