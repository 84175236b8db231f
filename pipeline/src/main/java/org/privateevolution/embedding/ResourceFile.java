package org.privateevolution.embedding;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A model's file in a jar on the class path.
 *
 * @param name from the class path's root, without a slash in front
 */
public record ResourceFile(String name) implements ModelFile {

    private static final long serialVersionUID = 1L;

    @Override
    public InputStream open() throws IOException {
        InputStream file = ResourceFile.class.getClassLoader().getResourceAsStream(name);
        if (file == null) {
            // Jars that Spark was given later are behind the task's loader.
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
