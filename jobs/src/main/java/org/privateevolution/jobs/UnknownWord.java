package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.NearestKey;
import picocli.CommandLine;

/**
 * A word of the command line that means nothing there.
 *
 * @param word without the value of an option
 * @param kind what it would have to be
 * @param nearest what it may have been meant to be
 */
record UnknownWord(String word, String kind, Optional<String> nearest) {

    /** @param command the one that was given the word */
    static UnknownWord of(String argument, CommandLine command) {
        if (argument.startsWith("-")) {
            List<String> options = new ArrayList<>();
            command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
            String name = argument.replaceFirst("=.*", "");
            return new UnknownWord(name, "no option", NearestKey.close(name, options));
        }
        boolean takesCommands = command.getParent() == null;
        return takesCommands
                ? new UnknownWord(
                        argument,
                        "no command",
                        NearestKey.close(argument, command.getSubcommands().keySet()))
                : new UnknownWord(argument, "one argument too many", Optional.empty());
    }

    /** @param help the command that lists what is known */
    String message(String help) {
        return word + " is " + kind
                + nearest.map(name -> "; did you mean " + name + "? (" + help + ")")
                        .orElse(" (" + help + " lists them)");
    }
}
