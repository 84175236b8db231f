package org.privateevolution.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Suggests the file that a misspelt path may have meant. */
public final class NearestFile {

    private NearestFile() {}

    /**
     * Returns the entry of the folder of {@code missing} with the nearest name; empty if no name is near, or if the
     * folder cannot be listed.
     */
    public static Optional<Path> of(Path missing) {
        Path folder = missing.toAbsolutePath().getParent();
        Path name = missing.getFileName();
        if (folder == null || name == null) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.map(entry -> entry.getFileName().toString())
                    .filter(entry -> !entry.endsWith(DefaultLedger.SUFFIX))
                    .toList();
            return NearestKey.close(name.toString(), names).map(missing::resolveSibling);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
