package org.privateevolution.spark.vectors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spark.source.PrivateColumns;

/**
 * Embeds the private records of a partition and packs them into blocks of about {@link VectorBlock#BYTES}. A partition
 * without records yields one empty block, so that Spark leaves out no partition. A record that does not fit its
 * declaration ends the partition with a block that states the reason, because Spark would retry and log an exception
 * thrown in a task.
 */
final class BlockPacker<T> implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final PrivateColumns columns;
    private final RecordVectors<T> vectors;
    private final int rowsPerBlock;

    BlockPacker(PrivateColumns columns, RecordVectors<T> vectors) {
        this.columns = columns;
        this.vectors = vectors;
        this.rowsPerBlock = Math.max(1, VectorBlock.BYTES / (vectors.dimension() * Float.BYTES));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Blocks(rows);
    }

    private record PrivateRecord<T>(int label, int client, T content) {}

    private final class Blocks implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Queue<Row> ready = new ArrayDeque<>();
        private Object lastClient;
        private int client = -1;
        private boolean started;
        private boolean ended;

        Blocks(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty() && !ended) {
                fill();
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void fill() {
            List<PrivateRecord<T>> records = new ArrayList<>(rowsPerBlock);
            try {
                while (records.size() < rowsPerBlock && rows.hasNext()) {
                    records.add(read(rows.next()));
                }
                ended = records.isEmpty();
                if (!ended || !started) {
                    ready.add(pack(records).toRow());
                }
                started = true;
            } catch (UndeclaredValueException | ModelException e) {
                ended = true;
                ready.add(VectorBlock.refused(e.getMessage()).toRow());
            }
        }

        private PrivateRecord<T> read(Row row) {
            columns.requireSound(row);
            return new PrivateRecord<>(columns.label(row), clientNumber(row), vectors.read(row));
        }

        /** Records of a client follow each other, so a change of id means a new client. */
        private int clientNumber(Row row) {
            if (columns.clientColumn().isEmpty()) {
                return -1;
            }
            Object id = columns.client(row);
            if (!id.equals(lastClient)) {
                lastClient = id;
                client++;
            }
            return client;
        }

        private VectorBlock pack(List<PrivateRecord<T>> records) {
            records.sort(Comparator.comparingInt(PrivateRecord::label));
            boolean byClient = !columns.clientColumn().isEmpty();
            int[] labels = records.stream().mapToInt(PrivateRecord::label).toArray();
            int[] clients =
                    byClient ? records.stream().mapToInt(PrivateRecord::client).toArray() : new int[0];
            List<T> contents = records.stream().map(PrivateRecord::content).toList();
            return new VectorBlock(labels, clients, vectors.vectors(contents), "");
        }
    }
}
