package org.privateevolution.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Seed;

/** Conditions mean what they mean to Spark: a row breaks one if Spark finds it false. */
class ConditionsInSparkTest {

    private static final SparkSession SPARK = TestSession.spark();

    @Test
    void rowsBreakAConditionIfItIsFalseInSpark() {
        RandomGenerator random = new Seed(11).generator();
        List<String> texts = new ArrayList<>(List.of(
                "d RLIKE '^[xz]$' OR NOT f",
                "d NOT RLIKE 'y'",
                "d != 'x' AND b NOT BETWEEN 0 AND a",
                "NOT (b IN (1, 2) OR d IS NULL)",
                "-a + b >= -2",
                "f = true",
                "f != false"));
        List<Condition> conditions = new ArrayList<>();
        RowColumns columns = RowColumns.of(RowSearchTest.SMALL, Optional.empty(), List.of());
        while (texts.size() < 60) {
            texts.add(RowSearchTest.drawn(2, random));
        }
        texts.removeIf(text -> {
            try {
                conditions.add(new ConditionReader(columns, new Tokens(text)).read());
                return false;
            } catch (IllegalArgumentException e) {
                return true;
            }
        });
        List<double[]> codes = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            double[] row = RowSearchTest.ALL.get(random.nextInt(RowSearchTest.ALL.size()));
            codes.add(row);
            Object[] values = new Object[row.length];
            for (int c = 0; c < row.length; c++) {
                values[c] = RowSearchTest.SMALL.columns().get(c).decode(row[c]);
            }
            rows.add(RowFactory.create(values));
        }
        Dataset<Row> table =
                SPARK.createDataFrame(rows, StructType.fromDDL("a INT, b INT, c DOUBLE, d STRING, e INT, f BOOLEAN"));

        List<Row> isFalse = table.selectExpr(
                        texts.stream().map(text -> "(" + text + ") <=> false").toArray(String[]::new))
                .collectAsList();

        assertThat(texts).hasSizeGreaterThan(40);
        for (int n = 0; n < codes.size(); n++) {
            for (int i = 0; i < texts.size(); i++) {
                assertThat(conditions.get(i).holds(codes.get(n)))
                        .as("%s in %s", texts.get(i), rows.get(n))
                        .isNotEqualTo(isFalse.get(n).getBoolean(i));
            }
        }
    }
}
