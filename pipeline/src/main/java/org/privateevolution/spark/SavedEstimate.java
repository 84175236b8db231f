package org.privateevolution.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spark.clients.ClientEstimate;
import org.privateevolution.spark.clients.KeyedTables;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.ExactTimes;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SchemaVersion;

/**
 * The estimate that a finished run of a table or of clients left, from which any number of rows can be drawn, also
 * under a condition. It follows from the run's releases, so drawing costs no privacy: neither private data nor a ledger
 * is read.
 *
 * <pre>{@code
 * SavedEstimate estimate = SavedEstimate.of(spark, "out/customers");
 * estimate.where("age > 60 AND card = 'gold'").draw(1_000, 1).show();
 * }</pre>
 */
public final class SavedEstimate {

    /** Each drawn row takes 4 bytes of the driver's memory. */
    private static final int MOST_ROWS = 100_000_000;

    private static final int ROWS_OF_A_FILE = 1_000_000;

    private final SparkSession spark;
    private final String location;
    private final String guarantee;
    private final Tables tables;
    private final Optional<UniqueDraw> unique;
    private final boolean conditional;
    private final Dataset<Row> points;
    private final double wholeWeight;
    private final Row[] rows;
    private final double[] weights;

    /**
     * What the drawn points become.
     *
     * @param root the table of which each point becomes one row
     * @param children for clients, their child tables by name
     * @param published number of points that the run published, which are numbered from 0; 0 if nothing follows from
     *     the numbers
     * @param largest largest number of a point
     * @param sufficient refuses numbers for which there are too few ids
     */
    private record Tables(
            DrawnTable root, Map<String, DrawnTable> children, long published, long largest, LongConsumer sufficient) {

        static Tables of(Optional<RunSpec> spec, StructType learnt) {
            if (spec.filter(run -> run.modality().clients().isPresent()).isPresent()) {
                return ofClients(spec.get());
            }
            Optional<RunSpec> run =
                    spec.filter(made -> !made.modality().generated().isEmpty());
            GeneratedValues values = run.map(
                            made -> GeneratedValues.of(made.modality().generated(), made.seed()))
                    .orElse(GeneratedValues.of(GeneratedColumns.NONE, 0));
            return new Tables(
                    DrawnTable.of(run.map(TypedColumns::drawn).orElse(learnt), values),
                    Map.of(),
                    run.map(made -> (long) made.output().rows()).orElse(0L),
                    Long.MAX_VALUE,
                    values::requireSufficient);
        }

        private static Tables ofClients(RunSpec run) {
            KeyedTables keyed = KeyedTables.of(run);
            return new Tables(
                    DrawnTable.root(run, keyed),
                    DrawnTable.children(run, keyed),
                    run.output().rows(),
                    keyed.mostClients(),
                    keyed::requireSufficient);
        }
    }

    private SavedEstimate(
            SparkSession spark,
            String location,
            String guarantee,
            Tables tables,
            Optional<UniqueDraw> unique,
            Dataset<Row> points,
            Optional<Double> wholeWeight) {
        this.spark = spark;
        this.location = location;
        this.guarantee = guarantee;
        this.tables = tables;
        this.unique = unique;
        this.conditional = wholeWeight.isPresent();
        this.points = points;
        List<Row> read = ExactTimes.of(points).collectAsList();
        int columns = points.columns().length - 1;
        this.weights = read.stream().mapToDouble(row -> row.getDouble(columns)).toArray();
        this.rows = read.stream().map(row -> first(columns, row)).toArray(Row[]::new);
        this.wholeWeight = wholeWeight.orElseGet(this::weight);
    }

    private static Row first(int columns, Row row) {
        Object[] values = new Object[columns];
        Arrays.setAll(values, row::get);
        return RowFactory.create(values);
    }

    /**
     * The estimate of a run.
     *
     * @param run the run's {@code output.path}
     * @throws ConfigurationException if there is no finished run, or the run has left no estimate
     * @throws StoreException if the estimate cannot be read
     */
    public static SavedEstimate of(SparkSession spark, String run) {
        RunFiles output = RunFiles.at(run, SessionFiles.configuration(spark));
        // The guarantee is written last: its presence says that the output is complete.
        String guarantee = output.read(Publication.GUARANTEE)
                .orElseThrow(() -> refusal("no finished run at " + output.location()
                        + ": give the output.path of a finished run; `pe run` resumes an interrupted one"));
        Optional<RunSpec> spec = output.read(Publication.CONFIGURATION)
                .map(yaml -> RunConfiguration.parse(yaml, Publication.CONFIGURATION, List.of()));
        RunFiles estimate = output.in(SyntheticData.ESTIMATE);
        if (estimate.list().isEmpty()) {
            throw refusal("no estimate at " + estimate.location()
                    + ": only a run with tabular and evolution.selection: estimate writes one; if this is such a"
                    + " run, of an earlier version, start it again, which writes it without another charge");
        }
        try {
            Dataset<Row> points = spark.read().parquet(estimate.location());
            spec.filter(made -> made.modality().clients().isPresent())
                    .ifPresent(made -> requireClients(made, points, estimate));
            return new SavedEstimate(
                    spark,
                    output.location(),
                    sentence(guarantee, output.location()),
                    Tables.of(spec, withoutWeight(points.schema())),
                    UniqueDraw.of(output),
                    points,
                    Optional.empty());
        } catch (StoreException | ConfigurationException e) {
            throw e;
        } catch (Exception e) {
            throw new StoreException("cannot read " + estimate.location() + ": " + e.getMessage(), e);
        }
    }

    /** Early runs on clients left other columns. */
    private static void requireClients(RunSpec run, Dataset<Row> points, RunFiles estimate) {
        List<String> expected = List.of(ClientEstimate.schema(run).fieldNames());
        if (!expected.equals(List.of(points.columns()).subList(0, points.columns().length - 1))) {
            throw refusal("the estimate at " + estimate.location()
                    + " has no clients: an earlier version wrote it; start the run again, which writes it without"
                    + " another charge");
        }
    }

    private static String sentence(String guarantee, String location) {
        try {
            JsonNode document = new ObjectMapper().readTree(guarantee);
            // 0.1.0 stated no schema version.
            if (document.has(SchemaVersion.FIELD)) {
                SchemaVersion.requireReadable(
                        document, location + "/" + Publication.GUARANTEE, Guarantee.SCHEMA_VERSION);
            }
            return document.path("guarantee").asText();
        } catch (JsonProcessingException e) {
            throw new StoreException(location + "/" + Publication.GUARANTEE + " is not JSON: start the run again", e);
        }
    }

    /** The run's output directory, as a URI. */
    public String location() {
        return location;
    }

    /** The run's guarantee in one sentence. It also covers everything that is drawn. */
    public String guarantee() {
        return guarantee;
    }

    /**
     * The estimate of the records that satisfy a condition.
     *
     * @param condition a condition in Spark SQL on the declared columns, such as {@code age > 60 AND card = 'gold'}
     * @throws ConfigurationException if the text is not a condition, names an unknown column, or no point satisfies it
     */
    public SavedEstimate where(String condition) {
        SavedEstimate chosen;
        try {
            chosen = new SavedEstimate(
                    spark, location, guarantee, tables, unique, points.filter(condition), Optional.of(wholeWeight));
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared, and may find a fault in a condition only when it applies
            // it.
            throw refusal("condition " + condition + ": "
                    + problem(e).orElseThrow(() -> new IllegalStateException("a condition fails", e))
                    + ofRows());
        }
        if (chosen.points() == 0) {
            throw refusal(
                    "condition " + condition + ": no row of the estimate satisfies it. Check the spelling of values;"
                            + " use a range instead of a single value, or fewer conditions. The noise of the run"
                            + " may hide what only few records have");
        }
        return chosen;
    }

    /** How a condition on the rows of child tables is written; empty if there are none. */
    private String ofRows() {
        return tables.children().isEmpty()
                ? ""
                : "; for clients with such a row in a child table, write for instance exists("
                        + points.columns()[points.columns().length - 2] + ", row -> row.COLUMN > 5)";
    }

    /** Spark's objection to a condition. */
    private Optional<String> problem(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable known && known.getCondition() != null) {
                if (known.getCondition().startsWith("UNRESOLVED_COLUMN")) {
                    return Optional.of(
                            "no column " + known.getMessageParameters().get("objectName") + "; the columns are "
                                    + String.join(", ", columns()) + "; put texts in 'single quotes'");
                }
                String message = cause.getMessage().strip().lines().findFirst().orElse("");
                return Optional.of(message.replaceFirst("^\\[[^]]*] *", "").replaceFirst("\\.? *SQLSTATE: .*$", ""));
            }
        }
        return Optional.empty();
    }

    private static ConfigurationException refusal(String problem) {
        return new ConfigurationException(List.of(problem));
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(Arrays.asList(points.columns()));
        columns.remove(columns.size() - 1);
        return columns;
    }

    /**
     * Number of rows that the run published, which are numbered from 0; 0 if no column is made up. For clients, their
     * number.
     */
    public long published() {
        return tables.published();
    }

    /** Number of points with weight. */
    public int points() {
        return rows.length;
    }

    /**
     * Share of the run's whole estimate, from 0 to 1: approximately the share of the records that satisfy the
     * condition, where a client's records count together as in its vote.
     */
    public double share() {
        return weight() / wholeWeight;
    }

    /**
     * Kish's effective sample size: the number of points of equal weight that tell as much, (sum w)^2 / sum w^2. Rows
     * beyond this number repeat others.
     */
    public double effectivePoints() {
        return weight()
                * weight()
                / Arrays.stream(weights).map(weight -> weight * weight).sum();
    }

    private double weight() {
        return Arrays.stream(weights).sum();
    }

    /**
     * This estimate, for callers that can take one table only.
     *
     * @throws ConfigurationException if the run has clients with child tables
     */
    public SavedEstimate requireTable() {
        if (hasChildren()) {
            throw refusal("the run at " + location
                    + " has clients with child tables, which are several tables: draw them with `pe sample`, which"
                    + " writes files");
        }
        return this;
    }

    /** Whether the run has clients with child tables, see {@link #children}. */
    public boolean hasChildren() {
        return !tables.children().isEmpty();
    }

    /** Draws rows whose made-up columns continue after the rows that the run published; see the other overload. */
    public Dataset<Row> draw(int number, long seed) {
        return draw(number, seed, tables.published());
    }

    /**
     * Draws rows with the declared columns and types: each point as often as its weight says, in random order. Those of
     * clients are of the root table; a client's key is its number plus 1.
     *
     * @param number number of rows, from 1 to 100,000,000
     * @param seed equal seeds draw equal rows
     * @param first number of the first row, from 0, for made-up columns: rows with different numbers have different
     *     ids, and the rows that the run published are numbered from 0
     * @throws ConfigurationException if a number is not allowed, or there are too few ids
     */
    public Dataset<Row> draw(int number, long seed, long first) {
        int[] drawn = drawn(number, seed, first);
        return unique.isPresent() ? unique(drawn, first) : table(tables.root(), drawn, first);
    }

    /**
     * The rows in child tables of the clients that {@link #draw(int, long, long)} draws with the same arguments, by the
     * name of the table. Empty if the run is not on clients.
     *
     * @throws ConfigurationException likewise
     */
    public Map<String, Dataset<Row>> children(int number, long seed, long first) {
        int[] drawn = drawn(number, seed, first);
        Map<String, Dataset<Row>> children = new LinkedHashMap<>();
        tables.children().forEach((name, table) -> children.put(name, table(table, drawn, first)));
        return children;
    }

    private int[] drawn(int number, long seed, long first) {
        if (number < 1 || number > MOST_ROWS) {
            throw refusal(number + " rows are not allowed: must be from 1 to " + MOST_ROWS);
        }
        if (first < 0 || first > tables.largest() - MOST_ROWS) {
            throw refusal(
                    "a first row of " + first + " is not allowed: must be from 0 to " + (tables.largest() - MOST_ROWS));
        }
        try {
            tables.sufficient().accept(first + number);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
        RandomGenerator random = new Seed(seed).derive("rows of an estimate").generator();
        int[] drawn = EvenDraw.of(weights, number, random);
        shuffle(drawn, random);
        return drawn;
    }

    private Dataset<Row> table(DrawnTable table, int[] drawn, long first) {
        List<Numbered> parts = new ArrayList<>();
        for (int from = 0; from < drawn.length; from += ROWS_OF_A_FILE) {
            parts.add(new Numbered(
                    first + from, Arrays.copyOfRange(drawn, from, Math.min(drawn.length, from + ROWS_OF_A_FILE))));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Row[]> choice = context.broadcast(rows);
        DrawnTable.PointRows become = table.rows();
        return spark.createDataFrame(
                context.parallelize(parts, parts.size()).flatMap(part -> part.rows(choice.value(), become)),
                table.schema());
    }

    private Dataset<Row> unique(int[] drawn, long first) {
        if (conditional) {
            throw refusal("a condition is not allowed with the constraint UNIQUE ("
                    + unique.get().names()
                    + "), which may change a row that repeats another: draw without it, and filter the rows");
        }
        List<Row> different = unique.get().rows(spark, rows, weights, drawn);
        List<Row> complete = IntStream.range(0, drawn.length)
                .boxed()
                .flatMap(i -> tables.root().rows().of(different.get(i), first + i))
                .toList();
        return spark.createDataFrame(complete, tables.root().schema());
    }

    /**
     * Draws points one after the other.
     *
     * @param first number of the first row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Numbered(long first, int[] points) implements Serializable {

        Iterator<Row> rows(Row[] choice, DrawnTable.PointRows become) {
            return IntStream.range(0, points.length)
                    .boxed()
                    .flatMap(i -> become.of(choice[points[i]], first + i))
                    .iterator();
        }
    }

    private static StructType withoutWeight(StructType all) {
        return new StructType(Arrays.copyOf(all.fields(), all.size() - 1));
    }

    /** Shuffles by Fisher and Yates. */
    private static void shuffle(int[] drawn, RandomGenerator random) {
        for (int i = drawn.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = drawn[j];
            drawn[j] = drawn[i];
            drawn[i] = other;
        }
    }
}
