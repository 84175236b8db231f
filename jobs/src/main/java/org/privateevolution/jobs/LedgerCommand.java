package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe ledger}: shows what was released from a private data set, and what is left of its budget. */
@Command(
        name = "ledger",
        header = "Show what was spent on a data set, or set its budget.",
        description = {
            "Verify a ledger, and print its budget, its runs and the epsilon of all of them together.",
            "",
            "With --set-budget, set the budget of the data set. From then on it applies to every run, whatever"
                    + " the run's"
                    + " configuration says. The ledger records the change."
        },
        footer = {
            "",
            "Examples:",
            "  pe ledger out/ledgers/foodmart",
            "  pe ledger s3a://bucket/ledgers/customers --delta 1e-6 --json",
            "  pe ledger s3a://bucket/ledgers/customers --set-budget 4 --delta 1e-6"
        })
final class LedgerCommand implements Runnable {

    @Parameters(paramLabel = "PATH", description = "Path or URI of the ledger: privacy.ledger of the configuration.")
    private String path;

    @Option(
            names = "--delta",
            paramLabel = "D",
            description = "Delta of the printed epsilon, or of the budget to set. Default: that of the budget, or the"
                    + " smallest of"
                    + " the runs.")
    private Double delta;

    @Option(
            names = "--adjacency",
            paramLabel = "A",
            converter = PrivacyConverter.OfAdjacency.class,
            description = "add-remove or replace-one. Default: that of the budget, or of the entries.")
    private Adjacency adjacency;

    @Option(names = "--set-budget", paramLabel = "EPSILON", description = "Set, raise or lower the budget, at --delta.")
    private Double newBudget;

    @Option(
            names = "--client-column",
            paramLabel = "C",
            description = "With --set-budget on an empty ledger, if the unit is a client: the column of the client id.")
    private String clientColumn;

    @Option(names = "--verbose", description = "List every release and every budget that was ever set.")
    private boolean verbose;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (delta != null && !(delta > 0 && delta < 1)) {
            throw usage("--delta: " + delta + " is not allowed: must be greater than 0 and less than 1");
        }
        FileLedgerStorage storage =
                new FileLedgerStorage(RunFiles.at(path, SparkHadoopUtil.get().newConfiguration(new SparkConf())));
        Ledger ledger = new Ledger(storage);
        Optional<PrivacyBudget> before = ledger.budget().map(BudgetEntry::budget);
        if (newBudget != null) {
            ledger.setBudget(budget(ledger.entries(), before), LocalDate.now(ZoneOffset.UTC));
        }
        LedgerAccount account = LedgerAccount.of(
                ledger, storage.location(), Optional.ofNullable(delta), Optional.ofNullable(adjacency));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(account.values()));
        } else {
            if (newBudget != null) {
                out.println(
                        "Budget before: " + before.map(LedgerAccount::written).orElse("none"));
                out.println("Budget now:    "
                        + ledger.budget()
                                .map(entry -> LedgerAccount.written(entry.budget()))
                                .orElse("none"));
                out.println();
            }
            out.print(account.text(verbose));
        }
        out.flush();
    }

    private PrivacyBudget budget(List<LedgerEntry> entries, Optional<PrivacyBudget> before) {
        if (!(newBudget > 0 && Double.isFinite(newBudget))) {
            throw usage("--set-budget: " + newBudget + " is not allowed: must be greater than 0");
        }
        if (delta == null && before.isEmpty()) {
            throw usage("--set-budget needs --delta, too");
        }
        Optional<Release> first = entries.stream().map(LedgerEntry::release).findFirst();
        String column = before.map(PrivacyBudget::clientColumn)
                .or(() -> first.map(Release::clientColumn))
                .orElse(clientColumn == null ? "" : clientColumn);
        if (clientColumn != null && !column.equals(clientColumn)) {
            throw usage("--client-column: " + clientColumn + " is not allowed: the ledger is for "
                    + (column.isEmpty() ? "records" : "clients by " + column));
        }
        Adjacency chosen = adjacency != null
                ? adjacency
                : before.map(PrivacyBudget::adjacency)
                        .orElseGet(() ->
                                entries.isEmpty() ? Adjacency.ADD_REMOVE : LedgerAccount.commonAdjacency(entries));
        return new PrivacyBudget(
                newBudget,
                delta == null ? before.orElseThrow().delta() : delta,
                column.isEmpty() ? PrivacyUnit.RECORD : PrivacyUnit.CLIENT,
                chosen,
                column);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
