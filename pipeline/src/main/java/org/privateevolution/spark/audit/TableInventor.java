package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spark.source.SetValue;
import org.privateevolution.spark.source.TypedColumns;

/** Invents rows of the declared columns, uniform over categories and between bounds. */
final class TableInventor implements Inventor {

    private static final double NULLS = 0.05;

    private final RunSpec spec;
    private final TableSchema schema;
    private final TabularEmbedder embedder;

    TableInventor(RunSpec spec) {
        this.spec = spec;
        this.schema = spec.tabular().schema();
        this.embedder = TabularEmbedder.of(spec.tabular());
    }

    @Override
    public int usualCanaries() {
        return 8_000;
    }

    @Override
    public StructType columns() {
        StructType declared = TypedColumns.learnt(spec);
        StructType columns = new StructType();
        for (LearntColumn column : schema.declared()) {
            columns = columns.add(declared.apply(column.name()));
        }
        return columns;
    }

    @Override
    public List<?> values(Payload record) {
        TableRow row = record.row().orElseThrow();
        List<Object> values = new ArrayList<>();
        int at = 0;
        for (LearntColumn column : schema.declared()) {
            values.add(column.decode(row, at));
            at += column.width();
        }
        return values;
    }

    @Override
    public Payload invent(SplittableRandom random) {
        return row(schema, random);
    }

    /** Invents a row. */
    static TableRow row(TableSchema schema, SplittableRandom random) {
        return new TableRow(schema.columns().stream()
                .mapToDouble(column -> code(column, random))
                .toArray());
    }

    private static double code(Column column, SplittableRandom random) {
        if (column.nullable() && random.nextDouble() < NULLS) {
            return TableRow.NULL;
        }
        return column instanceof CategoricalColumn categorical
                ? random.nextInt(categorical.categories().size())
                : number((NumericColumn) column, random.nextDouble());
    }

    private static double number(NumericColumn column, double position) {
        return column.round(column.min() + position * (column.max() - column.min()));
    }

    /** A row with another category in each column, and numbers half their range away. */
    @Override
    public Payload opposite(Payload other, SplittableRandom random) {
        return opposite(schema, (TableRow) other, random);
    }

    /** Invents a row that shares as little as possible with another. */
    static TableRow opposite(TableSchema schema, TableRow other, SplittableRandom random) {
        double[] codes = new double[schema.size()];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = opposite(schema.columns().get(c), other.code(c), random);
        }
        return new TableRow(codes);
    }

    private static double opposite(Column column, double code, SplittableRandom random) {
        if (column instanceof CategoricalColumn categorical) {
            int categories = categorical.categories().size();
            if (Double.isNaN(code)) {
                return random.nextInt(categories);
            }
            return categories == 1
                    ? (column.nullable() ? TableRow.NULL : code)
                    : ((int) code + 1 + random.nextInt(categories - 1)) % categories;
        }
        NumericColumn numeric = (NumericColumn) column;
        return number(numeric, Double.isNaN(code) ? random.nextDouble() : (numeric.position(code) + 0.5) % 1);
    }

    @Override
    public float[] embed(List<? extends Payload> records) {
        return embedder.embed(records);
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String remedy() {
        return "the declared columns allow too few different rows: give a smaller --canaries";
    }

    @Override
    public List<Payload> payloads(Dataset<Row> published) {
        List<Payload> rows = new ArrayList<>();
        for (Row row : published.collectAsList()) {
            double[] codes = new double[schema.size()];
            int at = 0;
            for (LearntColumn column : schema.declared()) {
                Object value = row.get(row.fieldIndex(column.name()));
                column.encode(column instanceof SetColumn ? SetValue.of(value) : value, codes, at);
                at += column.width();
            }
            rows.add(new TableRow(codes));
        }
        return rows;
    }
}
