package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.constraint.UniqueRows;
import org.privateevolution.model.Column;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.store.RunFiles;

/** Draws rows of a run that declares a unique key: rows that repeat neither each other nor published ones. */
final class UniqueDraw {

    private final RunFiles output;
    private final RunSpec spec;
    private final Constraints constraints;
    private final LabelColumns labels;
    /** The learnt columns, followed by those of the label. */
    private final List<Column> columns;

    private UniqueDraw(RunFiles output, RunSpec spec, Constraints constraints) {
        this.output = output;
        this.spec = spec;
        this.constraints = constraints;
        this.columns = new ArrayList<>(spec.tabular().schema().columns());
        this.labels = spec.labels().columns();
        columns.addAll(labels.columns());
    }

    /** Empty if the run at this place declares no unique key of learnt columns. */
    static Optional<UniqueDraw> of(RunFiles output) {
        return output.read(Publication.CONFIGURATION)
                .map(yaml -> RunConfiguration.parse(yaml, Publication.CONFIGURATION, List.of()))
                .filter(run -> run.modality() instanceof RunSpec.Tabular table
                        && !table.constraints().isEmpty())
                .map(run -> new UniqueDraw(output, run, Constraints.of(run.tabular(), run.labels())))
                .filter(draw -> draw.constraints.key().isPresent());
    }

    /** Names of the columns of the key. */
    String names() {
        return String.join(", ", constraints.key().orElseThrow().names());
    }

    /**
     * The rows of some points, changed where they repeat a key.
     *
     * @param points all points of the estimate, with the learnt columns and the label
     * @param weights weight of each point
     * @param drawn indices of points
     * @throws ConfigurationException if there are too few keys
     */
    List<Row> rows(SparkSession spark, Row[] points, double[] weights, int... drawn) {
        Sample[] samples = Arrays.stream(points).map(this::sample).toArray(Sample[]::new);
        UniqueRows unique = new UniqueRows(constraints.learn(
                List.of(samples), Arrays.stream(weights).boxed().toList()));
        long published = 0;
        for (Iterator<Row> rows = published(spark).toLocalIterator(); rows.hasNext(); published++) {
            Sample row = sample(rows.next());
            unique.reserve(row.label(), (TableRow) row.payload());
        }
        if (published + drawn.length > UniqueRows.MOST_ROWS) {
            throw refusal(drawn.length + " rows are too many: with the constraint UNIQUE (" + names() + "), at most "
                    + (UniqueRows.MOST_ROWS - published) + " can be drawn");
        }
        List<Row> rows = new ArrayList<>(drawn.length);
        try {
            for (int point : drawn) {
                rows.add(row(samples[point].label(), unique.next(samples[point].label(), (TableRow)
                        samples[point].payload())));
            }
        } catch (IllegalStateException e) {
            throw refusal(e.getMessage());
        }
        return rows;
    }

    private static ConfigurationException refusal(String problem) {
        return new ConfigurationException(List.of(problem));
    }

    private Dataset<Row> published(SparkSession spark) {
        String format = spec.output().formats().contains("parquet")
                ? "parquet"
                : spec.output().formats().get(0);
        String location = output.in("synthetic").in(format).location();
        Dataset<Row> table = spark.read()
                .schema(TypedColumns.schema(spec))
                .options(SyntheticData.AS_TEXT)
                .option("header", "true")
                .format(format.equals("jsonl") ? "json" : format)
                .load(location);
        return table.select(columns.stream()
                .map(column -> Columns.named(column.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
    }

    private Sample sample(Row row) {
        int learnt = spec.tabular().schema().size();
        double[] codes = new double[learnt];
        for (int c = 0; c < learnt; c++) {
            codes[c] = columns.get(c).encode(row.get(c));
        }
        List<Object> values = new ArrayList<>();
        for (int c = learnt; c < columns.size(); c++) {
            values.add(row.get(c));
        }
        return new Sample("", labels.label(values), new TableRow(codes), "");
    }

    private Row row(int label, TableRow row) {
        return RowFactory.create(
                Stream.concat(SyntheticData.ofRow(spec.tabular().schema(), row).stream(), labels.values(label).stream())
                        .toArray());
    }
}
