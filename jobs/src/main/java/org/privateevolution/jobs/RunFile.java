package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.ConfigurationFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command works on. */
final class RunFile {

    @Parameters(
            paramLabel = "CONFIG",
            description = "The configuration, a YAML file: a path, or a URI such as s3a://bucket/run.yaml.")
    private String location;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a setting of the configuration, such as privacy.epsilon=2. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    /** The location as the user gave it. */
    String location() {
        return location;
    }

    RunSpec load() {
        return ConfigurationFile.load(location, overrides);
    }

    /** The same, with values that override those of the command line. */
    RunSpec load(List<String> more) {
        return ConfigurationFile.load(
                location, Stream.concat(overrides.stream(), more.stream()).toList());
    }
}
