package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.model.Column;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;
import org.privateevolution.report.EvaluationReport;
import org.privateevolution.spark.ConfigurationFile;
import org.privateevolution.spark.evaluation.EvaluationRequest;
import org.privateevolution.spark.evaluation.RunOutput;
import org.privateevolution.spark.evaluation.TableEvaluation;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe evaluate}: how good synthetic data are, whoever made them. */
@Command(
        name = "evaluate",
        description = {
            "Compare synthetic data, of this product or any other, with real records: how they are distributed,"
                    + " what models"
                    + " learn from them, whether they can be told apart, whether they repeat real records.",
            "",
            "Each figure stands beside what a second real sample attains, with a verdict and what to do about a"
                    + " bad one."
                    + " docs/evaluation.md explains them.",
            "",
            "Everything that is compared with real records is OUTSIDE the guarantee: show it to nobody who may"
                    + " not see the"
                    + " real records. It is written to --output alone, never into the output of a run."
        },
        footer = {
            "",
            "Examples:",
            "  pe evaluate --real train.csv --holdout test.csv --synthetic made.csv",
            "  pe evaluate --real in/people.parquet --synthetic out/people --output eval",
            "  pe evaluate --real a.csv --synthetic b.csv --target income --target age",
            "  pe evaluate --real a.csv --synthetic out/run --population all"
        })
final class EvaluateCommand implements Runnable {

    private static final String ALL = "all";

    @Option(
            names = "--real",
            paramLabel = "TABLE",
            required = true,
            description = "The real records that the synthetic data were made from: a path, a URI, or a table's name.")
    private String real;

    @Option(
            names = "--holdout",
            paramLabel = "TABLE",
            description = "Real records that they were not made from. By default a third of --real is set aside, which"
                    + " tells less.")
    private String holdout;

    @Option(
            names = "--synthetic",
            paramLabel = "TABLE|RUN",
            required = true,
            description = "The synthetic data, or the output.path of a run.")
    private String synthetic;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "parquet, csv, json, orc, delta or table, of all of them; by default what each extension says.")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "How files are written, as in private_data.options, such as sep=';'; may be repeated.")
    private Map<String, String> options = Map.of();

    @Option(
            names = {"--config", "--schema"},
            paramLabel = "CONFIG",
            description =
                    "A run's configuration, whose columns and label are taken as it declares them. By default that"
                            + " of the run, or else what the real table shows.")
    private String configuration;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description =
                    "Column to predict; may be repeated. By default the label, or else the first --targets columns,"
                            + " one by one.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--targets",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many columns are predicted if none is named [${DEFAULT-VALUE}].")
    private int mostTargets;

    @Option(
            names = "--population",
            paramLabel = "N|all",
            description = "Compare a population of the run, too, or all of them.")
    private String population;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Rows of each table that models learn from, and distances to records are measured between"
                    + " [${DEFAULT-VALUE}]. Everything else counts all rows.")
    private int sampleRows;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for evaluation.json, .csv and .html, outside of any run's output. By default nothing"
                    + " is written.")
    private String output;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Equal seeds draw equal samples [${DEFAULT-VALUE}].")
    private long seed;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        requireSense();
        PrintWriter out = spec.commandLine().getOut();
        try (LocalSession session = LocalSession.start("evaluate", sparkOptions);
                ConsoleProgress progress =
                        Pe.of(spec).progress(spec.commandLine().getErr())) {
            SparkSession spark = session.spark();
            requireApart(session);
            Optional<RunOutput> run = RunOutput.at(spark, synthetic);
            run.ifPresent(found -> requireTable(found.spec()));
            if (population != null && run.isEmpty()) {
                throw usage("--population: " + synthetic + " is not the output of a run: leave it out");
            }
            List<Integer> iterations = run.map(this::iterations).orElse(List.of());
            Optional<RunSpec> declared = configuration == null
                    ? run.map(RunOutput::spec)
                    : Optional.of(ConfigurationFile.load(configuration, List.of()));
            Table realTable = table(session, "--real", real);
            Table madeTable = run.isPresent() ? run.get().published() : table(session, "--synthetic", synthetic);
            Optional<Table> heldTable =
                    holdout == null ? Optional.empty() : Optional.of(table(session, "--holdout", holdout));
            Map<Integer, Evaluation> populations = new TreeMap<>();
            Evaluation evaluation;
            try (TableEvaluation tables = new TableEvaluation(
                    spark, realTable, heldTable, madeTable.names(), request(declared, maker(run)), progress)) {
                evaluation = tables.compare(madeTable);
                for (int iteration : iterations) {
                    progress.stageStarted("population " + iteration, 0);
                    populations.put(
                            iteration, tables.compareDistributions(run.get().population(iteration)));
                }
            }
            progress.done();
            out.print(EvaluationTables.of(evaluation, populations));
            if (output != null) {
                write(session, evaluation, populations);
            }
            out.println();
            out.println("OUTSIDE the guarantee: for those alone who may see the real records.");
            if (output != null) {
                out.println("written to " + output);
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
        if (format != null && !TableFormat.ALL.contains(format)) {
            throw usage("--format: " + format + " is not allowed: must be one of " + TableFormat.list());
        }
        if (population != null && !population.equals(ALL) && !population.matches("\\d{1,6}")) {
            throw usage("--population: " + population + " is not allowed: must be a number from 0, or all");
        }
    }

    /** What may be published lies in the output of a run, and what may not does not get there. */
    // No method takes a Spark class: picocli looks at them all, whatever the command, and some run without Spark.

    private void requireApart(LocalSession session) {
        if (output != null && RunOutput.isWithinRun(SessionFiles.configuration(session.spark()), output)) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of("--output: " + output + " lies in the output of a run, which may be"
                            + " published, and an evaluation may not: give another folder"));
        }
    }

    /** Rows that stand for others, and pictures, are none that could be compared. */
    private void requireTable(RunSpec run) {
        if (run.modality()
                .content()
                .filter(content -> content.kind() == Modality.Content.Kind.BYTES)
                .isPresent()) {
            throw new ConfigurationException(List.of("--synthetic: " + synthetic + " is a run of images, which are not"
                    + " compared here: evaluation.private_metrics=true measures them in the run"));
        }
        if (run.output().weights()) {
            throw new ConfigurationException(List.of("--synthetic: " + synthetic + " has rows with weights"
                    + " (output.weights), which are not compared here: draw rows with `pe sample`, and compare these"));
        }
    }

    private static Maker maker(Optional<RunOutput> run) {
        return run.map(found -> found.spec().evolution().estimates() ? Maker.ESTIMATING_RUN : Maker.VOTING_RUN)
                .orElse(Maker.OTHER);
    }

    private EvaluationRequest request(Optional<RunSpec> declared, Maker maker) {
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
                declared.flatMap(run -> run.modality().content()).map(content -> content.published()),
                maker);
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
                throw usage("--population: " + chosen + " is not there: the last one is " + last);
            }
            iterations.add(chosen);
        }
        return iterations;
    }

    private Table table(LocalSession session, String option, String location) {
        String chosen = format == null ? TableFormat.of(location).orElse(null) : format;
        if (chosen == null) {
            throw usage(option + ": " + location + " does not tell its format: give --format, one of "
                    + TableFormat.list());
        }
        Map<String, String> readerOptions = new LinkedHashMap<>(options);
        List<String> problems = ReaderOptions.problems(chosen, readerOptions);
        if (!problems.isEmpty()) {
            throw usage("--option: " + String.join("; ", problems));
        }
        return Table.open(session.spark(), chosen, location, readerOptions);
    }

    private void write(LocalSession session, Evaluation evaluation, Map<Integer, Evaluation> populations) {
        RunFiles files = RunFiles.at(output, SessionFiles.configuration(session.spark()));
        String title = synthetic + " beside " + real;
        files.write("evaluation.json", EvaluationDocument.of(title, evaluation, populations));
        files.write("evaluation.csv", EvaluationCsv.of(evaluation, populations));
        files.write("evaluation.html", EvaluationReport.of(title, evaluation));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
