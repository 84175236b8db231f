package org.privateevolution.spark.modality;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ModelFile;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.Sha256;
import org.privateevolution.spark.session.HadoopFile;

/** Reads files that a configuration names and checks them against their checksums. */
public final class PublicFiles {

    private PublicFiles() {}

    /** The content of a small file as text. */
    public static String text(PublicFile file, String key) {
        try (InputStream in = new HadoopFile(file.location()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, file.location(), e);
        }
    }

    /**
     * Pins a file to its checksum.
     *
     * @param key names the file in errors
     * @throws ConfigurationException if the file cannot be read or is not the declared one
     */
    public static PublicFile pinned(PublicFile file, String key, ModelFile content) {
        String found;
        try (InputStream in = content.open()) {
            found = Sha256.of(in);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, file.builtIn() ? content.toString() : file.location(), e);
        }
        return pinned(file, key, found);
    }

    /**
     * Pins something other than a single file to its checksum.
     *
     * @param found checksum of the present content
     * @throws ConfigurationException if another checksum is declared
     */
    public static PublicFile pinned(PublicFile file, String key, String found) {
        String declared = file.sha256().orElse(found);
        if (!declared.equals(found)) {
            throw new ConfigurationException(List.of(key + ": " + file.location() + " has the checksum " + found
                    + ", not " + declared + ": restore the declared file, or declare this one"));
        }
        return file.withSha256(found);
    }

    private static ConfigurationException unreadable(String key, String location, Exception e) {
        return new ConfigurationException(
                List.of(key + ": " + location + " cannot be read (" + e.getMessage() + "): check the path"));
    }
}
