package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.spark.discovery.Discovery;
import org.privateevolution.spark.discovery.DiscoveryFiles;
import org.privateevolution.spark.discovery.DiscoveryRequest;
import org.privateevolution.spark.source.PrivateDataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe discover}: drafts a configuration for a table under differential privacy. */
@Command(
        name = "discover",
        header = "Draft a configuration under differential privacy.",
        description = {
            "Draft a configuration from private data, with a privacy guarantee: types, bounds, categories,"
                    + " special values and"
                    + " decimals come from one release with noise, which is charged to the ledger of the data set.",
            "",
            "Noise hides what only few records have: rare categories are counted as 'other', and bounds exclude"
                    + " outliers."
                    + " The names of the columns count as public, and so do the types that the source declares.",
            "",
            "Started again with the same --output, the command reuses the release and charges nothing."
        },
        footer = {
            "",
            "Examples:",
            "  pe discover in/customers.parquet --epsilon 0.5 --delta 1e-6",
            "  pe discover in/visits.csv --epsilon 1 --delta 1e-6 --client patient_id",
            "  pe discover a.csv --epsilon 1 --delta 1e-6 --client id --child visits=b.csv"
        })
final class DiscoverCommand implements Runnable {

    @Parameters(paramLabel = "INPUT", description = "The private data: a path, a URI, or the name of a table.")
    private String input;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            required = true,
            description = "Epsilon of the release. The runs that follow cost extra.")
    private double epsilon;

    @Option(
            names = "--delta",
            paramLabel = "D",
            required = true,
            description = "Delta of the release: well below 1/N, where N is a public bound on the number of records.")
    private double delta;

    @Option(
            names = "--columns",
            paramLabel = "A,B",
            split = ",",
            description = "Columns to examine, separated by commas. Fewer columns get less noise. Default: all"
                    + " columns that"
                    + " the source declares. Required for json, which declares none.")
    private List<String> columns = List.of();

    @Option(
            names = "--client",
            paramLabel = "COLUMN",
            description = "Column of the client id, to protect whole clients rather than single records. With"
                    + " --child: the key of INPUT.")
    private String client = "";

    @Mixin
    private ChildTableOptions children;

    @Option(
            names = "--adjacency",
            paramLabel = "A",
            defaultValue = "add-remove",
            description = "add-remove or replace-one [${DEFAULT-VALUE}].")
    private String adjacency;

    @Mixin
    private TableOptions table;

    @Option(
            names = "--ledger",
            paramLabel = "PATH",
            description = "Ledger of the data set, shared with its runs. Default: INPUT.ledger. Required for a table.")
    private String ledger;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for " + WrittenDraft.NAME
                    + " and the release. Default: NAME-discovery, with the name of" + " the input.")
    private String output;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        DiscoveryRequest request = request();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (ConsoleProgress progress = Pe.of(spec).progress(err);
                LocalSession session = LocalSession.start("discover", sparkOptions)) {
            progress.stageStarted("counting types, sizes and values", 0);
            Discovery.Result result = Discovery.on(session.spark()).run(request);
            progress.done();
            printColumns(out, request, result);
            printNext(
                    out,
                    result,
                    WrittenDraft.of(session.spark(), request, result).written());
        }
    }

    private DiscoveryRequest request() {
        require(epsilon > 0 && Double.isFinite(epsilon), "--epsilon: must be greater than 0");
        require(delta > 0 && delta < 1, "--delta: must be greater than 0 and less than 1");
        require(
                !children.given() || !client.isEmpty(),
                "--client: required with --child: name the column of INPUT that tells clients apart");
        List<DiscoveryRequest.Child> tables = children.of(spec).stream()
                .map(child -> new DiscoveryRequest.Child(child.name(), child.format(), child.location(), child.key()))
                .toList();
        require(
                tables.stream().noneMatch(child -> child.format().equals("json")),
                "--child: the columns of json are named only by its records: give a child table as Parquet, ORC or CSV,"
                        + " or let a run discover it, with the columns to examine in tabular.children[].examine");
        String format = table.format(input, spec);
        LocalPath.problem(input, format).ifPresent(problem -> {
            throw new PrivateDataException(problem);
        });
        try {
            return new DiscoveryRequest(
                    format,
                    input,
                    table.options(),
                    columns,
                    client,
                    epsilon,
                    delta,
                    Adjacency.parse(adjacency),
                    ledger,
                    output == null
                            ? DraftFrame.of(format, input, table.options()).name() + "-discovery"
                            : output,
                    tables);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--adjacency: " + e.getMessage());
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static void printColumns(PrintWriter out, DiscoveryRequest request, Discovery.Result result) {
        DiscoveredTable table = result.table();
        TextTable columns = new TextTable().row("column", "type", "visible through the noise");
        table.columns().forEach(column -> row(columns, "", column));
        for (DiscoveredTables.Child child : result.tables().children()) {
            columns.row(
                    child.name(),
                    "rows",
                    child.rows().isPresent() ? "at most " + child.rows().getAsInt() + " of a client" : "not visible");
            child.columns().forEach(column -> row(columns, child.name() + ".", column));
        }
        out.print(columns);
        String ofClients = request.children().isEmpty() ? "records' worth of votes" : "clients";
        String unit = request.clientColumn().isEmpty() ? "records" : ofClients;
        out.println();
        out.printf(
                Locale.ROOT,
                "About %,.0f %s, with noise of +/-%,.0f on every count.%n"
                        + "A value is visible from a count of about %,.0f on.%n",
                table.records(),
                unit,
                table.noise(),
                table.least());
        out.println(
                result.again()
                        ? "Release reused: nothing was charged."
                        : "Charged: epsilon " + ConsoleNumbers.number(request.epsilon()) + " at delta "
                                + ConsoleNumbers.number(request.delta()) + ".");
        out.flush();
    }

    private static void row(TextTable columns, String prefix, DiscoveredColumn column) {
        columns.row(prefix + column.name(), column.leftOut() ? "left out" : column.type(), column.summary());
    }

    private static void printNext(PrintWriter out, Discovery.Result result, DiscoveryFiles.Written written) {
        out.println();
        out.println("draft   " + written.location() + (written.kept() ? " (existing draft kept)" : ""));
        out.println("ledger  " + result.ledger());
        out.println();
        long records = Math.max(1, Math.round(result.table().records()));
        List<String> plan = List.of("plan", written.location(), "--rows", Long.toString(records));
        out.println("next    " + ResumeCommand.of(plan, false));
        out.flush();
    }
}
