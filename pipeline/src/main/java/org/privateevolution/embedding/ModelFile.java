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
}
