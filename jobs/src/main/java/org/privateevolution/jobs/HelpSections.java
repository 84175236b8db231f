package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The end of every help text: exit codes. */
final class HelpSections {

    private static final String EXIT_CODES = "exitCodes";

    private HelpSections() {}

    static void add(CommandLine command) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        command.getHelpSectionMap().put(EXIT_CODES, help -> exitCodes());
        if (!sections.contains(EXIT_CODES)) {
            sections.add(EXIT_CODES);
        }
        command.setHelpSectionKeys(sections);
    }

    private static String exitCodes() {
        return lines("Exit codes:", ExitCode.lines());
    }

    private static String lines(String title, List<String> lines) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        text.append(title).append(System.lineSeparator());
        lines.forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
        return text.toString();
    }
}
