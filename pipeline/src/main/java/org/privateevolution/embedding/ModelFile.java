package org.privateevolution.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * A file of a model. Driver and executors open it each for themselves, hence serialisable; its text names it in error
 * messages.
 */
public interface ModelFile extends Serializable {

    /** Opens the file in this JVM. */
    InputStream open() throws IOException;

    /**
     * The whole file.
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
