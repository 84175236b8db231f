package org.privateevolution.spark.vectors;

import java.util.function.Supplier;
import org.privateevolution.embedding.ModelException;

/**
 * Calls an extension that sees private records: of an exception that it throws, only the class is reported, because its
 * message may hold private values.
 */
final class ForeignCode {

    private ForeignCode() {}

    /**
     * Calls an extension.
     *
     * @param extension kind and name of the extension, for the message
     * @throws ModelException if the extension throws anything
     */
    static <T> T call(String extension, Supplier<T> call) {
        try {
            return call.get();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw failed(
                    extension,
                    "failed: " + e.getClass().getName() + "; its message may hold private values and is"
                            + " not shown");
        }
    }

    static ModelException failed(String extension, String problem) {
        return new ModelException("the " + extension + " " + problem);
    }

    /** @throws ModelException if the vector does not hold {@code dimension} finite numbers */
    static void requireVector(String extension, float[] vector, int dimension) {
        if (vector == null || vector.length != dimension) {
            throw failed(extension, "gives vectors of another dimension than the " + dimension + " that it states");
        }
        for (float component : vector) {
            if (!Float.isFinite(component)) {
                throw failed(extension, "gives a vector that holds NaN or infinity");
            }
        }
    }
}
