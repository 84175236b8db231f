package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help text of a command, in lines of {@link LineWidth#ofPages}: what is special to the command comes first. */
final class HelpSections {

    /** Column at which descriptions begin. */
    private static final int INDENT = 24;

    private final int columns;

    private HelpSections(int columns) {
        this.columns = columns;
    }

    static void add(CommandLine command) {
        HelpSections sections = new HelpSections(LineWidth.ofPages());
        Map<String, IHelpSectionRenderer> renderers = command.getHelpSectionMap();
        List<String> keys = new ArrayList<>();
        List<IHelpSectionRenderer> inOrder = List.of(
                sections::synopsis,
                sections::description,
                sections::commands,
                sections::arguments,
                sections::examples,
                sections::exitCodes);
        for (IHelpSectionRenderer renderer : inOrder) {
            String key = "section" + keys.size();
            keys.add(key);
            renderers.put(key, renderer);
        }
        command.setHelpSectionKeys(keys);
    }

    private String synopsis(Help help) {
        CommandSpec spec = help.commandSpec();
        List<String> words = new ArrayList<>(List.of("Usage:", spec.qualifiedName()));
        if (spec.parent() == null) {
            words.add("COMMAND");
        }
        spec.positionalParameters().forEach(parameter -> words.add(synopsis(parameter)));
        spec.options().stream()
                .filter(option -> option.required() && option.group() == null)
                .forEach(option -> words.add(written(option)));
        spec.argGroups().stream()
                .map(group -> group.synopsis().replace('=', ' '))
                .forEach(words::add);
        words.add("[OPTIONS]");
        return page(words.stream().collect(Collectors.joining(" ")), "Usage: ".length());
    }

    private static String synopsis(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private String description(Help help) {
        return System.lineSeparator()
                + Stream.of(help.commandSpec().usageMessage().description())
                        .map(paragraph -> page(paragraph, 0))
                        .collect(Collectors.joining());
    }

    private String arguments(Help help) {
        CommandSpec spec = help.commandSpec();
        StringBuilder text = new StringBuilder();
        text.append(titled(
                "Arguments:",
                spec.positionalParameters().stream()
                        .map(parameter -> entry(parameter.paramLabel(), parameter.description()))));
        text.append(titled(
                "Options:",
                spec.options().stream()
                        .filter(option -> !option.hidden() && !isShared(option))
                        .map(option -> entry(written(option), option.description()))));
        text.append(titled(
                "Options of all commands:",
                spec.options().stream()
                        .filter(option -> !option.hidden() && isShared(option))
                        .map(option -> entry(written(option), option.description()))));
        return text.toString();
    }

    private static boolean isShared(OptionSpec option) {
        return option.inherited()
                || option.usageHelp()
                || option.versionHelp()
                || option.command().parent() == null;
    }

    private static String written(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private String commands(Help help) {
        return titled(
                "Commands:",
                help.commandSpec().subcommands().entrySet().stream()
                        .map(command -> entry(command.getKey(), summary(command.getValue()))));
    }

    private static String summary(CommandLine command) {
        String[] header = command.getCommandSpec().usageMessage().header();
        return header.length > 0
                ? header[0]
                : command.getCommandSpec().usageMessage().description()[0];
    }

    private String examples(Help help) {
        return Stream.of(help.commandSpec().usageMessage().footer())
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private String exitCodes(Help help) {
        return titled("Exit codes:", ExitCode.lines().stream().map(line -> "  " + line + System.lineSeparator()));
    }

    private static String titled(String title, Stream<String> entries) {
        String text = entries.collect(Collectors.joining());
        return text.isEmpty() ? "" : System.lineSeparator() + title + System.lineSeparator() + text;
    }

    /** Prints a name and its meaning, which goes below the name if the name is long. */
    private String entry(String name, String... meaning) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : meaning) {
            lines.addAll(WrappedText.lines(paragraph, columns - INDENT));
        }
        StringBuilder text = new StringBuilder("  ").append(name);
        boolean beside = name.length() + 4 <= INDENT;
        if (beside) {
            text.append(" ".repeat(INDENT - 2 - name.length())).append(lines.remove(0));
        }
        text.append(System.lineSeparator());
        lines.forEach(line -> text.append(" ".repeat(INDENT)).append(line).append(System.lineSeparator()));
        return text.toString();
    }

    private String page(String text, int indent) {
        String separator = System.lineSeparator() + " ".repeat(indent);
        return String.join(separator, WrappedText.lines(text, columns - indent)) + System.lineSeparator();
    }
}
