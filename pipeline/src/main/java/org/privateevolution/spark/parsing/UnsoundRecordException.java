package org.privateevolution.spark.parsing;

/** A file does not say where a private record ends or what it holds. The message never quotes it. */
public final class UnsoundRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsoundRecordException(String problem) {
        super(problem, null, false, false);
    }
}
