package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.CountLayout;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.TableDistances;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.SampledRecords.Drawn;
import org.privateevolution.spark.evaluation.SampledRecords.Origin;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.DeclaredTable;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;
import org.privateevolution.spi.RunListener;

/**
 * Compares synthetic tables with real ones, OUTSIDE the guarantee. Opens the real rows once, for any number of
 * synthetic tables. Closing frees the memory on the executors.
 */
public final class TableEvaluation implements AutoCloseable {

    /** Number of real rows to look up per synthetic row; a copied row is found only among these. */
    private static final int RECORDS_A_ROW = 5;

    private static final String RUN = "evaluate";

    private final SparkSession spark;
    private final EvaluationRequest request;
    private final RunListener listener;
    private final Seed seed;
    private final ChosenColumns chosen;
    private final RealRecords records;
    private final TableReference reference;
    private final ConstraintFigures constraints;
    private final List<String> notes = new ArrayList<>();

    /**
     * A table to read.
     *
     * @param rows as {@link WrittenTable#open} gives them
     * @param location names the table in messages
     */
    public record Table(Dataset<Row> rows, String location) {

        /**
         * Opens a table.
         *
         * @param format parquet, orc, csv, json, delta or table
         * @param options as in {@code private_data.options}
         * @throws PrivateDataException if the table cannot be opened without leaving something out
         */
        public static Table open(SparkSession spark, String format, String location, Map<String, String> options) {
            return new Table(WrittenTable.open(spark, format, location, options), location);
        }

        /** The table with the columns that a run learns; see {@link DeclaredTable}. */
        public Table asDeclared(List<LearntColumn> declared) {
            return new Table(DeclaredTable.of(rows, declared), location);
        }

        /** Names of the table's columns. */
        public List<String> names() {
            return WrittenTable.names(rows);
        }
    }

    /**
     * Opens the real rows.
     *
     * @param holdout real rows that the synthetic data were not made from; if empty, a third of the others is set aside
     * @param inSynthetic columns that the synthetic tables have
     * @throws PrivateDataException if a table cannot be read, or the tables have no column in common
     */
    public TableEvaluation(
            SparkSession spark,
            Table real,
            Optional<Table> holdout,
            List<String> inSynthetic,
            EvaluationRequest request,
            RunListener listener) {
        this.spark = spark;
        this.request = request;
        this.listener = listener;
        this.seed = new Seed(request.seed());
        stage("1 of 5: reading the real rows");
        List<String> common = common(real, holdout, inSynthetic);
        try (JobGroup group = group("reading the real rows, outside the guarantee")) {
            this.chosen =
                    ChosenColumns.of(real.rows(), real.location(), common, request.declared(), request.textColumn());
            notes.addAll(chosen.notes());
            if (chosen.columns().isEmpty() && chosen.texts().isEmpty()) {
                throw new PrivateDataException(
                        real.location() + ": no column can be compared: " + String.join(" ", chosen.notes()));
            }
            List<ComparedColumn> columns = chosen.columns();
            this.records = RealRecords.of(
                    real, holdout, UnaryOperator.identity(), columns, chosen.texts(), request.client(), seed);
            records.note().ifPresent(notes::add);
            EncodedTable training = records.training();
            columns = NumberScales.of(chosen, training);
            CountLayout layout = new CountLayout(columns, seed.derive("triples").value());
            this.reference = new TableReference(columns, training, records.holdout(), layout, training.counts(layout));
            addLimits(layout);
            this.constraints = ConstraintFigures.of(request.constraints(), real);
        }
    }

    private List<String> common(Table real, Optional<Table> holdout, List<String> inSynthetic) {
        Set<String> others = new HashSet<>(inSynthetic);
        Set<String> apart = new HashSet<>();
        request.client().ifPresent(apart::add);
        request.generated().forEach(column -> apart.add(column.name()));
        List<String> common = real.names().stream()
                .filter(name -> others.contains(name)
                        && !apart.contains(name)
                        && (holdout.isEmpty() || holdout.get().names().contains(name)))
                .toList();
        if (common.isEmpty()) {
            throw new PrivateDataException("the tables have no column in common: the real one has "
                    + String.join(", ", real.names()) + "; the synthetic one "
                    + String.join(", ", inSynthetic));
        }
        List<String> left = real.names().stream()
                .filter(name -> !common.contains(name) && !apart.contains(name))
                .toList();
        if (!left.isEmpty()) {
            notes.add("Left out, because not all tables have them: " + String.join(", ", left) + ".");
        }
        List<String> added = inSynthetic.stream()
                .filter(name -> !real.names().contains(name) && !apart.contains(name))
                .toList();
        if (!added.isEmpty()) {
            notes.add("Left out, because only the synthetic table has them: " + String.join(", ", added) + ".");
        }
        madeUp().leftOut(inSynthetic).ifPresent(notes::add);
        return common;
    }

    private MadeUpColumns madeUp() {
        return new MadeUpColumns(request.generated(), "");
    }

    private void addLimits(CountLayout layout) {
        int columns = layout.columns().size();
        if (layout.jointColumns() < columns) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Pairs, triples and associations cover the first %d of %d columns.",
                    layout.jointColumns(),
                    columns));
        }
        if (layout.triples().size() < layout.allTriples()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Of %,d triples of columns, %d were drawn at random and counted exactly.",
                    layout.allTriples(),
                    layout.triples().size()));
        }
        long rows = Math.max(reference.real().count(), reference.holdout().count());
        if (rows > EncodedTable.MOST_NUMBERS) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Distances of numbers are computed on samples of about %,d rows per table: their standard"
                            + " error is below"
                            + " 0.0005.",
                    EncodedTable.MOST_NUMBERS));
        }
        if (Math.max(rows, request.sampleRows()) > request.sampleRows()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Models, the discriminator and distances to records use samples of at most %,d rows"
                            + " a table;"
                            + " their standard errors are given.",
                    request.sampleRows()));
        }
        int looked = RECORDS_A_ROW * request.sampleRows();
        if (reference.real().count() > looked) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The closest records were searched among %,d of %,d real rows: a synthetic row that follows one"
                            + " of the"
                            + " others is missed; identical rows were searched among all.",
                    looked,
                    reference.real().count()));
        }
    }

    /**
     * Compares a synthetic table.
     *
     * @throws PrivateDataException if the table cannot be read
     */
    public Evaluation compare(Table table) {
        stage("2 of 5: comparing distributions");
        List<String> all = new ArrayList<>(notes);
        List<Figure> figures = new ArrayList<>();
        try (EncodedTable synthetic = encode(table)) {
            Optional<FidelityFigures> fidelity =
                    reference.columns().isEmpty() ? Optional.empty() : Optional.of(fidelity(synthetic));
            fidelity.ifPresent(found -> figures.addAll(found.figures()));
            fidelity.ifPresent(found -> addJudged(found, all));
            try (JobGroup group = group("check constraints, outside the guarantee")) {
                figures.addAll(constraints.figures(table, all));
            }
            figures.addAll(texts(table, synthetic.count(), all));
            try (JobGroup group = group("count synthetic ids")) {
                all.addAll(madeUp().uniqueness(table));
            }
            SampledRows rows = SampledRows.of(reference, synthetic, request.sampleRows());
            UseFigures use = use(rows, all);
            figures.addAll(use.figures());
            if (fidelity.isPresent()) {
                stage("4 of 5: telling synthetic from real rows");
                try (JobGroup group = group("tell synthetic from real rows")) {
                    figures.addAll(DetectionFigures.of(
                            spark,
                            reference.columns(),
                            rows,
                            seed.derive("detection").value()));
                }
            }
            stage("5 of 5: looking for real rows among synthetic ones");
            try (JobGroup group = group("look for real rows among synthetic ones")) {
                figures.addAll(
                        new MemoryFigures(reference, synthetic, rows, RECORDS_A_ROW * request.sampleRows()).figures());
            }
            Optional<TableDistances> distances = fidelity.map(FidelityFigures::distances);
            return new Evaluation(
                    rows(synthetic),
                    advised(figures),
                    distances.filter(found -> reference.columns().size() > 1).map(TableDistances::correlations),
                    use.use(),
                    distances.map(TableDistances::marginals),
                    List.of(),
                    all);
        }
    }

    private void addJudged(FidelityFigures figures, List<String> to) {
        if (figures.isJudgedBySample()) {
            to.add(String.format(
                    Locale.ROOT,
                    "There are fewer held-out rows than synthetic ones: distributions are judged on a random"
                            + " sample of about %,d synthetic rows, compared with as many held-out rows. The"
                            + " figures shown cover all synthetic rows, and can be better than the attainable value.",
                    reference.holdout().count()));
        }
    }

    private List<Figure> texts(Table table, long rows, List<String> all) {
        List<Figure> figures = new ArrayList<>();
        if (chosen.texts().isEmpty()) {
            return figures;
        }
        try (JobGroup group = group("comparing texts, outside the guarantee")) {
            TextFigures texts = TextFigures.open(seed.derive("texts").value());
            for (String column : chosen.texts()) {
                listener.stageStarted("2 of 5: comparing texts", 0);
                List<Figure> found = texts.of(
                        column,
                        texts(records.drawTraining(column, EmbeddingComparison.MOST, TableEvaluation::text)),
                        texts(records.drawHoldout(column, EmbeddingComparison.MOST, TableEvaluation::text)),
                        texts(SampledRecords.sample(
                                new Origin(
                                        table, column, seed.derive("synthetic").value()),
                                Part.ALL,
                                rows,
                                EmbeddingComparison.MOST,
                                TableEvaluation::text)));
                figures.addAll(found);
                all.add(
                        found.isEmpty()
                                ? "Texts of '" + column + "' were not compared: a table has fewer than 40."
                                : String.format(
                                        Locale.ROOT,
                                        "Figures of the texts in '%s' use samples of at most %,d texts per table,"
                                                + " embedded by the"
                                                + " built-in sentence-transformer; standard errors are given.",
                                        column,
                                        EmbeddingComparison.MOST));
            }
        } catch (ModelException | LinkageError e) {
            all.add("Texts were not compared: the sentence-transformer cannot be opened; it is in the jar with -text in"
                    + " its name.");
        }
        return figures;
    }

    private static List<String> texts(List<Drawn<String>> drawn) {
        return drawn.stream().map(Drawn::content).toList();
    }

    /** The text of a value; null if it is blank. */
    private static String text(Object value) {
        String text = value.toString();
        return text.isBlank() ? null : text;
    }

    /** Compares only the distributions of a synthetic table, without learning and distances. */
    public Evaluation compareDistributions(Table table) {
        try (EncodedTable synthetic = encode(table)) {
            List<String> all = new ArrayList<>();
            List<Figure> figures = new ArrayList<>();
            if (!reference.columns().isEmpty()) {
                FidelityFigures fidelity = fidelity(synthetic);
                figures.addAll(fidelity.figures());
                addJudged(fidelity, all);
            }
            figures.addAll(texts(table, synthetic.count(), all));
            return new Evaluation(
                    rows(synthetic), advised(figures), Optional.empty(), List.of(), Optional.empty(), List.of(), all);
        }
    }

    private List<Figure> advised(List<Figure> figures) {
        return figures.stream()
                .map(figure -> EvaluationMeasure.advised(figure, request.maker()))
                .toList();
    }

    private Evaluation.Rows rows(EncodedTable synthetic) {
        return new Evaluation.Rows(reference.real().count(), reference.holdout().count(), synthetic.count());
    }

    private EncodedTable encode(Table table) {
        try (JobGroup group = group("read the synthetic rows")) {
            EncodedTable synthetic = EncodedTable.of(
                    table.rows(),
                    table.location(),
                    reference.columns(),
                    chosen.texts(),
                    Optional.empty(),
                    seed.derive("synthetic"));
            if (synthetic.count() == 0) {
                synthetic.close();
                throw new PrivateDataException(table.location() + " has no rows, so there is nothing to compare");
            }
            return synthetic;
        }
    }

    private FidelityFigures fidelity(EncodedTable synthetic) {
        try (JobGroup group = group("counting marginals, outside the guarantee")) {
            return new FidelityFigures(reference, synthetic);
        }
    }

    private UseFigures use(SampledRows rows, List<String> all) {
        UseFigures use = new UseFigures(
                spark, reference.columns(), rows, seed.derive("use").value());
        List<Integer> targets = targets(all);
        int done = 0;
        for (int target : targets) {
            String name = reference.columns().get(target).name();
            done++;
            stage("3 of 5: learning to predict a column, " + done + " of " + targets.size());
            try (JobGroup group = group("learn to predict a column")) {
                if (!use.learn(target)) {
                    all.add("No model was trained to predict '" + name + "': there are fewer than 20 rows, or no other"
                            + " column.");
                }
            }
        }
        return use;
    }

    private List<Integer> targets(List<String> all) {
        List<String> names =
                reference.columns().stream().map(ComparedColumn::name).toList();
        for (String target : request.targets()) {
            if (!names.contains(target)) {
                throw new ConfigurationException(List.of("--target: no column " + target + " is compared; did you mean "
                        + NearestKey.of(target, names) + "?"));
            }
        }
        if (!request.targets().isEmpty()) {
            return request.targets().stream().map(names::indexOf).toList();
        }
        if (request.label().filter(names::contains).isPresent()) {
            return List.of(names.indexOf(request.label().get()));
        }
        Integer[] first = new Integer[Math.min(names.size(), request.mostTargets())];
        Arrays.setAll(first, i -> i);
        if (first.length < names.size()) {
            all.add(String.format(
                    Locale.ROOT,
                    "The first %d of %d columns were predicted, each from all others; choose others with --target.",
                    first.length,
                    names.size()));
        }
        return List.of(first);
    }

    private JobGroup group(String description) {
        return new JobGroup(spark.sparkContext(), RUN, description);
    }

    private void stage(String name) {
        listener.stageStarted(name, 0);
    }

    @Override
    public void close() {
        records.close();
    }
}
