package org.privateevolution.spark.vectors;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.privateevolution.model.Sha256;

/**
 * Tells whether two packings hold the same records, whatever their order. The digest consists of the number of records
 * and a sum over them: the SHA-256 of each record's label, client number and vector, read as four 64-bit numbers and
 * added modulo 2^64. The sum is an additive multiset hash (Clarke et al. 2003), because a shuffle that is repeated may
 * deliver the same records in another order.
 *
 * <p>Except with a chance of about 2^-256, it detects every change that comes about without knowledge of the digest:
 * records that are gone, doubled, moved to another partition, read with another label or embedded with other bits. It
 * claims nothing against an adversary who chooses many records so that their hashes have a given sum (Wagner 2002) and
 * who can also replace the data in the middle of a run; whoever writes the private data is trusted not to do so.
 *
 * <p>THE DIGEST IS PRIVATE DATA. It stays in the memory of the driver and the executors and in the executors' cache,
 * and has no readable form.
 */
final class RecordsDigest implements Serializable {

    private static final long serialVersionUID = 1L;

    static final RecordsDigest NONE = new RecordsDigest(new long[RecordsDigest.LANES], 0);

    private static final int LANES = 4;
    private static final int SHA_256_BYTES = LANES * Long.BYTES;
    private static final int NO_CLIENT = -1;

    private final long[] sums;
    private final long records;

    private RecordsDigest(long[] sums, long records) {
        this.sums = sums;
        this.records = records;
    }

    /**
     * The digest of records.
     *
     * @param labels label index of each record
     * @param clients client number of each record, or empty
     * @param vectors row-major
     */
    static RecordsDigest of(int[] labels, int[] clients, float[] vectors) {
        if (labels.length == 0) {
            return NONE;
        }
        int dimension = vectors.length / labels.length;
        ByteBuffer record =
                ByteBuffer.allocate(2 * Integer.BYTES + dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer hash = ByteBuffer.allocate(SHA_256_BYTES);
        MessageDigest sha256 = Sha256.function();
        long[] sums = new long[LANES];
        for (int row = 0; row < labels.length; row++) {
            record.clear().putInt(labels[row]).putInt(clients.length == 0 ? NO_CLIENT : clients[row]);
            record.asFloatBuffer().put(vectors, row * dimension, dimension);
            sha256.update(record.array());
            try {
                sha256.digest(hash.array(), 0, SHA_256_BYTES);
            } catch (DigestException e) {
                throw new AssertionError("a SHA-256 has 32 bytes", e);
            }
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += hash.getLong(lane * Long.BYTES);
            }
        }
        return new RecordsDigest(sums, labels.length);
    }

    /** The digest of these records and others together. */
    RecordsDigest plus(RecordsDigest others) {
        long[] both = new long[LANES];
        Arrays.setAll(both, lane -> sums[lane] + others.sums[lane]);
        return new RecordsDigest(both, Math.addExact(records, others.records));
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** The digest as a column of {@link VectorBlock} holds it. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SHA_256_BYTES + Long.BYTES);
        bytes.asLongBuffer().put(sums).put(records);
        return bytes.array();
    }

    static RecordsDigest of(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        long[] sums = new long[LANES];
        numbers.asLongBuffer().get(sums);
        return new RecordsDigest(sums, numbers.getLong(SHA_256_BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordsDigest digest && records == digest.records && Arrays.equals(sums, digest.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        return "RecordsDigest[private]";
    }
}
