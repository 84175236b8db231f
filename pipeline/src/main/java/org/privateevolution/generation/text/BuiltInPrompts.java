package org.privateevolution.generation.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The default prompts for the text of a mixed record. */
public enum BuiltInPrompts {
    RANDOM("mixed-random.json"),
    VARIATION("mixed-variation.json");

    private static final String FOLDER = "/org/privateevolution/prompts/";

    private final String file;

    BuiltInPrompts(String file) {
        this.file = file;
    }

    /** Opens the prompt's JSON file. */
    public InputStream open() throws IOException {
        InputStream found = BuiltInPrompts.class.getResourceAsStream(FOLDER + file);
        if (found == null) {
            throw new FileNotFoundException("the program's jar lacks " + FOLDER + file);
        }
        return found;
    }

    /** The prompt as JSON, in the form that {@link PromptTemplate} reads. */
    public String json() {
        try (InputStream in = open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
