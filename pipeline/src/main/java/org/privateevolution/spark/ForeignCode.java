package org.privateevolution.spark;

import java.util.function.Supplier;
import org.privateevolution.embedding.ModelException;

/** Calls an extension that is shown a private record: nothing is told of what it throws but its class. */
final class ForeignCode {

    private ForeignCode() {}

    /**
     * Calls it.
     *
     * @param extension what it is and what it is called, for the message
     * @throws ModelException if it throws anything
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

    /** @throws ModelException if a vector is not of {@code dimension} finite numbers */
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
