package org.privateevolution.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;

/**
 * The files of a drafted configuration.
 *
 * @param contents contents by path; the first file is the configuration
 * @param fromPrivateData whether the files contain values read from the private data
 */
record DraftFiles(Map<Path, String> contents, boolean fromPrivateData) {

    DraftFiles {
        contents = new LinkedHashMap<>(contents);
    }

    /** A draft that consists of the configuration alone. */
    static DraftFiles of(Path target, String yaml, boolean fromPrivateData) {
        return new DraftFiles(Map.of(target, yaml), fromPrivateData);
    }

    /** The configuration. */
    Path target() {
        return contents.keySet().iterator().next();
    }

    List<String> names() {
        return contents.keySet().stream().map(Path::toString).toList();
    }

    /** @throws ConfigurationException if one of the files exists */
    static void requireFree(Collection<Path> files) {
        List<String> taken =
                files.stream().filter(Files::exists).map(Path::toString).toList();
        if (!taken.isEmpty()) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of(String.join(", ", taken) + (taken.size() == 1 ? " exists" : " exist")
                            + " already: choose another --file, or add --force to overwrite"));
        }
    }

    /** @throws ConfigurationException if a run would not accept the configuration, or a file cannot be written */
    void write() {
        RunConfiguration.parse(contents.get(target()), target().toString(), List.of());
        contents.forEach((path, content) -> {
            try {
                if (path.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(path.toAbsolutePath().getParent());
                }
                Files.writeString(path, content);
            } catch (IOException e) {
                throw new ConfigurationException(
                        ConfigurationException.Reason.PLACE,
                        List.of("--file: cannot write " + path + ": " + e.getMessage()));
            }
        });
    }
}
