package org.privateevolution.evaluation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.evaluation.TableAssociations;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

class MarginalsTest {

    private static final List<String> LABELS = List.of("no", "yes");

    private final TableSchema schema = new TableSchema(List.of(
            category("c", true, 5),
            new NumericColumn("i", ColumnType.parse("integer"), 0, 6, true, false),
            new NumericColumn("x", ColumnType.parse("double"), -1, 3, false, false)));

    private record Labelled(int label, TableRow row) {}

    @Test
    void agreesWithTheDefinitionsOnRandomTables() {
        for (int trial = 0; trial < 11; trial++) {
            List<Labelled> real = table(trial, 1_009, 1);
            List<Labelled> synthetic = table(trial + 100, 211, 2);
            MarginalComparison comparison = Marginals.compare(counted(real), counted(synthetic));

            List<ToIntFunction<Labelled>> cells = List.of(
                    r -> Double.isNaN(r.row.code(0)) ? 5 : (int) r.row.code(0),
                    r -> Double.isNaN(r.row.code(1)) ? 7 : (int) r.row.code(1),
                    r -> (int) Math.min(19, (r.row.code(2) + 1) / 4 * 20),
                    Labelled::label);
            double oneWay = 0;
            for (int c = 0; c < 3; c++) {
                double expected = totalVariation(real, synthetic, cells.get(c));
                assertThat(comparison.columns().get(c).totalVariation()).isCloseTo(expected, within(1e-12));
                oneWay += expected / 3;
            }
            assertThat(comparison.oneWay()).isCloseTo(oneWay, within(1e-12));
            assertThat(comparison.labelTotalVariation())
                    .isCloseTo(totalVariation(real, synthetic, cells.get(3)), within(1e-12));
            double twoWay = 0;
            for (int a = 0; a < 4; a++) {
                for (int b = a + 1; b < 4; b++) {
                    ToIntFunction<Labelled> first = cells.get(a);
                    ToIntFunction<Labelled> second = cells.get(b);
                    twoWay +=
                            totalVariation(real, synthetic, r -> 100 * first.applyAsInt(r) + second.applyAsInt(r)) / 6;
                }
            }
            assertThat(comparison.pairs()).isEqualTo(6);
            assertThat(comparison.pairsLeftOut()).isZero();
            assertThat(comparison.twoWay().orElseThrow()).isCloseTo(twoWay, within(1e-12));

            for (int label = 0; label < 2; label++) {
                int l = label;
                double expected = 0;
                for (int c = 0; c < 3; c++) {
                    expected += totalVariation(
                                    real.stream().filter(r -> r.label == l).toList(),
                                    synthetic.stream().filter(r -> r.label == l).toList(),
                                    cells.get(c))
                            / 3;
                }
                assertThat(comparison.labels().get(label).oneWay()).isCloseTo(expected, within(1e-12));
            }

            assertThat(comparison.columns().get(0).numbers()).isEmpty();
            assertThat(comparison.columns().get(1).numbers().orElseThrow().wasserstein())
                    .isCloseTo(wasserstein(real, synthetic, r -> r.row.code(1) / 6), within(1e-12));
            assertThat(comparison.columns().get(2).numbers().orElseThrow().wasserstein())
                    .isCloseTo(wasserstein(real, synthetic, r -> (r.row.code(2) + 1) / 4), within(1e-3));
        }
    }

    @Test
    void equalTablesAreAtDistanceZeroAndDisjointOnesAtOne() {
        List<Labelled> low = List.of(row(0, 0, 0, -1), row(0, 1, 0, -1));
        List<Labelled> high = List.of(row(1, 4, 6, 3));
        MarginalComparison same = Marginals.compare(counted(low), counted(low));
        MarginalComparison different = Marginals.compare(counted(low), counted(high));
        assertThat(same.oneWay()).isZero();
        assertThat(same.twoWay()).hasValue(0);
        assertThat(same.labelTotalVariation()).isZero();
        assertThat(different.oneWay()).isEqualTo(1);
        assertThat(different.twoWay()).hasValue(1);
        assertThat(different.labelTotalVariation()).isEqualTo(1);
        assertThat(different.columns().get(1).numbers().orElseThrow().wasserstein())
                .isCloseTo(1, within(1e-12));
        assertThat(different.columns().get(2).numbers().orElseThrow().wasserstein())
                .isCloseTo(1, within(1e-3));
    }

    @Test
    void sharesAreThoseOfTheCategoriesAndSumToOne() {
        MarginalComparison comparison = Marginals.compare(
                counted(List.of(row(0, 2, 0, 0), row(0, 2, 0, 0), row(0, TableRow.NULL, 0, 0))),
                counted(List.of(row(1, 3, 0, 0))));
        ColumnMarginal column = comparison.columns().get(0);
        assertThat(column.cells())
                .extracting(MarginalComparison.Cell::text)
                .containsExactly("k0", "k1", "k2", "k3", "k4", "(null)");
        assertThat(column.cells())
                .extracting(MarginalComparison.Cell::real)
                .containsExactly(0.0, 0.0, 2 / 3.0, 0.0, 0.0, 1 / 3.0);
        assertThat(column.cells())
                .extracting(MarginalComparison.Cell::synthetic)
                .containsExactly(0.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        assertThat(comparison.labels().get(0).real()).isEqualTo(1);
        assertThat(comparison.labels().get(0).synthetic()).isEqualTo(0);
    }

    @Test
    void noRowsAgainstSomeAreAtDistanceOneAndAgainstNoneAtZero() {
        Marginals none = counted(List.of());
        Marginals one = counted(List.of(row(0, 2, TableRow.NULL, 0)));
        assertThat(Marginals.compare(none, none).oneWay()).isZero();
        assertThat(Marginals.compare(none, none).twoWay()).hasValue(0);
        MarginalComparison comparison = Marginals.compare(none, one);
        assertThat(comparison.oneWay()).isEqualTo(1);
        assertThat(comparison.columns().get(1).numbers().orElseThrow().wasserstein())
                .isEqualTo(0);
        assertThat(comparison.columns().get(2).numbers().orElseThrow().wasserstein())
                .isEqualTo(1);
        assertThat(comparison.labels().get(1).oneWay()).isZero();
    }

    @Test
    void partsMergeToTheSameCountsInAnyOrder() {
        List<Labelled> rows = table(5, 997, 1);
        Marginals whole = counted(rows);
        for (int parts : new int[] {1, 2, 7, 64}) {
            List<long[]> counts = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                int p = part;
                counts.add(counted(IntStream.range(0, rows.size())
                                .filter(i -> i % parts == p)
                                .mapToObj(rows::get)
                                .toList())
                        .counts());
            }
            Collections.shuffle(counts, new Random(parts));
            Marginals merged = new Marginals(schema, LABELS);
            counts.forEach(merged::merge);
            assertThat(merged.counts()).isEqualTo(whole.counts());
        }
        Marginals twice = counted(rows);
        twice.merge(whole);
        assertThat(Marginals.compare(twice, whole).oneWay()).isZero();
    }

    @Test
    void pairsWithTooManyCellsAreLeftOutLargestFirst() {
        List<Column> columns = new ArrayList<>();
        columns.add(category("small", false, 2));
        columns.add(category("large1", false, 1_021));
        columns.add(category("large2", false, 1_031));
        columns.add(category("large3", false, 1_033));
        TableSchema wide = new TableSchema(columns);
        Marginals marginals = new Marginals(wide, List.of("all"));
        marginals.add(0, new TableRow(new double[] {1, 1_020, 1_030, 1_032}));
        MarginalComparison comparison = Marginals.compare(marginals, marginals);
        // the three pairs with the small column fit; 1,021 x 1,031 cells go over what is left
        assertThat(comparison.pairs()).isEqualTo(3);
        assertThat(comparison.pairsLeftOut()).isEqualTo(3);
        assertThat(comparison.twoWay()).hasValue(0);
    }

    @Test
    void aSingleColumnWithoutLabelsHasNoPairs() {
        TableSchema single = new TableSchema(List.of(category("c", false, 3)));
        Marginals marginals = new Marginals(single, List.of("all"));
        assertThat(Marginals.compare(marginals, marginals).twoWay()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotBelongWithoutShowingCounts() {
        Marginals marginals = counted(table(1, 101, 1));
        assertThatThrownBy(() -> marginals.add(2, row(0, 0, 0, 0).row)).hasMessageContaining("2 labels");
        assertThatThrownBy(() -> marginals.add(0, new TableRow(new double[] {0, 0, 3.5})))
                .hasMessageContaining("column 'x'");
        assertThatThrownBy(() -> marginals.merge(new long[3])).isInstanceOf(IllegalArgumentException.class);
        Marginals other = new Marginals(schema, List.of("all"));
        assertThatThrownBy(() -> marginals.merge(other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Marginals.compare(marginals, other)).isInstanceOf(IllegalArgumentException.class);
        assertThat(marginals).hasToString("Marginals of 3 columns and 2 labels");
    }

    @Test
    void metricsAreAllOutsideTheGuarantee() {
        MarginalComparison comparison = Marginals.compare(counted(table(1, 101, 1)), counted(table(2, 101, 2)));
        List<MetricValue> metrics = MarginalMetrics.of(14, comparison);
        assertThat(metrics).noneMatch(MetricValue::insideGuarantee).allMatch(metric -> metric.iteration() == 14);
        assertThat(metrics)
                .extracting(metric -> metric.label() + "|" + metric.metric())
                .containsExactly(
                        "|tvd_1way",
                        "|tvd_2way",
                        "|tvd_labels",
                        "no|tvd_1way",
                        "yes|tvd_1way",
                        "|tvd:c",
                        "|tvd:i",
                        "|wasserstein:i",
                        "|tvd:x",
                        "|wasserstein:x");
    }

    @Test
    void associationsAreThoseOfTheRows() {
        List<Labelled> real = table(1, 503, 1);
        List<Labelled> synthetic = table(2, 211, 3);
        TableAssociations rows = new TableAssociations(schema, LABELS.size());

        Correlations found = Marginals.associations(counted(real), counted(synthetic), "answer");

        assertThat(found.columns()).containsExactly("c", "i", "x", "answer").isEqualTo(rows.names("answer"));
        assertThat(found.real()).isEqualTo(rows.of(samples(real), List.of()));
        assertThat(found.synthetic()).isEqualTo(rows.of(samples(synthetic), List.of()));
        assertThat(found.real()).isNotEqualTo(found.synthetic());
    }

    @Test
    void columnsWhosePairsWereNotCountedHaveNoAssociation() {
        TableSchema wide = new TableSchema(
                List.of(category("few", false, 3), category("many", false, 1_100), category("more", false, 1_200)));
        Marginals none = new Marginals(wide, List.of("all"));

        assertThat(Marginals.associations(none, none, "").columns()).containsExactly("few", "many");
    }

    private static List<Sample> samples(List<Labelled> rows) {
        return rows.stream().map(row -> new Sample("s", row.label, row.row, "")).toList();
    }

    private Marginals counted(List<Labelled> rows) {
        Marginals marginals = new Marginals(schema, LABELS);
        rows.forEach(row -> marginals.add(row.label, row.row));
        return marginals;
    }

    private static double totalVariation(List<Labelled> real, List<Labelled> synthetic, ToIntFunction<Labelled> cell) {
        Map<Integer, Double> difference = new HashMap<>();
        real.forEach(row -> difference.merge(cell.applyAsInt(row), 1.0 / real.size(), Double::sum));
        synthetic.forEach(row -> difference.merge(cell.applyAsInt(row), -1.0 / synthetic.size(), Double::sum));
        return difference.values().stream().mapToDouble(Math::abs).sum() / 2;
    }

    /** From the quantiles of both: the mean distance of matched values when each side repeats the other's size. */
    private static double wasserstein(List<Labelled> real, List<Labelled> synthetic, ToDoubleFunction<Labelled> value) {
        double[] a = sorted(real, value);
        double[] b = sorted(synthetic, value);
        double sum = 0;
        for (long i = 0; i < (long) a.length * b.length; i++) {
            sum += Math.abs(a[(int) (i / b.length)] - b[(int) (i / a.length)]);
        }
        return sum / ((double) a.length * b.length);
    }

    private static double[] sorted(List<Labelled> rows, ToDoubleFunction<Labelled> value) {
        double[] values =
                rows.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray();
        Arrays.sort(values);
        return values;
    }

    /** Rows whose values crowd at the low end, the more the higher the power. */
    private static List<Labelled> table(int seed, int rows, int power) {
        Random random = new Random(seed);
        List<Labelled> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double category = random.nextInt(7) == 0 ? TableRow.NULL : (int) (5 * Math.pow(random.nextDouble(), power));
            double integer = random.nextInt(7) == 0 ? TableRow.NULL : (int) (7 * Math.pow(random.nextDouble(), power));
            table.add(row(random.nextInt(2), category, integer, -1 + 4 * Math.pow(random.nextDouble(), power)));
        }
        return table;
    }

    private static Labelled row(int label, double... codes) {
        return new Labelled(label, new TableRow(codes));
    }

    private static CategoricalColumn category(String name, boolean nullable, int categories) {
        return new CategoricalColumn(
                name,
                ColumnType.parse("string"),
                IntStream.range(0, categories).mapToObj(i -> "k" + i).toList(),
                nullable,
                null);
    }
}
