package org.privateevolution.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;

/** Reads a run configuration from a local path, or from any file system that Hadoop reads. */
public final class ConfigurationFile {

    private ConfigurationFile() {}

    /**
     * The run that a file describes.
     *
     * @param location a path, or a URI such as {@code s3a://}
     * @param overrides settings of the form {@code key=value}, applied in order
     * @throws ConfigurationException if the file cannot be read or its settings are invalid; lists every problem
     */
    public static RunSpec load(String location, List<String> overrides) {
        if (!isUri(location)) {
            return RunConfiguration.load(Path.of(location), overrides);
        }
        var path = new org.apache.hadoop.fs.Path(location);
        try (FSDataInputStream in =
                path.getFileSystem(SessionFiles.configuration()).open(path)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return RunConfiguration.parse(yaml, path.getName(), overrides);
        } catch (FileNotFoundException e) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.NO_FILE,
                    List.of(location + ": no such file; give the path of a configuration"));
        } catch (IOException e) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.NO_FILE, List.of(location + ": cannot be read: " + e.getMessage()));
        }
    }

    /** Whether a location has a scheme. A single letter before the colon is a drive. */
    public static boolean isUri(String location) {
        return location.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }
}
