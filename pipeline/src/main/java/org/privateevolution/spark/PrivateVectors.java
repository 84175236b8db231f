package org.privateevolution.spark;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spi.Embedder;

/** The private data of a run as packed vectors on executors, embedded once and kept in memory or on local disk. */
final class PrivateVectors implements AutoCloseable {

    private final Dataset<Row> blocks;

    /** @param blocks one row a {@link VectorBlock} */
    PrivateVectors(Dataset<Row> blocks) {
        this.blocks = blocks;
    }

    /**
     * Embeds the private records.
     *
     * @param records as {@link PrivateSource} opens them
     * @throws PrivateDataException if one does not fit its declaration
     */
    static PrivateVectors embed(RunSpec spec, Dataset<Row> records, Embedder embedder) {
        PrivateColumns columns = PrivateColumns.of(spec);
        return pack(spec, records, columns, new RecordVectors.Embedded(columns, embedder));
    }

    /**
     * Packs records whose vectors are in a column.
     *
     * @param records with the columns of {@link PrivateColumns#ofVectors}
     * @throws PrivateDataException as {@link #embed}
     */
    static PrivateVectors given(RunSpec spec, Dataset<Row> records, PrecomputedVectors vectors) {
        PrivateColumns columns = PrivateColumns.ofVectors(spec, vectors.column());
        return pack(spec, records, columns, new RecordVectors.Given(vectors));
    }

    static <T> PrivateVectors pack(
            RunSpec spec, Dataset<Row> records, PrivateColumns columns, RecordVectors<T> vectors) {
        try (JobGroup group = new JobGroup(
                records.sparkSession().sparkContext(), spec.name(), "read and embed the private records")) {
            Dataset<Row> blocks = partition(spec, records)
                    .mapPartitions(new BlockPacker<>(columns, vectors), Encoders.row(VectorBlock.SCHEMA))
                    .persist(StorageLevel.MEMORY_AND_DISK());
            return new PrivateVectors(blocks).checked();
        } catch (PrivateDataException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared, from Scala.
            throw PrivateSource.unreadable(spec.privateData(), e);
        }
    }

    private PrivateVectors checked() {
        try {
            requireSound();
            return this;
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private static Dataset<Row> partition(RunSpec spec, Dataset<Row> records) {
        int partitions = spec.privateData().partitions();
        if (spec.privacy().unit() == PrivacyUnit.CLIENT) {
            Column client = functions.col("`" + spec.privateData().clientColumn() + "`");
            // By number, because Spark may rearrange partitions whose number is left to it, and a client must stay
            // whole.
            int clientPartitions =
                    partitions > 0 ? partitions : Math.max(1, records.rdd().getNumPartitions());
            Dataset<Row> byClient = records.repartition(clientPartitions, client);
            return byClient.sortWithinPartitions(client);
        }
        return partitions > 0 ? records.repartition(partitions) : records;
    }

    private void requireSound() {
        Set<String> problems = new TreeSet<>(blocks.select(VectorBlock.PROBLEM_COLUMN)
                .as(Encoders.STRING())
                .mapPartitions((MapPartitionsFunction<String, String>) PrivateVectors::distinct, Encoders.STRING())
                .collectAsList());
        List<String> refusals =
                problems.stream().filter(problem -> !problem.isEmpty()).toList();
        if (!refusals.isEmpty()) {
            throw new PrivateDataException("private_data: " + String.join("; ", refusals));
        }
    }

    private static Iterator<String> distinct(Iterator<String> problems) {
        Set<String> distinct = new HashSet<>();
        problems.forEachRemaining(distinct::add);
        return distinct.iterator();
    }

    /**
     * Says that there is nothing to vote, OUTSIDE the guarantee: a run must not tell an empty data set from any other.
     *
     * @throws PrivateDataException if there is no record
     */
    void requireRecords() {
        if (blocks.isEmpty()) {
            throw new PrivateDataException("private_data: there are no records");
        }
    }

    /** One row a {@link VectorBlock}. */
    Dataset<Row> blocks() {
        return blocks;
    }

    @Override
    public void close() {
        blocks.unpersist();
    }
}
