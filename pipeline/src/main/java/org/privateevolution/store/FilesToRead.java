package org.privateevolution.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.privateevolution.spi.StoreException;

/** Small files under one root, for callers that only read them. */
public interface FilesToRead {

    /** Files under a subdirectory. */
    FilesToRead in(String directory);

    /** The root as a URI. */
    String location();

    /**
     * Content of a file; empty if it does not exist.
     *
     * @throws StoreException if the file cannot be read
     */
    Optional<byte[]> readBytes(String name);

    /** Content of a file; empty if it does not exist. */
    default Optional<String> read(String name) {
        return readBytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Names of the files and directories in the root that count, sorted; empty if it does not exist.
     *
     * @throws StoreException if the root cannot be listed
     */
    List<String> list();
}
