package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The Spark options of commands that start Spark. */
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

    /** Null if the option was not given. */
    String master() {
        return master;
    }

    Map<String, String> properties() {
        return properties;
    }
}
