package org.privateevolution.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.estimate.EvenDraw;
import org.privateevolution.model.Seed;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SchemaVersion;

/**
 * The estimate that a finished run of a table left, to draw any number of rows from, or rows under a condition. It follows from
 * what was released, so drawing costs no privacy: neither private data nor a ledger are read.
 *
 * <pre>{@code
 * SavedEstimate estimate = SavedEstimate.of(spark, "out/customers");
 * estimate.where("age > 60 AND card = 'gold'").draw(1_000, 1).show();
 * }</pre>
 */
public final class SavedEstimate {

    /** An index takes 4 bytes of the driver's memory. */
    private static final int MOST_ROWS = 100_000_000;

    private static final int ROWS_OF_A_FILE = 1_000_000;

    private final SparkSession spark;
    private final String location;
    private final String guarantee;
    private final Dataset<Row> points;
    private final double wholeWeight;
    private final Row[] rows;
    private final double[] weights;

    private SavedEstimate(
            SparkSession spark, String location, String guarantee, Dataset<Row> points, Optional<Double> wholeWeight) {
        this.spark = spark;
        this.location = location;
        this.guarantee = guarantee;
        this.points = points;
        List<Row> read = points.collectAsList();
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
     * @param run its {@code output.path}
     * @throws ConfigurationException if there is no finished run, or it has left no estimate
     * @throws StoreException if it cannot be read
     */
    public static SavedEstimate of(SparkSession spark, String run) {
        RunFiles output = RunFiles.at(run, SessionFiles.configuration(spark));
        // Written last, it tells that what lies beside it is whole.
        String guarantee = output.read(Publication.GUARANTEE)
                .orElseThrow(() -> refusal("no finished run at " + output.location()
                        + ": give the output.path of a run that has ended; `pe run` ends one that was interrupted"));
        RunFiles estimate = output.in(SyntheticData.ESTIMATE);
        if (estimate.list().isEmpty()) {
            throw refusal("no estimate at " + estimate.location()
                    + ": only a run with tabular and evolution.selection: estimate leaves one; if this is such a run, of an"
                    + " earlier version, start it again, which writes it without another charge");
        }
        try {
            Dataset<Row> points = spark.read().parquet(estimate.location());
            return new SavedEstimate(
                    spark, output.location(), sentence(guarantee, output.location()), points, Optional.empty());
        } catch (Exception e) {
            if (e instanceof StoreException known) {
                throw known;
            }
            throw new StoreException("cannot read " + estimate.location() + ": " + e.getMessage(), e);
        }
    }

    private static String sentence(String guarantee, String location) {
        try {
            JsonNode document = new ObjectMapper().readTree(guarantee);
            // 0.1.0 stated none.
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

    /** The run's guarantee in one sentence, which is that of all that is drawn, too. */
    public String guarantee() {
        return guarantee;
    }

    /**
     * The estimate of the records that satisfy a condition.
     *
     * @param condition in Spark's SQL, on the declared columns, such as {@code age > 60 AND card = 'gold'}
     * @throws ConfigurationException if it is not a condition, names a column that is not there, or no point satisfies it
     */
    public SavedEstimate where(String condition) {
        SavedEstimate chosen;
        try {
            chosen = new SavedEstimate(spark, location, guarantee, points.filter(condition), Optional.of(wholeWeight));
        } catch (Exception e) {
            // The same, and what is wrong with a condition may be found when it is applied.
            throw refusal("condition " + condition + ": "
                    + problem(e).orElseThrow(() -> new IllegalStateException("a condition fails", e)));
        }
        if (chosen.points() == 0) {
            throw refusal(
                    "condition " + condition + ": no point of the estimate satisfies it. Look at how values are spelt;"
                            + " ask for a range in place of one value, or for less at once. What few records have in common may lie"
                            + " below the noise of the run");
        }
        return chosen;
    }

    /** What Spark has against a condition. */
    private Optional<String> problem(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable known && known.getCondition() != null) {
                if (known.getCondition().startsWith("UNRESOLVED_COLUMN")) {
                    return Optional.of(
                            "no column " + known.getMessageParameters().get("objectName") + "; the columns are "
                                    + String.join(", ", columns()) + "; texts stand in 'single quotes'");
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

    /** Number of points with weight. */
    public int points() {
        return rows.length;
    }

    /** Share of the run's whole estimate, from 0 to 1: about the share of the records that satisfy the condition, a client's counted together
     * as in its vote. */
    public double share() {
        return weight() / wholeWeight;
    }

    /**
     * How many points of equal weight tell as much: (sum w)^2 / sum w^2. Rows beyond that many repeat others.
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
     * Draws rows, with the declared columns and types: each point as often as its weight says, in an order of chance.
     *
     * @param number from 1 to 100,000,000
     * @param seed equal seeds draw equal rows
     */
    public Dataset<Row> draw(int number, long seed) {
        if (number < 1 || number > MOST_ROWS) {
            throw refusal(number + " rows are not allowed: must be from 1 to " + MOST_ROWS);
        }
        RandomGenerator random = new Seed(seed).derive("rows of an estimate").generator();
        int[] drawn = EvenDraw.of(weights, number, random);
        shuffle(drawn, random);
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < number; from += ROWS_OF_A_FILE) {
            parts.add(Arrays.copyOfRange(drawn, from, Math.min(number, from + ROWS_OF_A_FILE)));
        }
        StructType all = points.schema();
        StructType schema = new StructType(Arrays.copyOf(all.fields(), all.size() - 1));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Row[]> choice = context.broadcast(rows);
        return spark.createDataFrame(
                context.parallelize(parts, parts.size()).flatMap(part -> Arrays.stream(part)
                        .mapToObj(point -> choice.value()[point])
                        .iterator()),
                schema);
    }

    /** By Fisher and Yates. */
    private static void shuffle(int[] drawn, RandomGenerator random) {
        for (int i = drawn.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = drawn[j];
            drawn[j] = drawn[i];
            drawn[i] = other;
        }
    }
}
