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

/** Reads the files that a configuration names and holds them against their checksums. */
public final class PublicFiles {

    private PublicFiles() {}

    /** A small file as text. */
    public static String text(PublicFile file, String key) {
        try (InputStream in = new HadoopFile(file.location()).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, file.location(), e);
        }
    }

    /**
     * The file with its checksum.
     *
     * @param key names it in errors
     * @throws ConfigurationException if it cannot be read or is not the one that was declared
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
     * The same of what is no single file.
     *
     * @param found the checksum of what is there
     * @throws ConfigurationException if another one is declared
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
