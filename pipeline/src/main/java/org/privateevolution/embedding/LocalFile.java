package org.privateevolution.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's file on a disk that the driver and the executors see under the same path.
 *
 * @param path in the local file system
 */
public record LocalFile(String path) implements ModelFile {

    private static final long serialVersionUID = 1L;

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(Path.of(path));
    }

    @Override
    public String toString() {
        return path;
    }
}
