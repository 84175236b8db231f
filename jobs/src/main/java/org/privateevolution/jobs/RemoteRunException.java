package org.privateevolution.jobs;

/** A Spark Connect server did not carry out a request. The message is the one that the command line prints. */
public final class RemoteRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RemoteRunException(Failure failure) {
        super(String.join("\n", failure.lines()));
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
