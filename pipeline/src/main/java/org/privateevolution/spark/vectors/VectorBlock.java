package org.privateevolution.spark.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Packed vectors of private records. Rows of one label are contiguous.
 *
 * @param id unique id of these bytes: a block that is packed again has another id
 * @param labels label index of each row, ascending
 * @param clients number of each row's client within its partition, ascending from block to block; empty if the privacy
 *     unit is the record
 * @param vectors row-major embeddings
 * @param problem why the partition's records are refused, in which case the block holds none; otherwise empty
 * @param digest digest of these records, computed when they were packed
 */
@SuppressWarnings("ArrayRecordComponent") // carries large arrays from one method to the next, and is never compared
public record VectorBlock(
        String id, int[] labels, int[] clients, float[] vectors, String problem, RecordsDigest digest) {

    /** Large enough for the kernel's blocking, small enough for many blocks per core to share memory. */
    static final int BYTES = 1 << 20;

    /** Little-endian int32 and float32 in binary columns, which Spark stores and reads without boxing. */
    public static final StructType SCHEMA = new StructType()
            .add("labels", DataTypes.BinaryType, false)
            .add("clients", DataTypes.BinaryType, false)
            .add("vectors", DataTypes.BinaryType, false)
            .add("problem", DataTypes.StringType, false)
            .add("id", DataTypes.StringType, false)
            .add("digest", DataTypes.BinaryType, false);

    /** A block with a new id: a partition that is read again may hold other records. */
    public VectorBlock(int[] labels, int[] clients, float[] vectors, String problem) {
        this(
                UUID.randomUUID().toString(),
                labels,
                clients,
                vectors,
                problem,
                RecordsDigest.of(labels, clients, vectors));
    }

    /** The same block under another id. */
    public VectorBlock named(String other) {
        return new VectorBlock(other, labels, clients, vectors, problem, digest);
    }

    static VectorBlock refused(String problem) {
        return new VectorBlock(new int[0], new int[0], new float[0], problem);
    }

    /** Whether the block is so large that others of the same partition may follow. */
    public boolean isFull() {
        return rows() > 0 && vectors.length + (long) vectors.length / rows() > BYTES / Float.BYTES;
    }

    /** Number of records. */
    public int rows() {
        return labels.length;
    }

    public Row toRow() {
        return RowFactory.create(bytes(labels), bytes(clients), bytes(vectors), problem, id, digest.bytes());
    }

    public static VectorBlock of(Row row) {
        return new VectorBlock(
                row.getString(4),
                ints(row.getAs(0)),
                ints(row.getAs(1)),
                floats(row.getAs(2)),
                problem(row),
                digest(row));
    }

    static String problem(Row row) {
        return row.getString(3);
    }

    static RecordsDigest digest(Row row) {
        return RecordsDigest.of(row.<byte[]>getAs(5));
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length * Integer.BYTES];
        littleEndian(bytes).asIntBuffer().put(values);
        return bytes;
    }

    private static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        littleEndian(bytes).asFloatBuffer().put(values);
        return bytes;
    }

    private static int[] ints(byte[] bytes) {
        int[] values = new int[bytes.length / Integer.BYTES];
        littleEndian(bytes).asIntBuffer().get(values);
        return values;
    }

    private static float[] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        littleEndian(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
