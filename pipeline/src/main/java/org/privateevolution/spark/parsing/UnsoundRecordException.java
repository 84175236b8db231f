package org.privateevolution.spark.parsing;

/** Thrown if a file leaves open where a private record ends or what it holds. The message never quotes the file. */
public final class UnsoundRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsoundRecordException(String problem) {
        super(problem, null, false, false);
    }
}
