package org.privateevolution.embedding;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A model's file in a jar on the class path.
 *
 * @param name from the root of the class path, without a leading slash
 */
public record ResourceFile(String name) implements ModelFile {

    private static final long serialVersionUID = 1L;

    @Override
    public InputStream open() throws IOException {
        InputStream file = ResourceFile.class.getClassLoader().getResourceAsStream(name);
        if (file == null) {
            // Jars that were added to Spark later are visible to the task's class loader only.
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            file = loader == null ? null : loader.getResourceAsStream(name);
        }
        if (file == null) {
            throw new FileNotFoundException(
                    "there is no " + name + " on the class path: add the jar that holds it, or name a model by path");
        }
        return file;
    }

    @Override
    public String toString() {
        return "class path:" + name;
    }
}
