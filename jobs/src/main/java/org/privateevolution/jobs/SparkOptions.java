package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How Spark runs, for commands that start it. */
final class SparkOptions {

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark master. Default: that of spark-submit, or else local[*].")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A property of Spark, such as spark.ui.enabled=true. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    /** Null if it was not given. */
    String master() {
        return master;
    }

    Map<String, String> properties() {
        return properties;
    }
}
