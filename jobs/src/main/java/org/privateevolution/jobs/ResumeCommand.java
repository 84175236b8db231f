package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.privateevolution.config.RedactedOptions;
import org.privateevolution.config.Settings;

/** The command that resumes a run: the command line that started it, without secrets. */
final class ResumeCommand {

    /** The name by which the launcher was called; the launcher sets it. */
    private static final String COMMAND = "pe.command";

    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private ResumeCommand() {}

    /**
     * @param arguments of the interrupted command, from {@code run} on
     * @param submitted whether the command came from spark-submit, whose own options are unknown
     */
    static String of(List<String> arguments, boolean submitted) {
        List<String> words = new ArrayList<>();
        words.add(submitted ? "scripts/submit [the same options] --" : quoted(System.getProperty(COMMAND, "pe")));
        arguments.forEach(argument -> words.add(quoted(withoutSecret(argument))));
        return String.join(" ", words);
    }

    /** In {@code --conf=NAME=VALUE}, each part before an equals sign is a name. */
    private static String withoutSecret(String argument) {
        int start = 0;
        for (int at = argument.indexOf('='); at >= 0; at = argument.indexOf('=', start)) {
            String name = argument.substring(start, at);
            if (RedactedOptions.isSecret(name) && !isSetting(name)) {
                return argument.substring(0, at) + "=...";
            }
            start = at + 1;
        }
        return argument;
    }

    /** Settings contain no secrets: they name environment variables. */
    private static boolean isSetting(String name) {
        return Settings.all().stream().anyMatch(setting -> setting.path().equals(name));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
