package org.privateevolution.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelColumnsTest {

    private static final CategoricalColumn TIER =
            new CategoricalColumn("tier", ColumnType.of(ColumnType.Kind.INTEGER), List.of("1", "2", "3"), false, null);
    private static final CategoricalColumn LEFT =
            new CategoricalColumn("left", ColumnType.of(ColumnType.Kind.BOOLEAN), List.of(), false, null);

    @Test
    void combinationsAreLabels() {
        LabelColumns both = LabelColumns.of(List.of(TIER, LEFT), texts -> !texts.equals(List.of("2", "true")));

        assertThat(both.names()).containsExactly("1, false", "1, true", "2, false", "3, false", "3, true");
        assertThat(both.leavesOut()).isTrue();
        for (int label = 0; label < both.names().size(); label++) {
            assertThat(both.label(both.values(label))).isEqualTo(label);
        }
        assertThat(both.values(1)).containsExactly(1, true);
        assertThat(both.texts(1)).containsExactly("1", "true");
    }

    @Test
    void oneColumnAndNone() {
        LabelColumns one = LabelColumns.of(TIER);

        assertThat(one.names()).containsExactly("1", "2", "3");
        assertThat(one.label(List.of(3))).isEqualTo(2);
        assertThat(one.leavesOut()).isFalse();
        assertThat(LabelColumns.NONE.names()).containsExactly("all");
        assertThat(LabelColumns.NONE.label(List.of())).isZero();
        assertThat(LabelColumns.NONE.values(0)).isEmpty();
    }

    @Test
    void otherTakesWhatIsNotDeclared() {
        LabelColumns one =
                LabelColumns.of(new CategoricalColumn("tier", TIER.type(), List.of("1", "2", "3"), false, "2"));

        assertThat(one.label(List.of(3))).isEqualTo(2);
        assertThat(one.label(List.of(4711))).isEqualTo(1);
        assertThat(one.label(List.of("unreadable"))).isEqualTo(1);
        assertThat(one.label(Collections.singletonList(null))).isEqualTo(1);
        assertThat(one).isNotEqualTo(LabelColumns.of(TIER));
    }

    @Test
    void undiscoveredLabelsHaveAColumnAndNoNames() {
        LabelColumns unknown = LabelColumns.undiscovered("tier");

        assertThat(unknown.undiscovered()).isTrue();
        assertThat(unknown.isEmpty()).isFalse();
        assertThat(unknown.columnNames()).containsExactly("tier");
        assertThat(unknown.columns()).isEmpty();
        assertThat(unknown.names()).isEmpty();
        assertThat(unknown.leavesOut()).isFalse();
        assertThat(unknown).isEqualTo(LabelColumns.undiscovered("tier"));
        assertThat(unknown).isNotEqualTo(LabelColumns.undiscovered("left")).isNotEqualTo(LabelColumns.of(TIER));
        assertThatThrownBy(() -> LabelColumns.undiscovered(" ")).hasMessageContaining("a label column has no name");
    }

    @Test
    void whatIsNotDeclaredIsRefusedWithoutTheValue() {
        LabelColumns both = LabelColumns.of(List.of(TIER, LEFT), texts -> !texts.equals(List.of("2", "true")));

        assertThatThrownBy(() -> both.label(List.of(4711, true)))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("column 'tier': a private label is null or not in labels.values")
                .hasMessageNotContaining("4711");
        assertThatThrownBy(() -> both.label(Arrays.asList(1, null))).hasMessageContaining("column 'left'");
        assertThatThrownBy(() -> both.label(List.of(2, true)))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageContaining("columns 'tier', 'left'")
                .hasMessageContaining("labels.impossible")
                .hasMessageNotContaining("2, true");
    }

    @Test
    void tooManyCombinationsAndNoneAreRefused() {
        List<String> values = IntStream.range(0, 40).mapToObj(i -> "v" + i).toList();
        CategoricalColumn wide =
                new CategoricalColumn("wide", ColumnType.of(ColumnType.Kind.STRING), values, false, null);
        CategoricalColumn second =
                new CategoricalColumn("second", ColumnType.of(ColumnType.Kind.STRING), values, false, null);
        List<CategoricalColumn> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            many.add(new CategoricalColumn("c" + i, ColumnType.of(ColumnType.Kind.STRING), values, false, null));
        }

        assertThatThrownBy(() -> LabelColumns.of(List.of(wide, second), texts -> true))
                .hasMessageContaining("have 1600 combinations, but at most 1000")
                .hasMessageContaining("labels.combinations")
                .hasMessageContaining("tabular.columns");
        assertThatThrownBy(() -> LabelColumns.of(many, texts -> true)).hasMessageContaining("more than 1000000");
        assertThat(LabelColumns.of(List.of(wide, second), texts -> texts.get(0).equals("v1"))
                        .names())
                .hasSize(40);
        assertThatThrownBy(() -> LabelColumns.of(List.of(TIER, LEFT), texts -> false))
                .hasMessageContaining("no combination");
        assertThatThrownBy(() -> LabelColumns.of(List.of(TIER, TIER), texts -> true))
                .hasMessageContaining("'tier' is declared twice");
    }

    @Test
    void namesThatReadTheSameAreRefused() {
        CategoricalColumn first =
                new CategoricalColumn("a", ColumnType.of(ColumnType.Kind.STRING), List.of("x", "x, y"), false, null);
        CategoricalColumn second =
                new CategoricalColumn("b", ColumnType.of(ColumnType.Kind.STRING), List.of("y, z", "z"), false, null);

        assertThatThrownBy(() -> LabelColumns.of(List.of(first, second), texts -> true))
                .hasMessageContaining("'x, y, z'");
    }
}
