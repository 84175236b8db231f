package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.model.UndeclaredValueException;
import scala.collection.immutable.ArraySeq;

class PrecomputedVectorsTest {

    private static final PrecomputedVectors VECTORS = new PrecomputedVectors("embedding", 3);
    private static final float[] EXPECTED = {0.5f, -2, 1e-3f};

    /** What Spark ML's vectors offer, dense and sparse alike. */
    public static final class Dense {
        private final double[] values;

        Dense(double... values) {
            this.values = values;
        }

        public double[] toArray() {
            return values;
        }
    }

    @Test
    void readsSequencesBytesAndStructs() {
        assertThat(VECTORS.decode(sequence(0.5f, -2f, 1e-3f))).containsExactly(EXPECTED);
        assertThat(VECTORS.decode(sequence(0.5, -2.0, 1e-3))).containsExactly(EXPECTED);
        assertThat(VECTORS.decode(new ArraySeq.ofFloat(EXPECTED))).containsExactly(EXPECTED);
        assertThat(VECTORS.decode(bytes(EXPECTED))).containsExactly(EXPECTED);
        assertThat(VECTORS.decode(RowFactory.create((byte) 1, null, null, sequence(0.5, -2.0, 1e-3))))
                .containsExactly(EXPECTED);
        assertThat(VECTORS.decode(RowFactory.create((byte) 0, 3, sequence(2, 0), sequence(7.0, 4.0))))
                .containsExactly(4, 0, 7);
    }

    @Test
    @Tag("scale")
    void readsWhatSparkGivesForItsOwnTypes() throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .getOrCreate()) {
            Row row = spark.sql("select array(0.5f, -2f, 1e-3f) floats, array(0.5d, -2d, 1e-3d) doubles,"
                            + " unhex('0000003F000000C06F12833A') bytes,"
                            + " named_struct('type', 1Y, 'size', null, 'indices', null,"
                            + " 'values', array(0.5d, -2d, 1e-3d)) dense,"
                            + " named_struct('type', 0Y, 'size', 3, 'indices', array(2, 0),"
                            + " 'values', array(7d, 4d)) sparse")
                    .head();
            for (int column = 0; column < 4; column++) {
                assertThat(VECTORS.decode(row.get(column))).containsExactly(EXPECTED);
            }
            assertThat(VECTORS.decode(row.get(4))).containsExactly(4, 0, 7);
        }
    }

    @Test
    void readsMachineLearningVectorsByTheirShape() {
        assertThat(VECTORS.decode(new Dense(0.5, -2, 1e-3))).containsExactly(EXPECTED);
    }

    static Stream<Object> refusals() {
        return Stream.of(
                sequence(1f, 2f),
                sequence(1f, 2f, null),
                sequence("1", "2", "3"),
                sequence(1f, Float.NaN, 3f),
                sequence(1d, 1e39, 3d),
                new byte[11],
                bytes(1, Float.NEGATIVE_INFINITY, 3),
                new Dense(1, 2, 3, 4),
                new Dense((double[]) null),
                "[1, 2, 3]",
                RowFactory.create(1, 2, 3),
                RowFactory.create((byte) 1, null, null, null),
                RowFactory.create((byte) 0, 3, sequence(3), sequence(1d)),
                RowFactory.create((byte) 0, 3, sequence(-1), sequence(1d)),
                RowFactory.create((byte) 0, 3, sequence(1, 2), sequence(1d)),
                RowFactory.create((byte) 0, 4, sequence(1), sequence(1d)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatIsNoFiniteVectorOfTheDimensionAndShowsNothingOfIt(Object value) {
        assertThatThrownBy(() -> VECTORS.decode(value))
                .isInstanceOf(UndeclaredValueException.class)
                .hasMessageStartingWith("column 'embedding': a vector ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("1e39|1\\.0|Infinity|\\[1|11|-1"));
    }

    @Test
    void refusesNullAndAnEmptyDimension() {
        assertThatThrownBy(() -> VECTORS.decode(null)).hasMessageContaining("null");
        assertThatThrownBy(() -> new PrecomputedVectors("embedding", 0)).hasMessageContaining("dimension is 0");
    }

    private static Object sequence(Object... values) {
        return ArraySeq.unsafeWrapArray(values);
    }

    private static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
