package org.privateevolution.jobs;

/**
 * A generator of another language's program, as Python's module gives it: asked in batches, in the thread that runs
 * {@link NotebookRun#run}.
 */
public interface NotebookGenerator {

    /**
     * Answers requests.
     *
     * @param requests a JSON array of objects with {@code id}, {@code label} (its name), {@code seed},
     *     {@code iteration} and, for VARIATION_API, {@code parent}: a text, or an object with the value of each
     *     column of a row; or {@code parent_image}, the encoded file in base64
     * @return JSON: an array in the same order of texts, objects with the value of each column of a row, or objects
     * with
     *     {@code image}, an encoded file in base64; each null if the sample cannot be made; or an object with
     *     {@code error}, if none can
     */
    String answer(String requests);
}
