package org.privateevolution.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, or a folder of files, that configures a run, such as a model or a prompt. Public. Results depend on the
 * content, so a run identifies the file by its checksum.
 *
 * @param location path or URI; empty for a file that is part of the program
 * @param sha256 of the content, in hexadecimal; absent if the file has not been read yet
 */
public record PublicFile(String location, Optional<String> sha256) {
    public PublicFile {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Whether the file is part of the program. */
    public boolean builtIn() {
        return location.isEmpty();
    }

    /** Returns the file's path on this machine's own disk. */
    public Path local() {
        return Path.of(location.replaceFirst("^file:(//)?", ""));
    }

    /** Returns the same file, identified by its checksum. */
    public PublicFile withSha256(String checksum) {
        return new PublicFile(location, Optional.of(checksum));
    }
}
