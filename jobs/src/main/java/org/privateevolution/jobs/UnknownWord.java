package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.config.NearestKey;
import org.privateevolution.config.Setting;
import org.privateevolution.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A word of the command line that is not known at its place.
 *
 * @param word the word, without the value of an option
 * @param problem why it is refused
 * @param advice what the user may have meant; empty if nothing is similar
 */
record UnknownWord(String word, String problem, Optional<String> advice) {

    /** @param command the one that was given the word */
    static UnknownWord of(String argument, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (argument.startsWith("-")) {
            String name = argument.replaceFirst("=.*", "");
            return new UnknownWord(name, "is not an option of " + spec.qualifiedName(), option(name, spec));
        }
        if (command.getParent() == null) {
            return new UnknownWord(
                    argument,
                    "is not a command",
                    NearestKey.close(argument, spec.subcommands().keySet()).map(UnknownWord::meant));
        }
        return new UnknownWord(argument, "is one argument too many", Optional.empty());
    }

    /**
     * Suggests an option with a similar name, the setting with exactly this name, or the commands that have the option.
     */
    private static Optional<String> option(String name, CommandSpec spec) {
        String bare = name.replaceFirst("^-+", "");
        List<String> options = new ArrayList<>();
        spec.options().forEach(option -> options.add(option.longestName().replaceFirst("^-+", "")));
        return NearestKey.close(bare, options)
                .map(near -> meant("--" + near))
                .or(() -> setting(bare, spec))
                .or(() -> elsewhere(name, spec));
    }

    private static Optional<String> setting(String bare, CommandSpec spec) {
        if (spec.findOption("--set") == null) {
            return Optional.empty();
        }
        String key = bare.replace('-', '_');
        return Settings.all().stream()
                .map(Setting::path)
                .filter(path -> path.endsWith("." + key) && !path.contains("["))
                .findFirst()
                .map(path -> "it is a setting: give --set " + path + "=VALUE");
    }

    private static Optional<String> elsewhere(String name, CommandSpec spec) {
        List<String> commands = spec.root().subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(other -> other.findOption(name) != null)
                .map(CommandSpec::qualifiedName)
                .toList();
        return commands.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", commands) + (commands.size() == 1 ? " has it" : " have it"));
    }

    private static String meant(String name) {
        return "did you mean " + name + "?";
    }

    /** @param help the command that lists what is known */
    String message(String help) {
        return word + " " + problem + advice.map(said -> "; " + said).orElse("") + " (see " + help + ")";
    }
}
