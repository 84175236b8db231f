package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.config.Setting;
import org.privateevolution.config.Settings;
import picocli.CommandLine;

/** The ends of every help text: exit codes, and the keys of a configuration where one is read. */
final class HelpSections {

    private static final String EXIT_CODES = "exitCodes";
    private static final String KEYS = "keys";

    private HelpSections() {}

    static void add(CommandLine command) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        command.getHelpSectionMap().put(EXIT_CODES, help -> exitCodes());
        if (!sections.contains(EXIT_CODES)) {
            sections.add(EXIT_CODES);
        }
        if (command.getCommandSpec().mixins().containsKey(RunFile.MIXIN)) {
            command.getHelpSectionMap().put(KEYS, help -> keys());
            sections.add(KEYS);
        }
        command.setHelpSectionKeys(sections);
    }

    private static String exitCodes() {
        return lines("Exit codes:", ExitCode.lines());
    }

    private static String keys() {
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            lines.add(setting.path() + ": " + (setting.type() + " [" + setting.fallback() + "]").replace("`", ""));
        }
        return lines("Keys of a configuration, with [defaults]; docs/configuration.md explains them:", lines);
    }

    private static String lines(String title, List<String> lines) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        text.append(title).append(System.lineSeparator());
        lines.forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
        return text.toString();
    }
}
