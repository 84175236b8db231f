package org.privateevolution.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.privateevolution.model.Payload;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.Embedder;
import org.privateevolution.table.TableBins;

/**
 * How private records come by their vectors.
 *
 * @param <T> what is kept of a record until its block is full
 */
interface RecordVectors<T> extends Serializable {

    /** Number of floats a vector. */
    int dimension();

    /**
     * Reads a record.
     *
     * @throws org.privateevolution.model.UndeclaredValueException if its declaration does not cover it
     */
    T read(Row row);

    /** The vectors of records, row-major. */
    float[] vectors(List<T> records);

    /** The cells of the columns of records, row-major, where marginals are released; else none. */
    default char[] cells(List<T> records) {
        return new char[0];
    }

    /** Vectors that an embedding computes from a record's payload. */
    record Embedded(PrivateColumns columns, Embedder embedder) implements RecordVectors<Payload> {
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
            return embedder.embed(records);
        }
    }

    /** Vectors of rows whose marginals are released, with the cells of their columns. */
    final class Binned implements RecordVectors<TableRow> {

        private static final long serialVersionUID = 1L;

        private final PrivateColumns columns;
        private final Embedder embedder;
        private final TableSchema schema;
        private transient TableBins bins;

        Binned(PrivateColumns columns, Embedder embedder, TableSchema schema) {
            this.columns = columns;
            this.embedder = embedder;
            this.schema = schema;
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public TableRow read(Row row) {
            return columns.features(row);
        }

        @Override
        public float[] vectors(List<TableRow> records) {
            return embedder.embed(records);
        }

        @Override
        public char[] cells(List<TableRow> records) {
            if (bins == null) {
                bins = new TableBins(schema);
            }
            char[] cells = new char[records.size() * bins.columns()];
            int at = 0;
            for (TableRow row : records) {
                for (int cell : bins.cells(row)) {
                    cells[at++] = (char) cell;
                }
            }
            return cells;
        }
    }

    /** Vectors that stand in the first column. */
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
