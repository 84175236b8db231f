package org.privateevolution.spark.vectors;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.Row;
import org.privateevolution.model.UndeclaredValueException;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Reads vectors that were computed elsewhere, from a column of type array&lt;float&gt;, array&lt;double&gt;, binary
 * (float32, little-endian, as {@code VectorBlock} keeps them) or Spark ML vector, dense or sparse. Spark ML vectors are
 * recognised by their shape, so that Spark ML need not be on the class path: as an object with
 * {@code double[] toArray()} or, where the type is not known, as the struct that Spark stores.
 *
 * @param column name of the column, for messages
 * @param dimension number of floats per vector, at least 1
 */
public record PrecomputedVectors(String column, int dimension) implements Serializable {

    private static final int SPARSE = 0;

    public PrecomputedVectors {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension is " + dimension + ", must be 1 or greater");
        }
    }

    /**
     * Reads one value of the column.
     *
     * @return {@link #dimension} finite floats
     * @throws UndeclaredValueException if the value is null, not a vector, of another dimension or not finite; the
     *     message never holds its numbers
     */
    public float[] decode(Object value) {
        float[] vector = floats(value);
        for (float component : vector) {
            if (!Float.isFinite(component)) {
                throw refused("has NaN, infinity or a number beyond float's range: remove or repair such records");
            }
        }
        return vector;
    }

    private float[] floats(Object value) {
        if (value instanceof byte[] bytes) {
            return fromBytes(bytes);
        }
        if (value instanceof Seq<?> sequence) {
            return fromSequence(sequence);
        }
        if (value instanceof Row row) {
            return fromStruct(row);
        }
        if (value == null) {
            throw refused("is null: remove such records, or fill them in");
        }
        return fromDoubles(denseValues(value));
    }

    private float[] fromBytes(byte[] bytes) {
        if (bytes.length != (long) dimension * Float.BYTES) {
            throw refused("is not of " + dimension + " float32, " + (long) dimension * Float.BYTES
                    + " bytes: correct the dimension");
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    private float[] fromSequence(Seq<?> sequence) {
        requireSize(sequence.size());
        float[] vector = new float[dimension];
        Iterator<?> components = sequence.iterator();
        for (int j = 0; j < dimension; j++) {
            if (!(components.next() instanceof Number number)) {
                throw refused("holds a null, or is an array of something else than numbers");
            }
            vector[j] = number.floatValue();
        }
        return vector;
    }

    /** Reads a struct of type (0 means sparse), size, indices and values. */
    private float[] fromStruct(Row row) {
        if (row.size() != 4 || !(row.get(0) instanceof Number type)) {
            throw notAVector(row);
        }
        if (type.intValue() != SPARSE) {
            if (row.get(3) instanceof Seq<?> dense) {
                return fromSequence(dense);
            }
            throw notAVector(row);
        }
        if (!(row.get(1) instanceof Integer size)
                || !(row.get(2) instanceof Seq<?> indices)
                || !(row.get(3) instanceof Seq<?> values)
                || indices.size() != values.size()) {
            throw notAVector(row);
        }
        requireSize(size);
        float[] vector = new float[dimension];
        for (int i = 0; i < indices.size(); i++) {
            if (!(indices.apply(i) instanceof Integer index)
                    || index < 0
                    || index >= dimension
                    || !(values.apply(i) instanceof Number number)) {
                throw notAVector(row);
            }
            vector[index] = number.floatValue();
        }
        return vector;
    }

    private double[] denseValues(Object value) {
        try {
            if (value.getClass().getMethod("toArray").invoke(value) instanceof double[] values) {
                return values;
            }
        } catch (ReflectiveOperationException e) {
            throw notAVector(value);
        }
        throw notAVector(value);
    }

    private float[] fromDoubles(double[] values) {
        requireSize(values.length);
        float[] vector = new float[dimension];
        for (int j = 0; j < dimension; j++) {
            vector[j] = (float) values[j];
        }
        return vector;
    }

    private void requireSize(int size) {
        if (size != dimension) {
            throw refused("has another dimension than " + dimension + ": correct it, or repair such records");
        }
    }

    private UndeclaredValueException notAVector(Object value) {
        return refused("is a " + value.getClass().getSimpleName()
                + ": vectors are array<float>, array<double>, binary float32 or ML vectors");
    }

    private UndeclaredValueException refused(String problem) {
        return new UndeclaredValueException("column '" + column + "': a vector " + problem);
    }
}
