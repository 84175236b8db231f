package org.privateevolution.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.privateevolution.evaluation.PairAssociation.Side;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

class PairAssociationTest {

    private static final Side NUMBERS = new Side(4, new double[] {10, 20, 50, Double.NaN});

    @Test
    void thatOfNumbersIsPearsonsCorrelationWithoutNulls() {
        double[] weights = {2, 0, 1, 9, 1, 3, 0, 9, 0, 1, 4, 9, 9, 9, 9, 9};
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int n = 0; n < weights[4 * i + j]; n++) {
                    pairs.add(new double[] {NUMBERS.numbers()[i], NUMBERS.numbers()[j]});
                }
            }
        }
        double expected = new PearsonsCorrelation(pairs.toArray(double[][]::new))
                .getCorrelationMatrix()
                .getEntry(0, 1);

        assertThat(new PairAssociation(NUMBERS, NUMBERS).of(weights)).isCloseTo(expected, within(1e-12));
        // Shares of rows, as an estimate has them, tell the same.
        double[] shares = Arrays.stream(weights).map(weight -> weight * 1e-9).toArray();
        assertThat(new PairAssociation(NUMBERS, NUMBERS).of(shares)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void thatOfANumberAndACategoryIsTheCorrelationRatioEitherWay() {
        Side categories = Side.ofCategories(2);
        // Numbers 10, 10, 20 in the one, 50, 50 in the other; nulls count for nothing.
        double[] byNumber = {2, 0, 1, 0, 0, 2, 7, 1};
        double[] byCategory = {2, 1, 0, 7, 0, 0, 2, 1};
        // Mean 28; between: 3 (40/3 - 28)^2 + 2 (50 - 28)^2; all: 2 * 18^2 + 8^2 + 2 * 22^2.
        double expected = Math.sqrt((3 * Math.pow(40.0 / 3 - 28, 2) + 2 * 484) / (2 * 324 + 64 + 2 * 484));

        assertThat(new PairAssociation(NUMBERS, categories).of(byNumber)).isCloseTo(expected, within(1e-12));
        assertThat(new PairAssociation(categories, NUMBERS).of(byCategory)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void constantsGoTogetherWithNothing() {
        double[] one = new double[16];
        one[5] = 3;
        assertThat(new PairAssociation(NUMBERS, NUMBERS).of(one)).isZero();
        assertThat(new PairAssociation(NUMBERS, NUMBERS).of(new double[16])).isZero();
        assertThat(new PairAssociation(NUMBERS, Side.ofCategories(4)).of(one)).isZero();
    }

    @Test
    void aTableHasThatOfEachPairAndOfTheLabel() {
        TableSchema schema = new TableSchema(List.of(
                new NumericColumn("x", ColumnType.parse("double"), 0, 100, false, false),
                new CategoricalColumn("half", ColumnType.parse("string"), List.of("low", "high"), false, null)));
        SplittableRandom random = new SplittableRandom(7);
        List<Sample> rows = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double x = random.nextDouble(100);
            int half = x < 50 ? 0 : 1;
            // Rows that say otherwise weigh next to nothing.
            boolean odd = i % 2 == 1;
            weights.add(odd ? 1e-9 : 1);
            int said = odd ? 1 - half : half;
            rows.add(new Sample("s", said, new TableRow(new double[] {x, said}), ""));
        }
        TableAssociations associations = new TableAssociations(schema, 2);

        assertThat(associations.names("l")).containsExactly("x", "half", "l");
        List<List<Double>> weighted = associations.of(rows, weights);
        assertThat(weighted.get(1).get(2)).isCloseTo(1, within(1e-6));
        // Of uniform numbers, three quarters of the variance lie between the halves.
        assertThat(weighted.get(0).get(1)).isCloseTo(Math.sqrt(0.75), within(0.03));
        assertThat(weighted.get(1).get(0)).isEqualTo(weighted.get(0).get(1));
        assertThat(associations.of(rows, List.of()).get(0).get(1)).isLessThan(0.3);
    }
}
