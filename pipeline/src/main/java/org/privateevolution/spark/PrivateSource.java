package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.PrivateData;

/**
 * Opens the private records as a DataFrame of the declared columns. Text formats are read as text and never through
 * Spark's casts or schema inference, whose errors quote the offending value.
 */
final class PrivateSource {

    /** Holds the raw text of a record that is not of its format; null for a sound one. */
    static final String CORRUPT_RECORD = "_pe_corrupt_record";

    private final SparkSession spark;

    PrivateSource(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * The declared columns of the private records: features, then the label and client columns if there are any, then,
     * for text formats, {@link #CORRUPT_RECORD}. Nothing is read yet but a CSV header.
     */
    Dataset<Row> open(RunSpec spec) {
        PrivateData source = spec.privateData();
        List<String> columns = PrivateColumns.of(spec).names();
        try {
            return switch (source.format()) {
                case "csv" -> csv(source, columns);
                case "json" ->
                    select(reader(source).schema(textSchema(columns)).json(source.location()), columns, true);
                case "parquet" -> select(reader(source).parquet(source.location()), columns, false);
                case "orc" -> select(reader(source).orc(source.location()), columns, false);
                case "delta" -> select(reader(source).format("delta").load(source.location()), columns, false);
                case "table" -> select(spark.table(source.location()), columns, false);
                default -> throw new IllegalArgumentException("unknown format " + source.format());
            };
        } catch (Exception e) {
            // Spark throws its checked AnalysisException undeclared, from Scala.
            throw refusal(e, source);
        }
    }

    private static RuntimeException refusal(Exception e, PrivateData source) {
        if (e instanceof PrivateDataException known) {
            return known;
        }
        String what = "private_data: cannot open " + source.format() + " " + source.location();
        Optional<AnalysisException> analysis =
                Optional.of(e).filter(AnalysisException.class::isInstance).map(AnalysisException.class::cast);
        String condition = analysis.map(AnalysisException::getCondition).orElse("");
        return new PrivateDataException(
                switch (condition) {
                    case "PATH_NOT_FOUND" ->
                        "private_data: nothing at " + source.location() + ": check private_data.path";
                    case "TABLE_OR_VIEW_NOT_FOUND" ->
                        "private_data: no table " + source.location() + ": check private_data.table and its catalog";
                    case "DATA_SOURCE_NOT_FOUND" -> what + ": the format's jar is not on the class path";
                    case "" -> what + ": " + e.getClass().getSimpleName();
                    default -> what + ": " + condition;
                },
                e);
    }

    private DataFrameReader reader(PrivateData source) {
        return spark.read()
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", CORRUPT_RECORD)
                .options(source.options());
    }

    /** A CSV file binds columns by position, so its header decides the schema; every file must have the same one. */
    private Dataset<Row> csv(PrivateData source, List<String> columns) {
        String[] header =
                reader(source).option("header", "true").csv(source.location()).columns();
        StructType schema = textSchema(Arrays.asList(header));
        Dataset<Row> rows = reader(source)
                .option("header", "true")
                .option("enforceSchema", "false")
                .schema(schema)
                .csv(source.location());
        return select(rows, columns, true);
    }

    private static StructType textSchema(List<String> columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.StringType, true);
        }
        return schema.add(CORRUPT_RECORD, DataTypes.StringType, true);
    }

    private static Dataset<Row> select(Dataset<Row> rows, List<String> columns, boolean text) {
        List<String> present = Arrays.asList(rows.columns());
        List<String> missing =
                columns.stream().filter(column -> !present.contains(column)).toList();
        if (!missing.isEmpty()) {
            List<String> known = present.stream()
                    .filter(column -> !column.equals(CORRUPT_RECORD))
                    .toList();
            throw new PrivateDataException("private_data: no column " + String.join(", ", missing) + "; the data have "
                    + String.join(", ", known));
        }
        List<String> wanted = new ArrayList<>(columns);
        if (text) {
            wanted.add(CORRUPT_RECORD);
        }
        return rows.select(
                wanted.stream().map(name -> functions.col("`" + name + "`")).toArray(Column[]::new));
    }
}
