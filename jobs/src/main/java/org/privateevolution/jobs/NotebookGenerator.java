package org.privateevolution.jobs;

/**
 * A generator in another language's program, such as a Python function. It is asked in batches, in the thread that runs
 * {@link NotebookRun#run}.
 */
public interface NotebookGenerator {

    /**
     * Answers requests.
     *
     * @param requests a JSON array of objects with {@code id}, {@code label} (its name), {@code seed},
     *     {@code iteration} and, for VARIATION_API, {@code parent}: a text, or an object with the value of each column
     *     of a row; or {@code parent_image}, the encoded file in base64
     * @return a JSON array in the same order, whose entries are texts, objects with the value of each column of a row,
     *     or objects with {@code image}, an encoded file in base64; null for a sample that cannot be made. If no sample
     *     can be made, a JSON object with {@code error}
     */
    String answer(String requests);
}
