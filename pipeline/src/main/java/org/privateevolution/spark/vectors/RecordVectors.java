package org.privateevolution.spark.vectors;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.privateevolution.model.Payload;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spi.Embedder;

/**
 * The way from private records to their vectors.
 *
 * @param <T> what is kept of a record until its block is full
 */
public interface RecordVectors<T> extends Serializable {

    /** Number of floats per vector. */
    int dimension();

    /**
     * Reads a record.
     *
     * @throws org.privateevolution.model.UndeclaredValueException if the record does not fit its declaration
     */
    T read(Row row);

    /**
     * The vectors of records, row-major.
     *
     * @throws org.privateevolution.embedding.ModelException if they cannot be computed here, or differ from the
     *     driver's
     */
    float[] vectors(List<T> records);

    /** Vectors that an embedder computes from a record's payload. */
    record Embedded(PrivateColumns columns, Embedder embedder, EmbeddingProbe probe) implements RecordVectors<Payload> {

        /** Called on the driver. */
        public Embedded(PrivateColumns columns, Embedder embedder) {
            this(columns, embedder, EmbeddingProbe.of(embedder));
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public Payload read(Row row) {
            return columns.payload(row);
        }

        @Override
        public float[] vectors(List<Payload> records) {
            probe.requireSame();
            return embedder.embed(records);
        }
    }

    /** Vectors that the first column holds. */
    record Given(PrecomputedVectors column) implements RecordVectors<float[]> {
        @Override
        public int dimension() {
            return column.dimension();
        }

        @Override
        public float[] read(Row row) {
            return column.decode(row.get(0));
        }

        @Override
        public float[] vectors(List<float[]> records) {
            float[] vectors = new float[records.size() * dimension()];
            for (int i = 0; i < records.size(); i++) {
                System.arraycopy(records.get(i), 0, vectors, i * dimension(), dimension());
            }
            return vectors;
        }
    }
}
