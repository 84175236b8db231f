package org.privateevolution.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * A file of a model. It is serialisable because the driver and each executor open it on their own. Its text form names
 * the file in error messages.
 */
public interface ModelFile extends Serializable {

    /** Opens the file in this JVM. */
    InputStream open() throws IOException;

    /**
     * Reads the whole file.
     *
     * @throws ModelException if it cannot be read
     */
    default byte[] content() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ModelException("the model's file " + this + " cannot be read: " + e.getMessage(), e);
        }
    }
}
