package org.privateevolution.vector;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The candidates in the caller's own arrays, row-major in chunks. The arrays are read as long as the index lives. Rows
 * with equal vectors are linked, so that a vector is scored once however often it occurs.
 */
final class CandidateRows {

    static final int MAX_DIMENSION = 4096;
    private static final int NONE = -1;

    private final int dimension;
    private final float[][] chunks;
    /** First row of each chunk, then the number of rows. */
    private final int[] starts;
    /** The first row that holds each distinct vector. */
    private int[] distinct;

    /** Hash table of the rows by their vectors: the first row of each vector, or NONE. */
    private int[] table;
    /** The next row with the same vector, or NONE. */
    private final int[] nextEqual;

    CandidateRows(int dimension, List<float[]> chunks) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension is " + dimension + ", must be 1 to " + MAX_DIMENSION);
        }
        this.dimension = dimension;
        this.chunks = chunks.toArray(float[][]::new);
        this.starts = starts(dimension, this.chunks);
        int rows = starts[this.chunks.length];
        if (rows == 0) {
            throw new IllegalArgumentException("no candidates: an index needs at least one");
        }
        this.nextEqual = new int[rows];
        Arrays.fill(nextEqual, NONE);
        this.distinct = linkEqualRows();
    }

    int size() {
        return nextEqual.length;
    }

    int dimension() {
        return dimension;
    }

    int distinctSize() {
        return distinct.length;
    }

    /**
     * The first row of a distinct vector. Vectors are in the order of their first rows, until {@link #keep} reorders
     * them.
     */
    int firstRow(int vector) {
        return distinct[vector];
    }

    /** The next row with the same vector as {@code row}, or a negative number. */
    int nextEqualRow(int row) {
        return nextEqual[row];
    }

    /** Whether vectors are in the order of their first rows. */
    boolean isAscending() {
        for (int vector = 1; vector < distinct.length; vector++) {
            if (distinct[vector] < distinct[vector - 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reorders the vectors: first those that {@code others} has too, then the rest, each part in the present order.
     *
     * @return for each distinct vector of {@code others}, its index here, or a negative number
     */
    int[] keep(CandidateRows others) {
        int[] rows = new int[others.distinctSize()];
        int[] vectors = new int[size()];
        Arrays.fill(vectors, NONE);
        for (int vector = 0; vector < rows.length; vector++) {
            rows[vector] = firstRow(others, others.firstRow(vector));
            if (rows[vector] >= 0) {
                vectors[rows[vector]] = 0;
            }
        }
        int[] ordered = new int[distinct.length];
        int kept = 0;
        for (int row : distinct) {
            if (vectors[row] >= 0) {
                ordered[kept] = row;
                vectors[row] = kept++;
            }
        }
        int next = kept;
        for (int row : distinct) {
            if (vectors[row] < 0) {
                ordered[next++] = row;
            }
        }
        distinct = ordered;
        return Arrays.stream(rows).map(row -> row < 0 ? NONE : vectors[row]).toArray();
    }

    /** The first row that equals a row of {@code others}, or NONE. */
    private int firstRow(CandidateRows others, int row) {
        if (others.dimension != dimension) {
            return NONE;
        }
        return table[slot(others, row)];
    }

    float[] chunkOf(int row) {
        return chunks[chunk(row)];
    }

    /** The start of the row in its chunk. */
    int offsetOf(int row) {
        return (row - starts[chunk(row)]) * dimension;
    }

    private int chunk(int row) {
        if (chunks.length == 1) {
            return 0;
        }
        int at = Arrays.binarySearch(starts, 0, chunks.length, row);
        if (at < 0) {
            return -at - 2;
        }
        while (starts[at + 1] == row) {
            at++;
        }
        return at;
    }

    /**
     * Reorders the vectors: the nearest to the mean first. These are the nearest of more queries than others, so that a
     * query meets its nearest vector earlier, and fewer that are only nearer than all before them.
     */
    void sortFromMean(Metric metric) {
        double[] sums = new double[dimension];
        for (int row : distinct) {
            float[] values = chunkOf(row);
            int at = offsetOf(row);
            for (int j = 0; j < dimension; j++) {
                sums[j] += values[at + j];
            }
        }
        float[] mean = new float[dimension];
        for (int j = 0; j < dimension; j++) {
            mean[j] = (float) (sums[j] / distinct.length);
        }
        double[] scores = new double[size()];
        for (int row : distinct) {
            scores[row] = metric.score(mean, 0, chunkOf(row), offsetOf(row), dimension);
        }
        distinct = IntStream.of(distinct)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -scores[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] starts(int dimension, float[][] chunks) {
        int[] starts = new int[chunks.length + 1];
        for (int c = 0; c < chunks.length; c++) {
            if (chunks[c].length % dimension != 0) {
                throw new IllegalArgumentException("chunk " + c + " has " + chunks[c].length
                        + " floats, which is not a whole number of vectors of " + dimension);
            }
            starts[c + 1] = Math.addExact(starts[c], chunks[c].length / dimension);
        }
        return starts;
    }

    private int[] linkEqualRows() {
        int rows = size();
        table = new int[Math.max(Integer.highestOneBit(rows) << 2, 4)];
        Arrays.fill(table, NONE);
        int[] last = new int[rows];
        int[] firsts = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int slot = slot(this, row);
            int first = table[slot];
            if (first == NONE) {
                table[slot] = row;
                last[row] = row;
                firsts[count++] = row;
            } else {
                nextEqual[last[first]] = row;
                last[first] = row;
            }
        }
        return Arrays.copyOf(firsts, count);
    }

    /** The slot of the table that holds the vector of a row of {@code others}, or the free slot for it. */
    private int slot(CandidateRows others, int row) {
        int mask = table.length - 1;
        int slot = others.hash(row) & mask;
        while (table[slot] != NONE && !equal(table[slot], others, row)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int hash(int row) {
        float[] values = chunkOf(row);
        int from = offsetOf(row);
        long hash = dimension;
        for (int j = from; j < from + dimension; j++) {
            if (!Float.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "candidate " + row + " holds NaN or infinity at component " + (j - from));
            }
            // Adding zero turns -0 into 0. The rotation spreads the high bits, which are all that ones and zeros differ
            // in.
            hash = Long.rotateLeft(hash ^ Float.floatToRawIntBits(values[j] + 0f), 23) * 0x9E3779B97F4A7C15L;
        }
        return Long.hashCode(hash);
    }

    private boolean equal(int a, CandidateRows others, int b) {
        float[] as = chunkOf(a);
        float[] bs = others.chunkOf(b);
        int aAt = offsetOf(a);
        int bAt = others.offsetOf(b);
        for (int j = 0; j < dimension; j++) {
            if (as[aAt + j] != bs[bAt + j]) {
                return false;
            }
        }
        return true;
    }
}
