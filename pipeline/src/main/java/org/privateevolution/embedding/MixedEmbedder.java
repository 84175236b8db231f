package org.privateevolution.embedding;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;

/**
 * Embeds a record's columns and its text into one vector. The vector begins with the {@link TabularEmbedder}'s vector
 * of the columns, unchanged so that rows can be read back from it. The text's vector, times {@link #textScale},
 * follows. Both parts depend on the record alone.
 *
 * <p>The scale gives the text its share of the squared distance between two unrelated records. For the columns, that
 * distance is the expected one between rows drawn uniformly over the declared schema. For the texts, it is taken to be
 * 2, the squared distance between orthogonal unit vectors. The scale therefore follows from public declarations alone.
 */
public final class MixedEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    /** Part of the fingerprint. Increase it when equal parts and shares no longer give equal vectors. */
    private static final int VERSION = 1;

    /** Squared distance between two orthogonal unit vectors. */
    private static final double UNLIKE_TEXTS = 2;

    private final TabularEmbedder columns;
    private final Embedder texts;
    private final float textScale;

    /** @param textScale factor of the text's vector, greater than 0 */
    public MixedEmbedder(TabularEmbedder columns, Embedder texts, double textScale) {
        if (!((float) textScale > 0 && Float.isFinite((float) textScale))) {
            throw new IllegalArgumentException("the text's scale is " + textScale + ": it must be finite, above 0");
        }
        this.columns = columns;
        this.texts = texts;
        this.textScale = (float) textScale;
    }

    /** Returns the embedder of a run. */
    public static MixedEmbedder of(MixedSpec mixed, Embedder texts) {
        return new MixedEmbedder(TabularEmbedder.of(mixed.tabular()), texts, textScale(mixed));
    }

    /** Returns the factor that gives the text its share. */
    public static float textScale(MixedSpec mixed) {
        double share = mixed.beside().share();
        return (float) Math.sqrt(share / (1 - share) * squaredDistance(mixed.tabular()) / UNLIKE_TEXTS);
    }

    /**
     * Expected squared distance between two rows drawn uniformly over the schema. Null is one of the values of a
     * nullable column.
     */
    static double squaredDistance(RunSpec.Tabular tabular) {
        double sum = 0;
        for (LearntColumn column : tabular.schema().declared()) {
            sum += column instanceof SetColumn set
                    ? squaredDistance(set, tabular.categoricalWeight())
                    : squaredDistance((Column) column, tabular.numericWeight(), tabular.categoricalWeight());
        }
        if (sum == 0) {
            throw new IllegalArgumentException("every declared column has one value alone, so that all rows are alike:"
                    + " declare another column, or make a run on texts");
        }
        return sum;
    }

    /** The sets are those that RANDOM_API draws. Null or not counts as a column of two values. */
    private static double squaredDistance(SetColumn set, double categoricalWeight) {
        double probability = set.memberProbability();
        double differing = 2 * probability * (1 - probability) * set.members().size();
        double squared = categoricalWeight * categoricalWeight;
        return 2 * squared * differing * set.memberWeight() * set.memberWeight() + (set.nullable() ? squared : 0);
    }

    private static double squaredDistance(Column column, double numericWeight, double categoricalWeight) {
        if (column instanceof CategoricalColumn categorical) {
            double values = categorical.categories().size() + (column.nullable() ? 1 : 0);
            return 2 * categoricalWeight * categoricalWeight * (1 - 1 / values);
        }
        NumericColumn numeric = (NumericColumn) column;
        // The mean squared difference of two uniform numbers between 0 and 1 is 1/6.
        return numeric.max() > numeric.min() ? numericWeight * numericWeight / 6 : 0;
    }

    /** Index at which the text's part begins, which is the number of floats of the columns. */
    public int textOffset() {
        return columns.dimension();
    }

    /** Factor of the text's vector. */
    public float textScale() {
        return textScale;
    }

    @Override
    public int dimension() {
        return Math.addExact(columns.dimension(), texts.dimension());
    }

    @Override
    public String fingerprint() {
        return "mixed-" + VERSION + "-" + textScale + "-" + columns.fingerprint() + "-" + texts.fingerprint();
    }

    /** @throws IllegalArgumentException if a payload lacks columns or a text; the message quotes neither */
    @Override
    public float[] embed(List<? extends Payload> payloads) {
        List<TableRow> rows = payloads.stream()
                .map(payload -> payload.row().orElseThrow(() -> incomplete(payload)))
                .toList();
        List<Text> written = payloads.stream()
                .map(payload -> payload.text().orElseThrow(() -> incomplete(payload)))
                .toList();
        float[] ofColumns = columns.embed(rows);
        float[] ofTexts = texts.embed(written);
        int left = columns.dimension();
        int right = texts.dimension();
        float[] vectors = new float[Math.multiplyExact(payloads.size(), left + right)];
        for (int i = 0; i < payloads.size(); i++) {
            int at = i * (left + right);
            System.arraycopy(ofColumns, i * left, vectors, at, left);
            for (int j = 0; j < right; j++) {
                vectors[at + left + j] = ofTexts[i * right + j] * textScale;
            }
        }
        return vectors;
    }

    /** The probes of both parts, the text's times {@link #textScale}. */
    @Override
    public float[] probe() {
        float[] ofColumns = columns.probe();
        float[] ofTexts = texts.probe();
        float[] both = Arrays.copyOf(ofColumns, ofColumns.length + ofTexts.length);
        for (int i = 0; i < ofTexts.length; i++) {
            both[ofColumns.length + i] = ofTexts[i] * textScale;
        }
        return both;
    }

    private static IllegalArgumentException incomplete(Payload payload) {
        return new IllegalArgumentException("the mixed embedding takes records of columns and a text, not "
                + payload.getClass().getSimpleName());
    }
}
