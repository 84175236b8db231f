package org.privateevolution.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.Embedder;

/**
 * The embedding of Tab-PE (Tran et al. 2026): numbers are scaled to [0, 1] by their declared bounds, categories are
 * one-hot, and numeric and categorical columns have one weight each.
 *
 * <p>A null is an additional category of a categorical column. A nullable numeric column has a second dimension: the
 * categorical weight for a null, 0 for a number. The first dimension of a null is half the numeric weight, so that a
 * null is equally far from both bounds. A constant column embeds to 0.
 *
 * <p>Each part of a {@link SetColumn} is embedded as a categorical column. The members have a smaller weight, so that
 * the set as a whole counts about as much as one categorical column; see {@link SetColumn#memberWeight}.
 */
public final class TabularEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    /** Part of the fingerprint; increase it when the same schema and weights no longer give the same vectors. */
    private static final int VERSION = 1;

    private final TableSchema schema;
    private final float numericWeight;
    private final float categoricalWeight;
    /** The weight of each column if it is categorical. */
    private final float[] weights;
    /** The first dimension of each column. */
    private final int[] offsets;

    private final int dimension;

    /**
     * @param numericWeight length of a numeric column's range, at least 0
     * @param categoricalWeight value of the one dimension that is not 0, at least 0; one of the two weights must be
     *     greater than 0
     */
    public TabularEmbedder(TableSchema schema, double numericWeight, double categoricalWeight) {
        requireWeight("numeric", numericWeight);
        requireWeight("categorical", categoricalWeight);
        if ((float) numericWeight == 0 && (float) categoricalWeight == 0) {
            throw new IllegalArgumentException(
                    "numeric and categorical weight are both 0, so all rows would have the same vector: raise one");
        }
        this.schema = schema;
        this.numericWeight = (float) numericWeight;
        this.categoricalWeight = (float) categoricalWeight;
        this.weights = weights(schema, this.categoricalWeight);
        this.offsets = new int[schema.size()];
        int end = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            end = Math.addExact(end, width(schema.columns().get(i)));
        }
        this.dimension = end;
    }

    private static float[] weights(TableSchema schema, float categoricalWeight) {
        float[] weights = new float[schema.size()];
        Arrays.fill(weights, categoricalWeight);
        int at = 0;
        for (LearntColumn column : schema.declared()) {
            int parts = column.width();
            if (column instanceof SetColumn set) {
                for (int part = 0; part < parts; part++) {
                    weights[at + part] *= set.isNullPart(part) ? 1 : (float) set.memberWeight();
                }
            }
            at += parts;
        }
        return weights;
    }

    /** The embedder for a run's configuration. */
    public static TabularEmbedder of(RunSpec.Tabular tabular) {
        return new TabularEmbedder(tabular.schema(), tabular.numericWeight(), tabular.categoricalWeight());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        StringBuilder content = new StringBuilder()
                .append(numericWeight)
                .append('\n')
                .append(categoricalWeight)
                .append('\n');
        for (Column column : schema.columns()) {
            content.append(declaration(column)).append('\n');
            if (column instanceof CategoricalColumn categorical) {
                // the text of a list is the same for "a, b" as for "a" and "b"
                categorical.categories().forEach(category -> content.append(category.length())
                        .append(' '));
            }
        }
        for (LearntColumn column : schema.declared()) {
            if (column instanceof SetColumn set) {
                content.append("set ").append(set.usual()).append('\n');
            }
        }
        return "tabular-" + VERSION + "-" + Sha256.of(content.toString());
    }

    /** The part of a column's declaration that vectors depend on. */
    private static String declaration(Column column) {
        return column instanceof NumericColumn numeric
                ? "NumericColumn[name=" + numeric.name() + ", type=" + numeric.type() + ", min=" + numeric.min()
                        + ", max=" + numeric.max() + ", nullable=" + numeric.nullable() + ", clamp=" + numeric.clamp()
                        + "]"
                : column.toString();
    }

    /**
     * @throws IllegalArgumentException if a payload is not a row of the schema; the message never contains a code
     */
    @Override
    public float[] embed(List<? extends Payload> payloads) {
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension)];
        int start = 0;
        for (Payload payload : payloads) {
            if (!(payload instanceof TableRow row)) {
                throw new IllegalArgumentException("the tabular embedding takes table rows, not "
                        + payload.getClass().getSimpleName());
            }
            schema.requireRow(row);
            for (int i = 0; i < offsets.length; i++) {
                write(i, row.code(i), vectors, start + offsets[i]);
            }
            start += dimension;
        }
        return vectors;
    }

    /** Vectors of probe rows, each with all columns at the same position of their range, or null. */
    @Override
    public float[] probe() {
        List<TableRow> rows = DoubleStream.of(0, 1.0 / 3, 0.7, 1, TableRow.NULL)
                .mapToObj(position -> new TableRow(schema.columns().stream()
                        .mapToDouble(column -> code(column, position))
                        .toArray()))
                .toList();
        return embed(rows);
    }

    /**
     * @param position 0 to 1, or NaN for a null if the column is nullable
     */
    private static double code(Column column, double position) {
        if (Double.isNaN(position)) {
            return column.nullable() ? TableRow.NULL : code(column, 0);
        }
        if (column instanceof CategoricalColumn categorical) {
            return Math.rint(position * (categorical.categories().size() - 1));
        }
        NumericColumn numeric = (NumericColumn) column;
        return numeric.round(numeric.min() + position * (numeric.max() - numeric.min()));
    }

    /**
     * The row that a vector embeds, up to float precision: integers with up to 2^22 values between their bounds,
     * categories and nulls are recovered exactly.
     *
     * @param vectors holds a vector of this embedding at {@code at}
     * @throws IllegalStateException if a weight is 0, so that vectors cannot tell rows apart
     */
    public TableRow row(float[] vectors, int at) {
        if (numericWeight == 0 || categoricalWeight == 0) {
            throw new IllegalStateException("a weight is 0: vectors do not tell rows apart");
        }
        double[] codes = new double[offsets.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = read(schema.columns().get(i), vectors, at + offsets[i]);
        }
        return new TableRow(codes);
    }

    private double read(Column column, float[] vectors, int at) {
        if (column instanceof CategoricalColumn categorical) {
            int code = 0;
            while (vectors[at + code] == 0) {
                code++;
            }
            return code == categorical.categories().size() ? TableRow.NULL : code;
        }
        if (column.nullable() && vectors[at + 1] != 0) {
            return TableRow.NULL;
        }
        NumericColumn numeric = (NumericColumn) column;
        double position = vectors[at] / (double) numericWeight;
        return numeric.round(numeric.min() + position * (numeric.max() - numeric.min()));
    }

    private void write(int place, double code, float[] vectors, int at) {
        Column column = schema.columns().get(place);
        boolean isNull = Double.isNaN(code);
        if (column instanceof CategoricalColumn categorical) {
            vectors[at + (isNull ? categorical.categories().size() : (int) code)] = weights[place];
        } else if (isNull) {
            vectors[at] = numericWeight / 2;
            vectors[at + 1] = categoricalWeight;
        } else {
            vectors[at] = (float) (((NumericColumn) column).position(code) * numericWeight);
        }
    }

    private static int width(Column column) {
        int values = column instanceof CategoricalColumn categorical
                ? categorical.categories().size()
                : 1;
        return values + (column.nullable() ? 1 : 0);
    }

    private static void requireWeight(String kind, double weight) {
        if (!(weight >= 0 && Float.isFinite((float) weight))) {
            throw new IllegalArgumentException(
                    "the " + kind + " weight is " + weight + ": it must be a finite number, 0 or greater");
        }
    }
}
