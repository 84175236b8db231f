package org.privateevolution.jobs;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many values a text column of a draft may have. */
final class CategoryLimit {

    @Option(
            names = "--max-categories",
            paramLabel = "N",
            defaultValue = "50",
            description = "A text column with more different values is left out [${DEFAULT-VALUE}].")
    private int most;

    /**
     * Returns the limit, at least 1.
     *
     * @throws ParameterException if the limit is less than 1
     */
    int most(CommandSpec spec) {
        if (most < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--max-categories: " + most + " is not allowed: must be at least 1");
        }
        return most;
    }
}
