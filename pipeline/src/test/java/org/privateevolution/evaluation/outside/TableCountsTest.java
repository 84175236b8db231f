package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.ComparedColumn.Unit;

class TableCountsTest {

    private static final double NULL = Double.NaN;

    private final Categories color = Categories.of("color", List.of("red", "blue", "rare"));
    private final Numbers age = new Numbers("age", Unit.NUMBER, new double[] {10, 20}, 0, 30, 15, 10);
    private final Numbers size = new Numbers("size", Unit.NUMBER, new double[] {5}, 0, 10, 5, 2);
    private final CountLayout layout = new CountLayout(List.of(color, age, size), 1);

    @Test
    void distancesAreThoseOfTheDefinition() {
        TableCounts real = counts(new double[][] {{0, 5, 1}, {0, 15, 9}, {1, 25, 1}, {1, NULL, 9}});
        TableCounts other = counts(new double[][] {{0, 5, 1}, {3, 5, 9}, {1, 25, 9}, {NULL, 25, 9}});
        TableDistances distances = new TableDistances(layout, real, other);

        // color: real 1/2 red, 1/2 blue; other 1/4 red, 1/4 blue, 1/4 new, 1/4 null.
        assertThat(distances.ofColumn(0)).isCloseTo(0.5, within(1e-12));
        // age: real a quarter each of three bins and null; other 1/2, 0, 1/2, 0.
        assertThat(distances.ofColumn(1)).isCloseTo(0.5, within(1e-12));
        assertThat(distances.ofColumn(2)).isCloseTo(0.25, within(1e-12));
        assertThat(distances.oneWay()).isCloseTo(1.25 / 3, within(1e-12));
        assertThat(distances.twoWay().orElseThrow()).isCloseTo((0.5 + 0.75 + 0.5) / 3, within(1e-12));
        assertThat(distances.threeWay().orElseThrow()).isCloseTo(0.75, within(1e-12));
        assertThat(distances.threeWayError()).isZero();
        assertThat(distances.nullDifference(0)).isCloseTo(0.25, within(1e-12));
        assertThat(distances.newCategories(0).orElseThrow()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(distances.newCategories(1)).isEmpty();
        assertThat(distances.categoryCoverage(0)).hasValue(1);
        assertThat(distances.rareCoverage(0)).isEmpty();
    }

    @Test
    void aTableIsNotApartFromItself() {
        TableCounts real = counts(new double[][] {{0, 5, 1}, {2, 15, 9}, {1, NULL, 1}});
        TableDistances distances = new TableDistances(layout, real, real);

        assertThat(distances.oneWay()).isZero();
        assertThat(distances.twoWay()).hasValue(0);
        assertThat(distances.threeWay()).hasValue(0);
        assertThat(distances.associations()).hasValue(0);
    }

    @Test
    void rareCategoriesAreThoseBelowOnePercent() {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new double[] {i == 0 ? 2 : i % 2, 5, 1});
        }
        TableCounts real = counts(rows.toArray(double[][]::new));
        rows.set(0, new double[] {0, 5, 1});
        TableDistances distances = new TableDistances(layout, real, counts(rows.toArray(double[][]::new)));

        assertThat(distances.rareCoverage(0)).hasValue(0);
        assertThat(distances.rareMass(0).orElseThrow()).isCloseTo(1 / 200.0, within(1e-12));
        assertThat(distances.categoryCoverage(0).orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void associationsAreThoseOfTheDefinitionAndRowsWithoutBothNumbersAreLeftOut() {
        double[][] rows = {{0, 1, 2}, {0, 2, 4.5}, {1, 3, 5}, {1, 4, 9}, {1, NULL, 100}};
        TableCounts counts = counts(rows);

        // Pairs: color-age, color-size, age-size.
        // age by color: means 1.5 and 3.5, between 4, total 5.
        assertThat(counts.association(0)).isCloseTo(Math.sqrt(4 / 5.0), within(1e-9));
        // numpy.corrcoef([1, 2, 3, 4], [2, 4.5, 5, 9])
        assertThat(counts.association(2)).isCloseTo(10.75 / Math.sqrt(5 * 25.1875), within(1e-9));
    }

    @Test
    void constantsGoTogetherWithNothing() {
        TableCounts counts = counts(new double[][] {{0, 7, 1}, {0, 7, 2}, {0, 7, 3}});

        assertThat(counts.association(0)).isZero();
        assertThat(counts.association(1)).isZero();
        assertThat(counts.association(2)).isZero();
    }

    @Test
    void partsGiveTheSameInAnyOrder() {
        double[][] rows = {{0, 1, 2}, {0, 2, 4.5}, {1, 3, 5}, {1, 4, 9}, {NULL, NULL, 100}};
        TableCounts whole = counts(rows);
        TableCounts parts = counts(new double[][] {rows[4], rows[2]}).merge(counts(new double[][] {rows[3]}));
        parts.merge(counts(new double[][] {rows[0], rows[1]}));

        assertThat(new TableDistances(layout, whole, parts).threeWay()).hasValue(0);
        assertThat(parts.association(2)).isCloseTo(whole.association(2), within(1e-12));
        assertThatThrownBy(() -> whole.merge(new TableCounts(new CountLayout(List.of(color), 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofManyTriplesSomeAreDrawn() {
        List<ComparedColumn> columns = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            columns.add(Categories.of("c" + i, List.of("a", "b")));
        }
        CountLayout many = new CountLayout(columns, 5);

        assertThat(many.allTriples()).isEqualTo(286);
        assertThat(many.triples()).hasSize(CountLayout.MOST_TRIPLES);
        assertThat(many.triples().stream()
                        .map(triple -> List.of(triple.columns()[0], triple.columns()[1], triple.columns()[2])))
                .doesNotHaveDuplicates();
    }

    @Test
    void pairsOfManyCategoriesFitIntoMemory() {
        List<ComparedColumn> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            values.add("v" + i);
        }
        for (int i = 0; i < 60; i++) {
            columns.add(Categories.of("c" + i, values));
        }
        CountLayout wide = new CountLayout(columns, 5);

        assertThat(wide.jointColumns()).isEqualTo(CountLayout.MOST_JOINT_COLUMNS);
        assertThat(wide.pairs().stream().mapToLong(CountLayout.Marginal::size).sum())
                .isLessThanOrEqualTo(CountLayout.MOST_PAIR_CELLS);
    }

    private TableCounts counts(double[][] rows) {
        TableCounts counts = new TableCounts(layout);
        for (double[] row : rows) {
            counts.add(row);
        }
        return counts;
    }
}
