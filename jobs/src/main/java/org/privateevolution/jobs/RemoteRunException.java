package org.privateevolution.jobs;

/** A server of Spark Connect did not do what a client asked for; the message is that of the command line. */
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
