package org.privateevolution.jobs;

import picocli.CommandLine.Option;

/** Where Spark runs, for commands that start it. */
final class Master {

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark master. Under spark-submit its own; else local[*].")
    private String url;

    /** Null if it was not given. */
    String url() {
        return url;
    }
}
