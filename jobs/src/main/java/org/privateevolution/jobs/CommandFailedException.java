package org.privateevolution.jobs;

/** A command failed in a process that goes on with other work, such as a Databricks driver; standard error says why. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(int exitCode) {
        super("pe ended with exit code " + exitCode + "; the lines that begin with \"pe: \" say why");
    }
}
