package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code pe}. */
@Command(
        name = "pe",
        description = "Differentially private synthetic data by Private Evolution on Apache Spark.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        scope = ScopeType.INHERIT,
        subcommands = {
            InitCommand.class,
            DiscoverCommand.class,
            ProposeSchemaCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            RunCommand.class,
            SampleCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            LedgerCommand.class,
            BudgetCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            ExplainCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Examples:",
            "  pe init customers.csv --label segment",
            "  pe plan customers.yaml --rows 100000",
            "  pe run customers.yaml",
            "",
            "`pe COMMAND --help` explains a command."
        })
public final class Pe implements Runnable {

    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private static volatile boolean ownsProcess;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error. It may contain private values.")
    private boolean stacktrace;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Print results and errors only: no heading, progress or notices.")
    private boolean quiet;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print no colours, as if the environment variable NO_COLOR were set.")
    private boolean noColor;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        TerminalError.use();
        int exitCode = commandLine().execute(args);
        if (Interruption.isUnderWay()) {
            // A cluster manager that waits for the end of main takes a return as success.
            if (exitCode != 0 && LocalSession.isClusterDriver()) {
                throw new CommandFailedException(exitCode);
            }
            return;
        }
        if (exitCode != 0 && LocalSession.isGuest()) {
            throw new CommandFailedException(exitCode);
        }
        if (exitCode != 0 || ownsProcess) {
            System.exit(exitCode);
        }
    }

    /**
     * Declares that this process ends with the command and must be ended explicitly: llama.cpp leaves a thread behind
     * that would keep the process alive. A process of a cluster manager is not ended, nor one whose session existed
     * before.
     */
    static void ownProcess() {
        ownsProcess = true;
    }

    /** The options of all commands, as given before or after {@code command}. */
    static Pe of(CommandSpec command) {
        return (Pe) command.root().userObject();
    }

    /** Whether only results and errors are wanted. */
    boolean isQuiet() {
        return quiet;
    }

    /** How a command shows what it does. */
    ConsoleProgress progress(PrintWriter err) {
        return quiet ? ConsoleProgress.silent() : ConsoleProgress.on(err);
    }

    /** A word that introduces an error: red on a terminal, if colours are wanted. */
    String errorMark(String word) {
        return colours(System.getenv()) ? RED + word + PLAIN : word;
    }

    /** @param environment NO_COLOR counts if it is not empty (no-color.org) */
    boolean colours(Map<String, String> environment) {
        return ConsoleProgress.isTerminal()
                && !noColor
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    static CommandLine commandLine() {
        Pe pe = new Pe();
        // Picocli would look for a terminal library in every jar of Spark, for colours only.
        CommandLine commandLine = new CommandLine(pe)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler((e, failed, parsed) -> Failures.report(e, failed, pe.stacktrace));
        // Setting it on a command sets it on the subcommands, too: the root comes first.
        HelpSections.add(commandLine);
        commandLine.getSubcommands().values().forEach(HelpSections::add);
        return commandLine;
    }

    /** Prints the help, if no command is given. */
    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }
}
