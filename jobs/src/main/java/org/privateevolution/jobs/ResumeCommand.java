package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command that goes on with a run, as it is typed: what was typed before, without secrets. */
final class ResumeCommand {

    /** More than Spark redacts: also what the connectors of object stores call their keys. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)([^=]*(?:secret|password|token|credential|signature|\\bsas\\b|"
                    + "(?:access|account|private|encryption|api|shared)[-._]?key)[^=]*)=.*");

    /** How the launcher was called, which it says. */
    private static final String COMMAND = "pe.command";

    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private ResumeCommand() {}

    /**
     * @param arguments of the interrupted command, from {@code run} on
     * @param submitted whether it came from spark-submit, whose own options are not known here
     */
    static String of(List<String> arguments, boolean submitted) {
        List<String> words = new ArrayList<>();
        words.add(submitted ? "scripts/submit [the same options] --" : quoted(System.getProperty(COMMAND, "pe")));
        arguments.forEach(argument -> words.add(quoted(SECRET.matcher(argument).replaceFirst("$1=..."))));
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
