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
        scope = ScopeType.INHERIT,
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            BudgetCommand.class,
            LedgerCommand.class,
            SampleCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            ExplainCommand.class,
            ProposeSchemaCommand.class,
            DiscoverCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Examples:",
            "  pe budget --epsilon 1 --delta 1e-5 --votes 14",
            "  pe plan conf/quickstart.yaml --rows 10000",
            "  pe run conf/quickstart.yaml --set privacy.epsilon=2",
            "",
            "`pe COMMAND --help` says more."
        })
public final class Pe implements Runnable {

    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private static volatile boolean ownsProcess;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error. It may hold private values.")
    private boolean stacktrace;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Show no progress and no notices: results and errors only.")
    private boolean quiet;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Show no colours, as if the environment variable NO_COLOR were set.")
    private boolean noColor;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        if (Interruption.isUnderWay()) {
            // Where a cluster manager waits for the end of main, it takes a return for success.
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
     * Says that this process ends with the command, and must be ended: llama.cpp leaves a thread behind that would keep it.
     * Under a cluster manager, or in a session that was there before, the process is not ours to end.
     */
    static void ownProcess() {
        ownsProcess = true;
    }

    /** What was said before or after {@code command} that holds for all. */
    static Pe of(CommandSpec command) {
        return (Pe) command.root().userObject();
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
        // Looking for a terminal library would open every jar of Spark, for colours only.
        CommandLine commandLine = new CommandLine(pe)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler((e, failed, parsed) -> Failures.report(e, failed, pe.stacktrace));
        // What is set on a command holds for its subcommands too, so it comes first.
        HelpSections.add(commandLine);
        commandLine.getSubcommands().values().forEach(HelpSections::add);
        return commandLine;
    }

    /** Without a command there is nothing to do: say what there is. */
    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }
}
