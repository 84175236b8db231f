package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.TabularEmbedder;

class SetColumnTest {

    private static final SetColumn TAGS = new SetColumn("tags", List.of("red", "green", "blue"), false, null, 3);
    private static final SetColumn NULLABLE = new SetColumn("tags", List.of("red", "green"), true, null, 2);

    private static TableRow row(SetColumn column, Object value) {
        double[] codes = new double[column.width()];
        Arrays.fill(codes, Double.NaN);
        column.encode(value, codes, 0);
        return new TableRow(codes);
    }

    @Test
    void aSetIsABooleanColumnPerMember() {
        assertThat(TAGS.parts().stream().map(Column::name)).containsExactly("tags=red", "tags=green", "tags=blue");
        assertThat(TAGS.width()).isEqualTo(3);
        assertThat(row(TAGS, List.of("blue", "red", "blue")).codes()).containsExactly(1, 0, 1);
        assertThat(row(TAGS, List.of()).codes()).containsExactly(0, 0, 0);
    }

    @Test
    void setsAreReadBackInTheOrderOfTheirDeclaration() {
        assertThat(TAGS.decode(row(TAGS, List.of("blue", "red", "blue")), 0)).containsExactly("red", "blue");
        assertThat(TAGS.decode(row(TAGS, List.of()), 0)).isEmpty();
        assertThat(TAGS.text(row(TAGS, List.of("green", "red")), 0)).isEqualTo("red, green");
    }

    @Test
    void aNullIsNotAnEmptySet() {
        assertThat(NULLABLE.parts().stream().map(Column::name))
                .containsExactly("tags is null", "tags=red", "tags=green");
        assertThat(row(NULLABLE, null).codes()).containsExactly(1, 0, 0);
        assertThat(NULLABLE.decode(row(NULLABLE, null), 0)).isNull();
        assertThat(NULLABLE.decode(row(NULLABLE, List.of()), 0)).isEmpty();
        assertThat(NULLABLE.decode(new TableRow(new double[] {1, 1, 0}), 0))
                .as("a null wins over members")
                .isNull();
    }

    @Test
    void otherTakesUndeclaredMembers() {
        SetColumn column = new SetColumn("tags", List.of("red", "rest"), false, "rest", 2);

        assertThat(column.decode(row(column, List.of("red", "secret", "unheard")), 0))
                .containsExactly("red", "rest");
    }

    @Test
    void whatIsNotDeclaredIsRefusedWithoutTheValue() {
        assertRefused(null, "null: set nullable");
        assertRefused(List.of("red", "secret"), "not among its declared categories");
        assertRefused(Arrays.asList("red", null), "holds a null");
        assertRefused(List.of(1), "not a string");
        assertRefused("secret", "not an array of strings");
    }

    private static void assertRefused(Object value, String reason) {
        assertThatThrownBy(() -> row(TAGS, value))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("column 'tags'")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void wrongDeclarationsAreRefused() {
        assertThatThrownBy(() -> new SetColumn("tags", List.of(), false, null, 1))
                .hasMessageContaining("no categories");
        assertThatThrownBy(() -> new SetColumn("tags", List.of("a", "a"), false, null, 1))
                .hasMessageContaining("declared twice");
        assertThatThrownBy(() -> new SetColumn("tags", List.of("a"), false, "b", 1))
                .hasMessageContaining("other is 'b'");
        assertThatThrownBy(() -> new SetColumn("tags", List.of("a"), false, null, 2))
                .hasMessageContaining("must be from 1 to its 1 categories");
        CategoricalColumn member =
                new CategoricalColumn("tags=red", ColumnType.of(ColumnType.Kind.BOOLEAN), List.of(), false, null);
        assertThatThrownBy(() -> TableSchema.of(List.of(member, TAGS)))
                .hasMessageContaining("'tags=red' is declared twice");
    }

    @Test
    void setsOfUsualSizeThatHaveNothingInCommonAreAsFarApartAsTwoCategories() {
        List<String> members = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        for (int usual : new int[] {1, 2, 5}) {
            SetColumn set = new SetColumn("s", members, false, null, usual);
            TabularEmbedder embedder = new TabularEmbedder(TableSchema.of(List.of(set)), 1, 0.5);
            float[] vectors = embedder.embed(
                    List.of(row(set, members.subList(0, usual)), row(set, members.subList(5, 5 + usual))));

            assertThat(squaredDistance(vectors)).isCloseTo(2 * 0.5 * 0.5, within(1e-6));
        }
    }

    private static double squaredDistance(float[] vectors) {
        double sum = 0;
        int half = vectors.length / 2;
        for (int i = 0; i < half; i++) {
            sum += Math.pow(vectors[i] - vectors[half + i], 2);
        }
        return sum;
    }

    @Test
    void vectorsOfSetsAreReadBack() {
        TableSchema schema = TableSchema.of(List.of(NULLABLE));
        TabularEmbedder embedder = new TabularEmbedder(schema, 1, 1.0 / 3);
        for (Object value : Arrays.asList(null, List.of(), List.of("green"), List.of("red", "green"))) {
            assertThat(embedder.row(embedder.embed(List.of(row(NULLABLE, value))), 0))
                    .isEqualTo(row(NULLABLE, value));
        }
    }
}
