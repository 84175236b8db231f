package org.privateevolution.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.ColumnType.Kind;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;

class TabularEmbedderTest {

    private static final double NULL = TableRow.NULL;

    private final TableSchema schema = new TableSchema(List.of(
            number("a", 10, 30, false),
            category("b", false, "x", "y", "z"),
            number("c", -1, 1, true),
            category("d", true, "p", "q"),
            number("e", 7, 7, false)));

    private final TabularEmbedder embedder = new TabularEmbedder(schema, 2, 0.5);

    @Test
    void laysOutNumbersCategoriesAndNulls() {
        assertThat(embedder.dimension()).isEqualTo(1 + 3 + 2 + 3 + 1);
        float[] vectors = embedder.embed(List.of(row(15, 1, 0.5, 0, 7), row(30, 2, NULL, NULL, 7)));
        assertThat(vectors)
                .containsExactly(
                        0.5f, 0, 0.5f, 0, 1.5f, 0, 0.5f, 0, 0, 0, //
                        2, 0, 0, 0.5f, 1, 0.5f, 0, 0, 0.5f, 0);
    }

    @Test
    void embedsNoRowsToNoFloats() {
        assertThat(embedder.embed(List.of())).isEmpty();
    }

    @Test
    void embedsARowAlikeAloneAndInAnyBatch() {
        Random random = new Random(31);
        List<TableRow> rows = IntStream.range(0, 1_021)
                .mapToObj(i -> row(
                        10 + 20 * random.nextDouble(),
                        random.nextInt(3),
                        random.nextInt(5) == 0 ? NULL : 2 * random.nextDouble() - 1,
                        random.nextInt(3) == 2 ? NULL : random.nextInt(2),
                        7))
                .toList();
        float[] all = embedder.embed(rows);
        assertThat(all).hasSize(1_021 * embedder.dimension());
        for (int i = 0; i < rows.size(); i++) {
            for (int d = 0; d < embedder.dimension(); d++) {
                assertThat(all[i * embedder.dimension() + d])
                        .isEqualTo(embedder.embed(List.of(rows.get(i)))[d])
                        .isBetween(0f, 2f);
            }
        }
    }

    @Test
    void extremeBoundsStayFinite() {
        TableSchema wide =
                new TableSchema(List.of(number("a", -8e307, 8e307, false), number("b", 0, Double.MIN_VALUE, false)));
        float[] vectors = new TabularEmbedder(wide, 1, 1)
                .embed(List.of(row(-8e307, 0), row(0, Double.MIN_VALUE), row(8e307, Double.MIN_VALUE)));
        assertThat(vectors).containsExactly(0, 0, 0.5f, 1, 1, 1);
    }

    @Test
    void refusesWhatIsNotARowOfTheSchemaWithoutShowingIt() {
        for (TableRow row : List.of(
                row(15, 1, 0.5, 0),
                row(31.25, 1, 0.5, 0, 7),
                row(15, 3, 0.5, 0, 7),
                row(15, 1.5, 0.5, 0, 7),
                row(NULL, 1, 0.5, 0, 7),
                row(15, 1, Double.POSITIVE_INFINITY, 0, 7))) {
            assertThatThrownBy(() -> embedder.embed(List.of(row)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("31.25");
        }
        assertThatThrownBy(() -> embedder.embed(List.of(new Text("secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table rows, not Text")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesWeightsThatCannotTellRowsApart() {
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
            assertThatThrownBy(() -> new TabularEmbedder(schema, weight, 1)).hasMessageContaining("numeric weight");
            assertThatThrownBy(() -> new TabularEmbedder(schema, 1, weight)).hasMessageContaining("categorical weight");
        }
        assertThatThrownBy(() -> new TabularEmbedder(schema, 0, 1e-60)).hasMessageContaining("both 0");
        assertThat(new TabularEmbedder(schema, 0, 1).embed(List.of(row(15, 1, 0.5, 0, 7)))[0])
                .isEqualTo(0);
    }

    @Test
    void theFingerprintNamesSchemaAndWeights() {
        List<TabularEmbedder> different = List.of(
                embedder,
                new TabularEmbedder(schema, 2, 0.25),
                new TabularEmbedder(schema, 1, 0.5),
                new TabularEmbedder(new TableSchema(schema.columns().subList(0, 4)), 2, 0.5),
                one(category("b", false, "x, y", "z")),
                one(category("b", false, "x", "y, z")),
                one(category("b", true, "x", "y, z")),
                one(number("b", 0, 1, false)),
                one(number("b", 0, 2, false)));
        assertThat(different.stream().map(TabularEmbedder::fingerprint)).doesNotHaveDuplicates();
        assertThat(new TabularEmbedder(new TableSchema(schema.columns()), 2, 0.5).fingerprint())
                .isEqualTo(embedder.fingerprint())
                .matches("tabular-1-[0-9a-f]{64}");
    }

    @Test
    void travelsToExecutors() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(embedder);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TabularEmbedder copy = (TabularEmbedder) in.readObject();
            List<TableRow> rows = List.of(row(15, 1, 0.5, 0, 7));
            assertThat(copy.embed(rows)).isEqualTo(embedder.embed(rows));
            assertThat(copy.fingerprint()).isEqualTo(embedder.fingerprint());
        }
    }

    private static TabularEmbedder one(Column column) {
        return new TabularEmbedder(new TableSchema(List.of(column)), 2, 0.5);
    }

    private static TableRow row(double... codes) {
        return new TableRow(codes);
    }

    private static NumericColumn number(String name, double min, double max, boolean nullable) {
        return new NumericColumn(name, ColumnType.of(Kind.DOUBLE), min, max, nullable, false);
    }

    private static CategoricalColumn category(String name, boolean nullable, String... categories) {
        return new CategoricalColumn(name, ColumnType.of(Kind.STRING), List.of(categories), nullable, null);
    }
}
