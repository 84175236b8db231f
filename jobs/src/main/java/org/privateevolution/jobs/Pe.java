package org.privateevolution.jobs;

import java.io.PrintWriter;
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

    private static volatile boolean ownsProcess;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error. It may hold private values.")
    private boolean stacktrace;

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
