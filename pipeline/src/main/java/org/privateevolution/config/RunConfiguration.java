package org.privateevolution.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.privateevolution.model.RunSpec;

/**
 * Reads run configurations. {@link Settings} lists their keys.
 *
 * <p>Values are taken literally: the environment is not substituted, and relative paths are left to the file system,
 * which resolves them against its working directory.
 */
public final class RunConfiguration {

    private RunConfiguration() {}

    /**
     * Reads the run that a file describes.
     *
     * @param overrides each {@code key=value}, applied in order
     * @throws ConfigurationException if the file cannot be read or the run is not possible; the message has all
     *     problems
     */
    public static RunSpec load(Path file, List<String> overrides) {
        try {
            return parse(Files.readString(file), file.getFileName().toString(), overrides);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.NO_FILE,
                    List.of(file
                            + ": no such file"
                            + NearestFile.of(file)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(": give the path of a configuration; `pe init` writes one")));
        } catch (IOException e) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.NO_FILE, List.of(file + ": cannot be read: " + e.getMessage()));
        }
    }

    /**
     * Reads the run that a text describes.
     *
     * @param yaml the configuration, as YAML or JSON
     * @param source name of the text's file, for messages; without its extension it is the default name of the run
     * @param overrides each {@code key=value}, applied in order
     * @throws ConfigurationException if the text cannot be read or the run is not possible; the message has all
     *     problems
     */
    public static RunSpec parse(String yaml, String source, List<String> overrides) {
        Node root = YamlText.document(yaml, source);
        if (!(root instanceof Node.Mapping) && !Node.isNull(root)) {
            // The text may be private data, so the message shows none of it.
            throw new ConfigurationException(List.of(source + " is not a configuration: a configuration is YAML"
                    + " with keys such as"
                    + " private_data and privacy. If it is data, `pe init " + source + "` writes a configuration"
                    + " for it"));
        }
        for (String override : overrides) {
            root = Assignment.parse(override).apply(root);
        }
        return RunSettings.read(root, withoutExtension(source));
    }

    private static String withoutExtension(String file) {
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }
}
