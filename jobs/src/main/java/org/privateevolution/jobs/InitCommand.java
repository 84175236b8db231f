package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.spark.source.PrivateDataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe init}: drafts a configuration for a table, texts or images. */
@Command(
        name = "init",
        header = "Write a first configuration.",
        description = {
            "Write a first configuration for a table, for clients with rows in child tables (--child) or in one wide"
                    + " table (--client), for the texts in a column (--text), or for a folder of images. On a"
                    + " terminal, the command asks for missing values.",
            "",
            "The columns of a table come from --schema, or else are drafted by reading the private data. Such a"
                    + " draft is NOT"
                    + " private: replace what was read with public knowledge before you run or share it. `pe"
                    + " discover` drafts"
                    + " a configuration that is private."
        },
        footer = {
            "",
            "Examples:",
            "  pe init customers.csv --label segment --epsilon 1",
            "  pe init customers.csv --schema dictionary.yaml",
            "  pe init customers.csv --child orders=orders.csv --client customer_id",
            "  pe init visits.csv --client patient_id",
            "  pe init reviews.csv --text review --about 'product review' --model llama3.2",
            "  pe init scans --label-values benign,malignant --pool public-scans"
        })
final class InitCommand implements Runnable {

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description = "The private data: a file or folder, a URI, or the name of a table.")
    private String input;

    @Mixin
    private TableOptions table;

    @Mixin
    private CategoryLimit limit;

    @Mixin
    private DraftedChildren children;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description =
                    "For a table: a YAML file with a section `tabular`, such as a corrected draft. With it, the private"
                            + " data is not read.")
    private Path schema;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Most important column: everything is counted within each of its values.")
    private String label;

    @Option(
            names = "--label-values",
            paramLabel = "V",
            split = ",",
            description = "For texts and images: the values of the label, separated by commas, from public knowledge.")
    private List<String> labelValues;

    @Option(names = "--text", paramLabel = "COLUMN", description = "Column of the texts.")
    private String text;

    @Option(names = "--about", paramLabel = "KIND", description = "Kind of the texts, such as 'product review'.")
    private String about;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "URL of the model: chat completions for texts, a Stable Diffusion web UI for images.")
    private String endpoint;

    @Option(names = "--model", paramLabel = "NAME", description = "For texts: name of the model at the endpoint.")
    private String model;

    @Option(
            names = "--pool",
            paramLabel = "FOLDER",
            description = "For images: a folder of public images to draw from, with a subfolder per label if there are"
                    + " labels.")
    private String pool;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "Epsilon of one run [1]. Smaller values protect more and show less.")
    private Double epsilon;

    @Option(names = "--ledger", paramLabel = "PATH", description = "Ledger of the data. Default: beside them.")
    private String ledger;

    @Option(names = "--output", paramLabel = "PATH", description = "Folder of the results. Default: out/NAME.")
    private String output;

    @Option(names = "--file", paramLabel = "FILE", description = "Configuration to write. Default: NAME.yaml.")
    private Path file;

    @Option(names = "--force", description = "Overwrite existing files.")
    private boolean force;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    /** Source of answers; null for the terminal. */
    private final Questions given;

    InitCommand() {
        this(null);
    }

    InitCommand(Questions given) {
        this.given = given;
    }

    @Override
    public void run() {
        Questions questions =
                given == null ? Questions.onTerminal(spec.commandLine().getErr()) : given;
        String data = required(questions, input, "INPUT", "Private data (a file, a folder or a table)", null);
        children.requireSense(spec, otherKind());
        boolean images = text == null
                && !children.given()
                && (pool != null || endpoint != null || ImageDraft.isFolderOfPictures(data));
        if (!images && schema == null && !children.given()) {
            text = questions
                    .ask(text, "Column of the texts, if the data consists of texts (Enter for a table)", null)
                    .orElse(null);
        }
        String format = images ? ImageSpec.FOLDER : table.format(data, spec);
        // Refuse existing files before reading anything.
        limit.most(spec);
        LocalPath.problem(data, format).ifPresent(problem -> {
            throw new PrivateDataException(problem);
        });
        DraftFrame frame = frame(questions, data, format, images);
        Path target = file == null ? Path.of(frame.name() + ".yaml") : file;
        DraftFiles draft;
        if (images) {
            draft = images(questions, frame, target);
        } else {
            draft = text == null ? table(frame, target) : texts(questions, frame, target);
        }
        draft.write();
        announce(draft);
    }

    /** An option that says that the data are no tables to be read. */
    private Optional<String> otherKind() {
        if (text != null) {
            return Optional.of("--text");
        }
        if (pool != null) {
            return Optional.of("--pool");
        }
        return schema == null ? Optional.empty() : Optional.of("--schema");
    }

    private DraftFrame frame(Questions questions, String data, String format, boolean images) {
        if (!images) {
            label = questions
                    .ask(label, "Column to condition on, the label (Enter for none)", null)
                    .orElse(null);
        }
        DraftFrame frame = DraftFrame.of(format, data, table.options());
        String said = required(
                questions,
                epsilon == null ? null : epsilon.toString(),
                "--epsilon",
                "Epsilon of one run",
                Double.toString(DraftFrame.EPSILON));
        try {
            frame = frame.withEpsilon(Double.parseDouble(said));
        } catch (NumberFormatException e) {
            throw usage("--epsilon: " + said + " is not a number");
        }
        frame = ledger == null ? frame : frame.withLedger(ledger);
        frame = output == null ? frame : frame.withOutput(output);
        return frame;
    }

    private DraftFiles table(DraftFrame frame, Path target) {
        requireFree(List.of(target));
        if (labelValues != null) {
            throw usage("--label-values is only for texts and images: declare the values of a table's label in"
                    + " --schema");
        }
        if (schema == null) {
            List<ChildTableOptions.Child> tables = children.of(spec);
            try (LocalSession session = LocalSession.start("init", sparkOptions)) {
                String yaml = !children.given()
                        ? new SchemaDraft(session.spark(), frame, label, limit.most(spec)).yaml()
                        : new ClientsDraft(session.spark(), frame, label, children.client(), tables, limit.most(spec))
                                .yaml();
                return DraftFiles.of(target, yaml, true);
            }
        }
        DeclaredColumns declared = DeclaredColumns.in(schema);
        if (label != null) {
            throw usage("--label: " + schema + " has a section `labels`: leave --label out");
        }
        String heading = declared.drafted() ? SchemaDraft.warning() : "# Columns from " + schema + ".\n";
        return DraftFiles.of(
                target,
                heading + frame.privateData() + frame.privacy() + declared.text() + frame.rows(),
                declared.drafted());
    }

    private DraftFiles texts(Questions questions, DraftFrame frame, Path target) {
        TextDraft draft = new TextDraft(frame, target, text);
        requireFree(draft.files());
        String labels = label == null ? "" : labels(questions, label);
        String kind = required(questions, about, "--about", "Kind of the texts, such as: product review", "text");
        String url = required(questions, endpoint, "--endpoint", "Chat endpoint", "http://localhost:11434/v1");
        String name = required(questions, model, "--model", "Model", null);
        return draft.of(labels, new PromptDrafts(kind, label), url, name);
    }

    private DraftFiles images(Questions questions, DraftFrame frame, Path target) {
        requireFree(List.of(target));
        String labels = labels(questions, label == null ? "label" : label);
        String generator = endpoint == null
                ? ImageDraft.pool(required(questions, pool, "--pool", "Folder of public images of the same kind", null))
                : ImageDraft.webUi(endpoint, labelValues);
        return DraftFiles.of(target, ImageDraft.yaml(frame, labels, generator), false);
    }

    /** The section {@code labels}; empty if there are no values. */
    private String labels(Questions questions, String column) {
        String joined = questions
                .ask(
                        labelValues == null ? null : String.join(",", labelValues),
                        "Values of the label, separated by commas (Enter for no label)",
                        null)
                .orElse("");
        labelValues = joined.isEmpty() ? null : List.of(joined.split("\\s*,\\s*"));
        if (labelValues == null) {
            if (label != null) {
                throw usage("--label needs --label-values, which are public: they are not read from the private data");
            }
            return "";
        }
        return "labels: {column: " + DraftFrame.quoted(column) + ", values: ["
                + labelValues.stream().map(DraftFrame::quoted).collect(Collectors.joining(", "))
                + "]}    # public: not read from the data\n";
    }

    private String required(Questions questions, String said, String option, String question, String proposed) {
        return questions
                .ask(said, question, proposed)
                .orElseThrow(() -> usage(option + " is missing, and there is no terminal to ask on"));
    }

    private void requireFree(List<Path> files) {
        if (!force) {
            DraftFiles.requireFree(files);
        }
    }

    private void announce(DraftFiles draft) {
        PrintWriter err = spec.commandLine().getErr();
        if (draft.fromPrivateData()) {
            SchemaDraft.WARNING.forEach(err::println);
            err.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        String configuration = draft.target().toString();
        out.println("Wrote " + String.join(", ", draft.names()) + ".");
        out.println("Next, with the approximate number of records in place of N:");
        out.println("  " + ResumeCommand.of(List.of("plan", configuration, "--rows", "N"), false));
        out.println("  " + ResumeCommand.of(List.of("run", configuration), false));
        out.flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
