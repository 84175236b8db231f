package org.privateevolution.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.spark.ConfigurationFile;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

/**
 * The files of a finished run. Files on this machine are read without Hadoop, which takes longer to start than to read
 * them.
 *
 * @param location path or URI
 */
record RunFolder(String location) {

    /** The content of a file, if it exists. */
    Optional<String> read(String name) {
        if (ConfigurationFile.isUri(location)) {
            return RunFiles.at(location, SessionFiles.configuration()).read(name);
        }
        try {
            return Optional.of(Files.readString(Path.of(location, name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ConfigurationException(List.of("cannot read " + Path.of(location, name) + ": " + e.getMessage()));
        }
    }

    /** The run's name: the last part of the location. */
    String name() {
        String trimmed = location.replaceAll("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
