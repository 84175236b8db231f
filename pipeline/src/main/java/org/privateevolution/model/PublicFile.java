package org.privateevolution.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, or a folder of files, that a run is configured by, such as a model or a prompt. Public; its content decides
 * results, so a run knows it by its checksum.
 *
 * @param location path or URI; empty for what the program brings itself
 * @param sha256 of its content, in hexadecimal; absent if it has not been read yet
 */
public record PublicFile(String location, Optional<String> sha256) {
    public PublicFile {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Whether the program brings it. */
    public boolean builtIn() {
        return location.isEmpty();
    }

    /** Its path on this machine's own disk. */
    public Path local() {
        return Path.of(location.replaceFirst("^file:(//)?", ""));
    }

    /** The same file, known by its content. */
    public PublicFile withSha256(String checksum) {
        return new PublicFile(location, Optional.of(checksum));
    }
}
