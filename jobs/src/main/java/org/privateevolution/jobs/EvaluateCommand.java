package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.report.EvaluationReport;
import org.privateevolution.spark.ConfigurationFile;
import org.privateevolution.spark.evaluation.ClientEvaluation;
import org.privateevolution.spark.evaluation.ClientFiles;
import org.privateevolution.spark.evaluation.EvaluationRequest;
import org.privateevolution.spark.evaluation.ImageComparison;
import org.privateevolution.spark.evaluation.ImageReading;
import org.privateevolution.spark.evaluation.RunOutput;
import org.privateevolution.spark.evaluation.TableEvaluation;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.image.ImageFiles;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe evaluate}: measures the quality of synthetic data from any source. */
@Command(
        name = "evaluate",
        header = "Compare synthetic data with real data.",
        description = {
            "Compare synthetic tables, texts or images, of this product or any other, with real ones: how they are"
                    + " distributed, what models learn from them, whether a model can tell them apart, and"
                    + " whether they repeat"
                    + " real records.",
            "",
            "Beside each figure stands the value that a second real sample attains, with a verdict and, for a bad"
                    + " one, advice."
                    + " docs/evaluation.md explains the figures.",
            "",
            "The figures are OUTSIDE the guarantee: show them only to people who may see the real records. They"
                    + " are written"
                    + " to --output and nowhere else, never into the output of a run."
        },
        footer = {
            "",
            "Examples:",
            "  pe evaluate --real train.csv --holdout test.csv --synthetic made.csv",
            "  pe evaluate --real in/people.parquet --synthetic out/people --output eval",
            "  pe evaluate --real a.csv --synthetic b.csv --target income --target age",
            "  pe evaluate --real a.csv --synthetic out/run --population all",
            "  pe evaluate --real visits.csv --client patient --synthetic made.csv",
            "  pe evaluate --real people.csv --child orders=orders.csv --synthetic out/run",
            "  pe evaluate --real photos --holdout others --synthetic out/portraits"
        })
final class EvaluateCommand implements Runnable {

    private static final String ALL = "all";

    @Option(
            names = "--real",
            paramLabel = "TABLE",
            required = true,
            description = "The real records that the synthetic data was made from: a path, a URI, the name of a"
                    + " table, or"
                    + " a folder of images.")
    private String real;

    @Option(
            names = "--holdout",
            paramLabel = "TABLE",
            description = "Real records that the synthetic data was not made from. Default: a third of --real is set"
                    + " aside, which is less informative.")
    private String holdout;

    @Option(
            names = "--client",
            paramLabel = "COLUMN",
            description = "Column of the client id in --real: all records of a client are set aside together. Not"
                    + " compared."
                    + " Default: private_data.client_column, if the unit of the run is a client.")
    private String client;

    @Option(
            names = "--synthetic",
            paramLabel = "TABLE|RUN",
            required = true,
            description = "The synthetic data, or the output.path of a run.")
    private String synthetic;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "parquet, csv, json, orc, delta or table, or, for images, image-folder, idx or cifar10. It"
                    + " applies to"
                    + " all inputs. Default: told by the extension, the configuration or the files in a"
                    + " folder.")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option for reading the files, as in private_data.options, such as sep=';'. Repeatable.")
    private Map<String, String> options = Map.of();

    @Option(
            names = {"--config", "--schema"},
            paramLabel = "CONFIG",
            description =
                    "A configuration whose declared columns and label are used. Default: that of the run, or else the"
                            + " columns of the real table.")
    private String configuration;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description =
                    "Column to predict. Repeatable. Default: the label, or else each of the first --targets columns.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--targets",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of columns to predict if --target is not given [${DEFAULT-VALUE}].")
    private int mostTargets;

    @Option(
            names = "--population",
            paramLabel = "N|all",
            description = "Also compare a population of the run, or all of them.")
    private String population;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of rows of each table for the training of models and the distances between records"
                    + " [${DEFAULT-VALUE}]. All other figures use all rows.")
    private int sampleRows;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for evaluation.json, evaluation.csv and evaluation.html, outside the output of"
                    + " any run."
                    + " Default: nothing is written.")
    private String output;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Equal seeds draw equal samples [${DEFAULT-VALUE}].")
    private long seed;

    @Mixin
    private ChildOptions children;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        requireSense();
        requireThere("--real", real);
        requireThere("--synthetic", synthetic);
        if (holdout != null) {
            requireThere("--holdout", holdout);
        }
        children.places().forEach((option, tables) -> tables.values().forEach(place -> requireThere(option, place)));
        PrintWriter out = spec.commandLine().getOut();
        try (LocalSession session = LocalSession.start("evaluate", sparkOptions);
                ConsoleProgress progress =
                        Pe.of(spec).progress(spec.commandLine().getErr())) {
            SparkSession spark = session.spark();
            requireApart(session);
            Optional<RunOutput> run = RunOutput.at(spark, synthetic);
            run.ifPresent(found -> requireEqualWeights(found.spec()));
            if (population != null && run.isEmpty()) {
                throw usage("--population: " + synthetic + " is not the output of a run: leave --population out");
            }
            List<Integer> iterations = run.map(this::iterations).orElse(List.of());
            Optional<RunSpec> declared = configuration == null
                    ? run.map(RunOutput::spec)
                    : Optional.of(ConfigurationFile.load(configuration, List.of()));
            requireClients(declared, run.isPresent());
            Given given = given(declared, run.isPresent());
            Map<Integer, Evaluation> populations = new TreeMap<>();
            Optional<ClientTables> clientTables = clients(declared);
            Evaluation evaluation;
            if (clientTables.isPresent()) {
                evaluation = clients(session, given, declared.orElseThrow(), clientTables.get(), run, progress);
            } else if (given.ofImages()) {
                evaluation = images(session, given, declared, run, progress, iterations, populations);
            } else {
                evaluation = tables(session, given, declared, run, progress, iterations, populations);
            }
            progress.done();
            out.print(EvaluationTables.of(evaluation, populations));
            if (output != null) {
                write(session, evaluation, populations);
            }
            out.println();
            out.println("OUTSIDE the guarantee: only for people who may see the real records.");
            if (output != null) {
                out.println("Written to " + output);
            }
        }
        out.flush();
    }

    private void requireSense() {
        if (sampleRows < 100) {
            throw usage("--sample: " + sampleRows + " is not allowed: must be at least 100");
        }
        if (mostTargets < 0) {
            throw usage("--targets: " + mostTargets + " is not allowed: must be at least 0");
        }
        if (format != null && !TableFormat.ALL.contains(format) && !ImageFiles.FORMATS.contains(format)) {
            throw usage("--format: " + format + " is not allowed: must be one of " + formats());
        }
        if (population != null && !population.equals(ALL) && !population.matches("\\d{1,6}")) {
            throw usage("--population: " + population + " is not allowed: must be a number from 0, or all");
        }
    }

    private void requireThere(String option, String location) {
        LocalPath.problem(location, format).ifPresent(problem -> {
            throw new PrivateDataException(option + ": " + problem);
        });
    }

    // No method takes a Spark class: picocli inspects the methods of all commands, and some commands run without Spark.

    /** The output of a run may be published; an evaluation may not. */
    private void requireApart(LocalSession session) {
        if (output != null && RunOutput.isWithinRun(SessionFiles.configuration(session.spark()), output)) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of("--output: " + output
                            + " lies in the output of a run or discovery, or in a ledger. These may be published,"
                            + " but an"
                            + " evaluation may not: choose another folder"));
        }
    }

    /** Weighted rows cannot be compared. */
    private void requireEqualWeights(RunSpec run) {
        if (run.output().weights()) {
            throw new ConfigurationException(List.of("--synthetic: " + synthetic + " has weighted rows"
                    + " (output.weights), which cannot be compared: draw rows with `pe sample` and compare those"));
        }
    }

    /**
     * The formats of the tables that the options name.
     *
     * @param holdout format of the holdout; empty if there is none
     * @param synthetic format of the synthetic table; empty if it is a run
     */
    private record Given(String real, Optional<String> holdout, Optional<String> synthetic, boolean ofImages) {}

    private Given given(Optional<RunSpec> declared, boolean run) {
        String realFormat = format("--real", real, declared);
        Optional<String> heldFormat = Optional.ofNullable(holdout).map(at -> format("--holdout", at, declared));
        Optional<String> madeFormat =
                run ? Optional.empty() : Optional.of(format("--synthetic", synthetic, Optional.empty()));
        boolean ofImages = declared.flatMap(EvaluateCommand::images).isPresent()
                || Stream.of(Optional.of(realFormat), heldFormat, madeFormat)
                        .flatMap(Optional::stream)
                        .anyMatch(ImageFiles.FORMATS::contains);
        return new Given(realFormat, heldFormat, madeFormat, ofImages);
    }

    private static Optional<ImageSpec> images(RunSpec run) {
        return run.modality() instanceof ImageSpec images ? Optional.of(images) : Optional.empty();
    }

    /** @param declared specification of the evaluated run, whose image format is the default; empty if there is none */
    private String format(String option, String location, Optional<RunSpec> declared) {
        if (format != null) {
            return format;
        }
        Optional<String> told = TableFormat.of(location);
        if (told.isEmpty()) {
            told = declared.map(run -> run.privateData().format()).filter(ImageFiles.FORMATS::contains);
        }
        if (told.isEmpty() && ImageFiles.isFolderOfImages(location)) {
            told = Optional.of(ImageSpec.FOLDER);
        }
        return told.orElseThrow(() -> usage(
                option + ": " + location + ": the name does not tell the format: give --format, one of " + formats()));
    }

    private static String formats() {
        return TableFormat.list() + ", or for images " + String.join(", ", new TreeSet<>(ImageFiles.FORMATS));
    }

    private static Optional<ClientTables> clients(Optional<RunSpec> declared) {
        return declared.flatMap(run -> run.modality().clients());
    }

    /** Refuses options that clients with child tables do not have, and others options of clients. */
    private void requireClients(Optional<RunSpec> declared, boolean run) {
        Optional<ClientTables> tables = clients(declared);
        if (tables.isEmpty()) {
            children.given().ifPresent(option -> {
                throw usage(option + ": child tables need their declaration: let --synthetic be a run with"
                        + " tabular.children, or name such a configuration with --config");
            });
            return;
        }
        List<ChildTable> declaredTables = tables.get().children();
        List<String> problems = new ArrayList<>(children.problems("--child", declaredTables, true, ""));
        problems.addAll(children.problems(
                "--holdout-child", declaredTables, holdout != null, "it has no effect without --holdout"));
        problems.addAll(children.problems(
                "--synthetic-child", declaredTables, !run, "the child tables of a run are in its output"));
        String key = declared.orElseThrow().privateData().clientColumn();
        if (client != null && !client.equals(key)) {
            problems.add("--client: the key of the clients is " + key + ": leave it out");
        }
        if (population != null) {
            problems.add("--population: populations of clients with child tables cannot be compared: leave it out");
        }
        if (!problems.isEmpty()) {
            throw usage(String.join("\n", problems));
        }
    }

    private Evaluation clients(
            LocalSession session,
            Given given,
            RunSpec declared,
            ClientTables tables,
            Optional<RunOutput> run,
            RunListener progress) {
        ClientFiles made = run.isPresent()
                ? run.get().publishedClients(tables)
                : clientFiles(session, given.synthetic().orElseThrow(), synthetic, "--synthetic-child", tables);
        EvaluationRequest request = request(
                Optional.of(declared),
                maker(run),
                Optional.of(declared.privateData().clientColumn()));
        return new ClientEvaluation(
                        session.spark(),
                        tables,
                        declared.labels().columns().columnNames(),
                        clientFiles(session, given.real(), real, "--child", tables),
                        given.holdout().map(of -> clientFiles(session, of, holdout, "--holdout-child", tables)),
                        request,
                        progress)
                .compare(made);
    }

    private ClientFiles clientFiles(
            LocalSession session, String rootFormat, String root, String option, ClientTables tables) {
        return new ClientFiles(
                table(session, rootFormat, root).asDeclared(tables.root().declared()),
                tables.children().stream()
                        .map(child -> children.place(option, child)
                                .map(place -> table(session, format(option, place, Optional.empty()), place)
                                        .asDeclared(child.schema().declared())))
                        .toList());
    }

    private Evaluation tables(
            LocalSession session,
            Given given,
            Optional<RunSpec> declared,
            Optional<RunOutput> run,
            RunListener progress,
            List<Integer> iterations,
            Map<Integer, Evaluation> populations) {
        List<LearntColumn> learnt = declared.flatMap(made -> made.modality().table())
                .map(TableSchema::declared)
                .orElse(List.of());
        Table realTable = table(session, given.real(), real).asDeclared(learnt);
        Table publishedTable = run.isPresent()
                ? run.get().published()
                : table(session, given.synthetic().orElseThrow(), synthetic);
        Table madeTable = publishedTable.asDeclared(learnt);
        Optional<Table> heldTable =
                given.holdout().map(of -> table(session, of, holdout).asDeclared(learnt));
        EvaluationRequest request = request(declared, maker(run), client(declared, realTable));
        try (TableEvaluation tables =
                new TableEvaluation(session.spark(), realTable, heldTable, madeTable.names(), request, progress)) {
            Evaluation evaluation = tables.compare(madeTable);
            for (int iteration : iterations) {
                progress.stageStarted("population " + iteration, 0);
                populations.put(
                        iteration,
                        tables.compareDistributions(
                                run.orElseThrow().population(iteration).asDeclared(learnt)));
            }
            return evaluation;
        }
    }

    private Evaluation images(
            LocalSession session,
            Given given,
            Optional<RunSpec> declared,
            Optional<RunOutput> run,
            RunListener progress,
            List<Integer> iterations,
            Map<Integer, Evaluation> populations) {
        if (!targets.isEmpty()) {
            throw usage("--target: images have no columns to predict: leave --target out");
        }
        ImageReading reading = new ImageReading(session.spark(), declared.flatMap(EvaluateCommand::images));
        Optional<String> wanted = wantedClient(declared);
        Table realImages = reading.open(given.real(), real, options, wanted);
        Table madeImages = run.isPresent()
                ? run.get().publishedImages(reading)
                : reading.open(given.synthetic().orElseThrow(), synthetic, options, Optional.empty());
        Optional<ImageRenderer> renderer = iterations.isEmpty() ? Optional.empty() : run.map(RunOutput::renderer);
        Optional<Table> heldImages = given.holdout().map(of -> reading.open(of, holdout, options, Optional.empty()));
        EvaluationRequest request = request(declared, maker(run), client(declared, realImages));
        try (ImageComparison comparison =
                new ImageComparison(session.spark(), realImages, heldImages, reading, request, progress)) {
            Evaluation evaluation = comparison.compare(madeImages);
            for (int iteration : iterations) {
                progress.stageStarted("population " + iteration, 0);
                populations.put(
                        iteration,
                        comparison.compareDistributions(
                                run.orElseThrow().committed(iteration), renderer.orElseThrow()));
            }
            return evaluation;
        }
    }

    /** The client column that was asked for, or that of a run whose guarantee is per client. */
    private Optional<String> wantedClient(Optional<RunSpec> declared) {
        return client != null
                ? Optional.of(client)
                : declared.filter(run -> run.privacy().unit() == PrivacyUnit.CLIENT)
                        .map(run -> run.privateData().clientColumn());
    }

    /** The same, if the real table has it. */
    private Optional<String> client(Optional<RunSpec> declared, Table table) {
        Optional<String> found = wantedClient(declared).filter(table.names()::contains);
        if (client != null && found.isEmpty()) {
            throw usage("--client: " + real + " has no column " + client
                    + "; for a folder of images, name it in images.labels_file of a configuration (--config)");
        }
        return found;
    }

    private static Maker maker(Optional<RunOutput> run) {
        return run.map(found -> found.spec().evolution().estimates() ? Maker.ESTIMATING_RUN : Maker.VOTING_RUN)
                .orElse(Maker.OTHER);
    }

    private EvaluationRequest request(Optional<RunSpec> declared, Maker maker, Optional<String> clientColumn) {
        List<Column> columns = declared.flatMap(run -> run.modality().table())
                .map(TableSchema::columns)
                .orElse(List.of());
        return new EvaluationRequest(
                targets,
                declared.map(run -> run.labels().column()).filter(label -> !label.isEmpty()),
                mostTargets,
                sampleRows,
                seed,
                columns,
                declared.map(run -> run.modality().generated().columns()).orElse(List.of()),
                declared.flatMap(run -> run.modality().content()).map(content -> content.published()),
                clientColumn,
                maker,
                declared.filter(run -> !run.constraints().isEmpty())
                        .map(run -> Constraints.of(run.tabular(), run.labels()))
                        .orElse(Constraints.NONE));
    }

    private List<Integer> iterations(RunOutput run) {
        List<Integer> iterations = new ArrayList<>();
        if (population == null) {
            return iterations;
        }
        int last = run.lastPopulation();
        if (population.equals(ALL)) {
            for (int i = 0; i <= last; i++) {
                iterations.add(i);
            }
        } else {
            int chosen = Integer.parseInt(population);
            if (chosen > last) {
                throw usage("--population: " + chosen + " does not exist: the last population is " + last);
            }
            iterations.add(chosen);
        }
        return iterations;
    }

    private Table table(LocalSession session, String chosen, String location) {
        Map<String, String> readerOptions = new LinkedHashMap<>(options);
        List<String> problems = ReaderOptions.problems(chosen, readerOptions);
        if (!problems.isEmpty()) {
            throw usage("--option: " + String.join("; ", problems));
        }
        return Table.open(session.spark(), chosen, location, readerOptions);
    }

    private void write(LocalSession session, Evaluation evaluation, Map<Integer, Evaluation> populations) {
        RunFiles files = RunFiles.at(output, SessionFiles.configuration(session.spark()));
        String title = synthetic + " compared with " + real;
        files.write("evaluation.json", EvaluationDocument.of(title, evaluation, populations));
        files.write("evaluation.csv", EvaluationCsv.of(evaluation, populations));
        files.write("evaluation.html", EvaluationReport.of(title, evaluation));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
