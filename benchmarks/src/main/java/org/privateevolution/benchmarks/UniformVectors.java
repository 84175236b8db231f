package org.privateevolution.benchmarks;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.vectors.EmbeddedRecords;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;

/** Uniform vectors, which no filter can prune: of private records, made on the executors, and of candidates. */
final class UniformVectors {

    /** Schema of records with given vectors, as {@link PrivateSource} opens them. */
    static final StructType RECORD = new StructType()
            .add("vector", DataTypes.BinaryType, false)
            .add(TextRecords.PROBLEM, DataTypes.StringType, true);

    private static final int BLOCK_BYTES = 1 << 20;

    private UniformVectors() {}

    /**
     * Row-major vectors of candidates, with components from 0 to 1.
     *
     * @param vote number of the vote, from 0; each has other candidates, because a vote does not search again among
     *     candidates that it has searched
     */
    static float[] candidates(int vote, int candidates, int dimension) {
        // Negative seeds, because the records' seeds count from 0 upward.
        return uniform(-1L - vote, Math.multiplyExact(candidates, dimension));
    }

    /** Vectors of records, packed and in the executors' cache; each block has equally many of each label. */
    static PrivateVectors packed(SparkSession spark, int rows, int dimension, int labels, int partitions) {
        int blockRows = Math.max(labels, BLOCK_BYTES / (dimension * Float.BYTES));
        int blocks = (rows + blockRows - 1) / blockRows;
        return PrivateVectors.of(spark.range(0, blocks, 1, partitions)
                .mapPartitions(
                        (MapPartitionsFunction<Long, Row>) ids -> mapped(ids, block -> {
                            int count = Math.min(blockRows, rows - (int) block * blockRows);
                            int[] ofLabels = new int[count];
                            Arrays.setAll(ofLabels, row -> (int) ((long) row * labels / count));
                            return new VectorBlock(ofLabels, new int[0], uniform(block, count * dimension), "").toRow();
                        }),
                        Encoders.row(VectorBlock.SCHEMA))
                .persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /** Records with the schema {@link #RECORD}, made as they are read. */
    static Dataset<Row> records(SparkSession spark, int rows, int dimension, int partitions) {
        return spark.range(0, rows, 1, partitions)
                .mapPartitions(
                        (MapPartitionsFunction<Long, Row>) ids -> mapped(
                                ids, id -> RowFactory.create(EmbeddedRecords.bytes(uniform(id, dimension)), null)),
                        Encoders.row(RECORD));
    }

    /** Makes the row of a number. */
    private interface Maker {
        Row make(long number);
    }

    /** Makes rows one at a time: together they do not fit into memory. */
    private static Iterator<Row> mapped(Iterator<Long> numbers, Maker maker) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return maker.make(numbers.next());
            }
        };
    }

    private static float[] uniform(long seed, int length) {
        RandomGenerator random = new Seed(seed).generator();
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
