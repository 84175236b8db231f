package org.privateevolution.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe init}: a first configuration of a table, of texts or of images. */
@Command(
        name = "init",
        description = {
            "Write a first configuration, ready for `pe plan` and `pe run`: of a table, of the texts in a column (--text), or of"
                    + " a folder of images. On a terminal it asks for what it needs and was not given.",
            "",
            "The columns of a table are those of --schema, or a draft from the private data. A draft is NOT private: replace"
                    + " what it read by public knowledge before you run or share it."
        },
        footer = {
            "",
            "Examples:",
            "  pe init customers.csv --label segment --epsilon 1",
            "  pe init customers.csv --schema dictionary.yaml",
            "  pe init reviews.csv --text review --about 'product review' --label stars --label-values 1,5",
            "  pe init scans --label-values benign,malignant --pool public-scans"
        })
final class InitCommand implements Runnable {

    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final int FOLDER_DEPTH = 3;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description = "The private data: a file or folder, a URI, or the name of a table.")
    private String input;

    @Mixin
    private TableOptions table;

    @Mixin
    private CategoryLimit limit;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description =
                    "Of a table: a YAML file with a section `tabular`, such as a corrected draft. Nothing is then read"
                            + " from the private data.")
    private Path schema;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Column that matters most: everything is counted within each of its values.")
    private String label;

    @Option(
            names = "--label-values",
            paramLabel = "V",
            split = ",",
            description =
                    "Of texts and images: the values of the label, from public knowledge, with commas between them.")
    private List<String> labelValues;

    @Option(names = "--text", paramLabel = "COLUMN", description = "Column that holds the texts.")
    private String text;

    @Option(names = "--about", paramLabel = "KIND", description = "What a text is, such as 'product review'.")
    private String about;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where models answer: chat completions for texts, a Stable Diffusion web UI for images.")
    private String endpoint;

    @Option(names = "--model", paramLabel = "NAME", description = "Model of the endpoint, for texts.")
    private String model;

    @Option(
            names = "--pool",
            paramLabel = "FOLDER",
            description =
                    "Of images: a folder of public images to draw from; with labels, those of each in a folder of its"
                            + " name.")
    private String pool;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "Epsilon of one run. Smaller protects more, and shows less.")
    private Double epsilon;

    @Option(names = "--ledger", paramLabel = "PATH", description = "Ledger of these data; beside them by default.")
    private String ledger;

    @Option(names = "--output", paramLabel = "PATH", description = "Folder of the results; out/NAME by default.")
    private String output;

    @Option(names = "--file", paramLabel = "FILE", description = "Configuration to write; NAME.yaml by default.")
    private Path file;

    @Option(names = "--force", description = "Overwrite the files that are there.")
    private boolean force;

    @Mixin
    private SparkOptions sparkOptions;

    @Spec
    private CommandSpec spec;

    /** Null for the terminal. */
    private final Questions given;

    InitCommand() {
        this(null);
    }

    InitCommand(Questions given) {
        this.given = given;
    }

    /**
     * What is written.
     *
     * @param beside more files, by path
     * @param fromPrivateData whether something was read from the private data
     */
    private record Draft(String yaml, Map<Path, String> beside, boolean fromPrivateData) {}

    @Override
    public void run() {
        Questions questions =
                given == null ? Questions.onTerminal(spec.commandLine().getErr()) : given;
        String data = required(questions, input, "INPUT", "The private data (a file, a folder or a table)", null);
        boolean images = text == null && (pool != null || endpoint != null || isFolderOfPictures(data));
        if (!images && schema == null) {
            text = questions
                    .ask(text, "Column of the texts, if these are texts (Enter for a table)", null)
                    .orElse(null);
        }
        // Refused before anything is read.
        limit.most(spec);
        DraftFrame frame = frame(questions, data, images ? "image-folder" : table.format(data, spec), images);
        Path target = file == null ? Path.of(frame.name() + ".yaml") : file;
        Draft draft;
        if (images) {
            draft = images(questions, frame);
        } else {
            draft = text == null ? table(frame, target) : texts(questions, frame, target);
        }
        // What is written has to be accepted by `pe validate`.
        RunConfiguration.parse(draft.yaml(), target.toString(), List.of());
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(target, draft.yaml());
        files.putAll(draft.beside());
        write(files);
        announce(files.keySet().stream().map(Path::toString).toList(), draft.fromPrivateData());
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
            throw new ParameterException(spec.commandLine(), "--epsilon: " + said + " is not a number");
        }
        frame = ledger == null ? frame : frame.withLedger(ledger);
        frame = output == null ? frame : frame.withOutput(output);
        return frame;
    }

    private Draft table(DraftFrame frame, Path target) {
        requireFree(List.of(target));
        if (labelValues != null) {
            throw new ParameterException(
                    spec.commandLine(), "--label-values: is for texts and images; of a table, --schema declares them");
        }
        if (schema != null) {
            DeclaredColumns declared = DeclaredColumns.in(schema);
            if (label != null) {
                throw new ParameterException(
                        spec.commandLine(), "--label: the section `labels` of " + schema + " says it: leave one out");
            }
            String heading = declared.drafted() ? warning() : "# Columns from " + schema + ".\n";
            return new Draft(
                    heading + frame.privateData() + frame.privacy() + declared.text() + frame.rows(),
                    Map.of(),
                    declared.drafted());
        }
        try (LocalSession session = LocalSession.start("init", sparkOptions)) {
            return new Draft(new SchemaDraft(session.spark(), frame, label, limit.most(spec)).yaml(), Map.of(), true);
        }
    }

    private Draft texts(Questions questions, DraftFrame frame, Path target) {
        String stem = target.toString().replaceAll("\\.ya?ml$", "");
        Path random = Path.of(stem + "-random.json");
        Path variation = Path.of(stem + "-variation.json");
        requireFree(List.of(target, random, variation));
        String labels = label == null ? "" : labels(questions, label);
        String kind = required(questions, about, "--about", "What one text is, such as: product review", "text");
        String url = required(questions, endpoint, "--endpoint", "Chat endpoint", "http://localhost:11434/v1");
        String name = required(questions, model, "--model", "Model", null);
        PromptDrafts prompts = new PromptDrafts(kind, label);
        String yaml = "# Private texts in, synthetic texts out; `pe keys text` lists what else may be said.\n"
                + frame.privateData()
                + labels
                + frame.privacy()
                + """
                evolution: {samples: 200, votes: 4}    # the model writes at most 200 texts before each vote
                text:
                  columns: [%s]
                  prompts: {random: %s, variation: %s}    # starters: say there what your texts are like
                  chat: {endpoints: [{url: %s, model: %s}]}
                """
                        .formatted(
                                DraftFrame.quoted(text),
                                DraftFrame.quoted(random.toString()),
                                DraftFrame.quoted(variation.toString()),
                                DraftFrame.quoted(url),
                                DraftFrame.quoted(name))
                + frame.samples();
        Map<Path, String> beside = new LinkedHashMap<>();
        beside.put(random, prompts.random());
        beside.put(variation, prompts.variation());
        return new Draft(yaml, beside, false);
    }

    private Draft images(Questions questions, DraftFrame frame) {
        requireFree(List.of(file == null ? Path.of(frame.name() + ".yaml") : file));
        String labels = labels(questions, label == null ? "label" : label);
        String source = endpoint == null
                ? "  pool: {path: "
                        + DraftFrame.quoted(
                                required(questions, pool, "--pool", "Folder of public images of the same kind", null))
                        + "}\n"
                : webUi();
        String yaml = "# Private images in, synthetic images out; `pe keys images` lists what else may be said.\n"
                + frame.privateData()
                + labels
                + frame.privacy()
                + "evolution: {samples: 200, votes: 4}    # at most 200 new images before each vote\nimages:\n"
                + source
                + frame.samples();
        return new Draft(yaml, Map.of(), false);
    }

    private String webUi() {
        List<String> classes = labelValues == null ? List.of("") : labelValues;
        String prompts = classes.stream()
                .map(value -> DraftFrame.quoted(("a photo " + (value.isEmpty() ? "" : "of " + value)).strip()))
                .collect(Collectors.joining(", "));
        return """
                  api:
                    protocol: webui
                    endpoints: [{url: %s}]
                    prompts: [%s]    # starters: one per label
                    degrees: [0.9, 0.8, 0.7, 0.6]
                """
                .formatted(DraftFrame.quoted(endpoint), prompts);
    }

    /** The section {@code labels}; empty if there are no values. */
    private String labels(Questions questions, String column) {
        String joined = questions
                .ask(
                        labelValues == null ? null : String.join(",", labelValues),
                        "Values of the label, with commas between them (Enter for no label)",
                        null)
                .orElse("");
        labelValues = joined.isEmpty() ? null : List.of(joined.split("\\s*,\\s*"));
        if (labelValues == null) {
            if (label != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--label-values: give them with --label; they are public, and not read from the private data");
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
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), option + " is missing, and there is no terminal to ask on: give it"));
    }

    private static boolean isFolderOfPictures(String location) {
        try (Stream<Path> files = Files.walk(Path.of(location), FOLDER_DEPTH)) {
            return Files.isDirectory(Path.of(location))
                    && files.map(path -> path.getFileName().toString().toLowerCase(Locale.ROOT))
                            .anyMatch(name -> PICTURES.stream().anyMatch(name::endsWith));
        } catch (IOException | RuntimeException e) {
            // A URI, or the name of a table.
            return false;
        }
    }

    private static String warning() {
        return SchemaDraft.WARNING.stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
    }

    private void requireFree(List<Path> files) {
        List<String> taken =
                files.stream().filter(Files::exists).map(Path::toString).toList();
        if (!force && !taken.isEmpty()) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of(String.join(", ", taken) + (taken.size() == 1 ? " is" : " are")
                            + " there already: give another --file, or --force to overwrite"));
        }
    }

    private static void write(Map<Path, String> files) {
        files.forEach((path, content) -> {
            try {
                if (path.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(path.toAbsolutePath().getParent());
                }
                Files.writeString(path, content);
            } catch (IOException e) {
                throw new ConfigurationException(
                        ConfigurationException.Reason.PLACE,
                        List.of("--file: cannot write " + path + ": " + e.getMessage()));
            }
        });
    }

    private void announce(List<String> files, boolean fromPrivateData) {
        PrintWriter err = spec.commandLine().getErr();
        if (fromPrivateData) {
            SchemaDraft.WARNING.forEach(err::println);
            err.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote " + String.join(", ", files) + ". Next (N: about how many records there are):");
        out.println("  " + ResumeCommand.of(List.of("plan", files.get(0), "--rows", "N"), false));
        out.println("  " + ResumeCommand.of(List.of("run", files.get(0)), false));
        out.flush();
    }
}
