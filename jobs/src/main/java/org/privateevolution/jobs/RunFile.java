package org.privateevolution.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command works on. */
final class RunFile {

    /** Name of the mixin in the commands that have it. */
    static final String MIXIN = "runFile";

    @Parameters(paramLabel = "CONFIG", description = "Run configuration, a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the configuration, such as privacy.epsilon=2; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    Path file() {
        return file;
    }

    RunSpec load() {
        return RunConfiguration.load(file, overrides);
    }
}
