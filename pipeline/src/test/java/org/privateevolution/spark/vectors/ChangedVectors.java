package org.privateevolution.spark.vectors;

import java.util.Arrays;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Private vectors whose blocks are read in another way than by the product, for tests of votes. */
public final class ChangedVectors {

    private ChangedVectors() {}

    /** The blocks as a task hands them on; they must be of the same records. */
    public static PrivateVectors through(PrivateVectors vectors, MapPartitionsFunction<Row, Row> task) {
        return new PrivateVectors(
                vectors.blocks().mapPartitions(task, Encoders.row(VectorBlock.SCHEMA)), vectors.first());
    }

    /** One block that a task makes, read as if for the first time. */
    public static PrivateVectors oneBlock(PrivateVectors vectors, MapPartitionsFunction<Row, Row> task) {
        return PrivateVectors.of(vectors.blocks()
                .mapPartitions(task, Encoders.row(VectorBlock.SCHEMA))
                .coalesce(1)
                .limit(1));
    }

    /** The first records of a block as those of one client. */
    public static Row ofOneClient(VectorBlock block, int records, int dimension) {
        return new VectorBlock(
                        Arrays.copyOf(block.labels(), records),
                        new int[records],
                        Arrays.copyOf(block.vectors(), records * dimension),
                        "")
                .toRow();
    }
}
