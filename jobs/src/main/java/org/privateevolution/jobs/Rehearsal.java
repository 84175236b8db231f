package org.privateevolution.jobs;

import java.util.List;

/**
 * Works through the common commands in one process, so that Java can archive the classes that they load. {@code
 * scripts/pe} and the command of the Python package start it once after an installation, in a folder with invented
 * records.
 */
public final class Rehearsal {

    private static final String CONFIGURATION = "warm-up.yaml";

    private static final List<String[]> COMMANDS = List.of(
            new String[] {"--help"},
            new String[] {"budget", "--epsilon", "1", "--delta", "1e-5", "--votes", "20"},
            new String[] {"plan", CONFIGURATION, "--rows", "1000"},
            new String[] {"validate", CONFIGURATION},
            new String[] {"run", CONFIGURATION});

    private Rehearsal() {}

    public static void main(String[] args) {
        for (String[] command : COMMANDS) {
            int exitCode = Pe.commandLine().execute(command);
            if (exitCode != 0) {
                System.exit(exitCode);
            }
        }
        // Threads of a run may still be there.
        System.exit(0);
    }
}
