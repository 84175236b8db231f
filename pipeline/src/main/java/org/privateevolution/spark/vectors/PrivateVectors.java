package org.privateevolution.spark.vectors;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.storage.StorageLevel;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.PlainPlans;
import org.privateevolution.spark.session.SessionSettings;
import org.privateevolution.spark.session.TaskResult;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateJob;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.Embedder;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The private data of a run as packed vectors on executors, embedded once and kept in memory or on local disk. Spark
 * reads and embeds a lost partition again, so the records that a release counted are compared with those of the first
 * read.
 */
public final class PrivateVectors implements AutoCloseable {

    /**
     * Spark plans a cached Dataset with these settings off. If one of them is on, Spark clones the session to plan it,
     * and up to 4.0.1 keeps the clone for as long as the JVM lives (SPARK-54753).
     */
    private static final Map<String, String> WITHOUT_CLONE = Map.of(
            "spark.sql.adaptive.applyFinalStageShuffleOptimizations", "false",
            "spark.sql.sources.bucketing.autoBucketedScan.enabled", "false");

    private final Dataset<Row> blocks;
    private final JavaRDD<Row> planned;
    private final RecordsRead first;

    /**
     * @param blocks one {@link VectorBlock} per row
     * @param first the records that the blocks must hold whenever they are read
     */
    PrivateVectors(Dataset<Row> blocks, RecordsRead first) {
        this(blocks, plan(blocks), first);
    }

    private PrivateVectors(Dataset<Row> blocks, JavaRDD<Row> planned, RecordsRead first) {
        this.blocks = blocks;
        this.planned = planned;
        this.first = first;
    }

    /**
     * Reads blocks for the first time.
     *
     * @param blocks one {@link VectorBlock} per row
     * @throws PrivateDataException if some records are refused
     */
    public static PrivateVectors of(Dataset<Row> blocks) {
        try {
            JavaRDD<Row> planned = plan(blocks);
            RecordsRead first = read(planned);
            requireSound(first);
            return new PrivateVectors(blocks, planned, first);
        } catch (Exception e) {
            blocks.unpersist();
            throw e;
        }
    }

    /**
     * Embeds the private records.
     *
     * @param records as {@link PrivateSource} opens them
     * @throws PrivateDataException if a record does not fit its declaration
     */
    public static PrivateVectors embed(RunSpec spec, Dataset<Row> records, Embedder embedder) {
        PrivateColumns columns = PrivateColumns.of(spec);
        return pack(spec, records, columns, new RecordVectors.Embedded(columns, embedder));
    }

    /**
     * Packs records whose vectors are in a column.
     *
     * @param records with the columns of {@link PrivateColumns#ofVectors}
     * @throws PrivateDataException if a record does not fit its declaration
     */
    public static PrivateVectors given(RunSpec spec, Dataset<Row> records, PrecomputedVectors vectors) {
        PrivateColumns columns = PrivateColumns.ofVectors(spec, vectors.column());
        return pack(spec, records, columns, new RecordVectors.Given(vectors));
    }

    public static <T> PrivateVectors pack(
            RunSpec spec, Dataset<Row> records, PrivateColumns columns, RecordVectors<T> vectors) {
        return PrivateJob.run(records.sparkSession(), spec, "reading and embedding the private records", () -> {
            Dataset<Row> blocks = partition(spec, records)
                    .mapPartitions(new BlockPacker<>(columns, vectors), Encoders.row(VectorBlock.SCHEMA));
            return of(cached(spec, blocks));
        });
    }

    private static Dataset<Row> cached(RunSpec spec, Dataset<Row> blocks) {
        try (SessionSettings settings =
                new SessionSettings(blocks.sparkSession().conf(), WITHOUT_CLONE)) {
            return readsFilesAlone(spec)
                    ? PlainPlans.with(blocks.sparkSession(), () -> blocks.persist(StorageLevel.MEMORY_AND_DISK()))
                    : blocks.persist(StorageLevel.MEMORY_AND_DISK());
        }
    }

    /** Whether there is nothing to adapt: files are read, and at most spread in a declared number of partitions. */
    private static boolean readsFilesAlone(RunSpec spec) {
        return PrivateSource.FILES.contains(spec.privateData().format())
                && spec.modality().clients().isEmpty();
    }

    private static Dataset<Row> partition(RunSpec spec, Dataset<Row> records) {
        int partitions = spec.privateData().partitions();
        if (spec.privacy().unit() == PrivacyUnit.CLIENT) {
            Column client = Columns.named(spec.privateData().clientColumn());
            // With an explicit number, because Spark may otherwise coalesce or split partitions, and a client must stay
            // in one.
            int clientPartitions =
                    partitions > 0 ? partitions : Math.max(1, records.rdd().getNumPartitions());
            Dataset<Row> byClient = records.repartition(clientPartitions, client);
            return byClient.sortWithinPartitions(client);
        }
        return partitions > 0 ? records.repartition(partitions) : records;
    }

    private static JavaRDD<Row> plan(Dataset<Row> blocks) {
        // What is cached may have an adaptive plan, which Spark cannot know before it has run all but its last stage.
        // That takes long, so it must not happen while a setting of the session is changed.
        CollectionConverters.asJava(blocks.queryExecution().withCachedData().collectLeaves())
                .forEach(leaf -> {
                    if (leaf instanceof InMemoryRelation cached) {
                        cached.cacheBuilder().cachedColumnBuffers();
                    }
                });
        return PlainPlans.with(blocks.sparkSession(), blocks::javaRDD);
    }

    private static RecordsRead read(JavaRDD<Row> blocks) {
        RecordsRead read = new RecordsRead();
        for (byte[] part : blocks.mapPartitions(PrivateVectors::readPartition).collect()) {
            read.merge(TaskResult.of(part));
        }
        return read;
    }

    private static Iterator<byte[]> readPartition(Iterator<Row> rows) {
        RecordsRead read = RecordsRead.ofPartition(TaskContext.getPartitionId());
        rows.forEachRemaining(row -> read.add(VectorBlock.digest(row), VectorBlock.problem(row)));
        return Collections.singleton(TaskResult.bytes(read)).iterator();
    }

    private static void requireSound(RecordsRead first) {
        if (!first.problems().isEmpty()) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.RECORD, "private_data: " + String.join("; ", first.problems()));
        }
    }

    /**
     * Refuses the records that a release has read unless they equal the first read, partition by partition.
     *
     * @throws PrivateDataException if a record has changed, is gone, is refused, is in another partition, or was read
     *     twice
     */
    public void requireSame(RecordsRead read) {
        if (read.sameAs(first)) {
            return;
        }
        String why = read.problems().isEmpty() ? "" : " (" + String.join("; ", read.problems()) + ")";
        throw new PrivateDataException(
                PrivateDataException.Reason.CHANGED,
                "private_data: the private records changed during the run, or could not be read"
                        + " again the same way, when a part that an executor had lost was needed again" + why
                        + ". Nothing was charged for this vote. Give data that stays as it is while a run reads"
                        + " them: name a"
                        + " snapshot or a version of the table, write them to Parquet first, or let the run keep"
                        + " its vectors in"
                        + " the private store; then start the run again, which resumes it");
    }

    /** The records of the first read. */
    RecordsRead first() {
        return first;
    }

    /**
     * Refuses an empty data set. For use OUTSIDE the guarantee: a run must not distinguish an empty data set from any
     * other.
     *
     * @throws PrivateDataException if there is no record
     */
    public void requireRecords() {
        if (first.isEmpty()) {
            throw new PrivateDataException("private_data: there are no records");
        }
    }

    /** Number of partitions of {@link #blocks}, known without planning a query. */
    public int partitions() {
        return first.partitions();
    }

    /** One {@link VectorBlock} per row. */
    public Dataset<Row> blocks() {
        return blocks;
    }

    /** The rows of {@link #blocks} as a query that is planned: a job on them starts without planning anything. */
    public JavaRDD<Row> planned() {
        return planned;
    }

    @Override
    public void close() {
        blocks.unpersist();
    }
}
