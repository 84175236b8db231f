package org.privateevolution.spark.vectors;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.embedding.ModelException;
import org.privateevolution.model.Payload;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spi.Embedder;

/**
 * Embeds synthetic samples on the executors on behalf of the driver. Equal samples are embedded once, and the last
 * vectors are remembered, because selected samples return in the next population, and metrics of all populations are
 * computed at the end. An instance that was sent to an executor embeds locally.
 */
public final class ClusterEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    private static final StructType SCHEMA =
            new StructType().add("vector", DataTypes.BinaryType, false).add("number", DataTypes.IntegerType, false);
    /** More than one partition per core, because samples differ in how long they take. */
    private static final int PARTITIONS_A_CORE = 4;
    /** Size of the vectors that are remembered, in bytes. */
    private static final long REMEMBERED_BYTES = 1L << 26;
    /** Largest number of vectors that are remembered, because their samples are, too. */
    private static final long REMEMBERED = 50_000;

    private final transient SparkSession spark;
    private final String run;
    private final Embedder embedder;
    private final transient EmbeddingProbe probe;

    /** The one asked for last comes last. */
    private final transient Map<Payload, float[]> remembered = new LinkedHashMap<>(16, 0.75f, true);

    /** Number of vectors that were embedded ahead and not asked for since. */
    private transient long ahead;

    /** @param run name of the run, shown in the Spark UI */
    public ClusterEmbedder(SparkSession spark, String run, Embedder embedder) {
        this.spark = spark;
        this.run = run;
        this.embedder = embedder;
        this.probe = EmbeddingProbe.of(embedder);
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String fingerprint() {
        return embedder.fingerprint();
    }

    @Override
    public float[] probe() {
        return embedder.probe();
    }

    /** @throws ModelException if an executor cannot embed, or computes other vectors than the driver */
    @Override
    public synchronized float[] embed(List<? extends Payload> payloads) {
        if (spark == null) {
            return embedder.embed(payloads);
        }
        computed(unknown(payloads), run);
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension())];
        for (int i = 0; i < payloads.size(); i++) {
            System.arraycopy(remembered.get(payloads.get(i)), 0, vectors, i * dimension(), dimension());
        }
        ahead = 0;
        forget();
        return vectors;
    }

    /**
     * Embeds samples that the next call of {@link #embed} will ask for, which then need not wait for them. Does nothing
     * if no more can be remembered until then.
     */
    public synchronized void embedAhead(List<Payload> payloads) {
        List<Payload> unknown = unknown(payloads);
        if (ahead + unknown.size() <= mostRemembered()) {
            computed(unknown, aheadGroup());
            ahead += unknown.size();
            forget();
        }
    }

    /** Ends the Spark job of {@link #embedAhead} that is under way, if there is one. */
    void cancelAhead() {
        if (spark != null) {
            spark.sparkContext().cancelJobGroup(JobGroup.id(aheadGroup()));
        }
    }

    private String aheadGroup() {
        return run + " ahead";
    }

    private long mostRemembered() {
        return mostRemembered(dimension());
    }

    private static long mostRemembered(long dimension) {
        return Math.min(REMEMBERED, REMEMBERED_BYTES / (dimension * Float.BYTES));
    }

    /**
     * The size of the vectors that an instance remembers once it has embedded many samples.
     *
     * @param dimension of the vectors, at least 1
     * @param samples number of samples that will be embedded
     */
    public static long rememberedBytes(long dimension, long samples) {
        return Math.min(samples, mostRemembered(dimension)) * dimension * Float.BYTES;
    }

    private List<Payload> unknown(List<? extends Payload> payloads) {
        Set<Payload> unknown = new LinkedHashSet<>(payloads);
        unknown.removeAll(remembered.keySet());
        return List.copyOf(unknown);
    }

    private void forget() {
        Iterator<Payload> eldest = remembered.keySet().iterator();
        for (long excess = remembered.size() - mostRemembered(); excess > 0; excess--) {
            eldest.next();
            eldest.remove();
        }
    }

    private void computed(List<Payload> payloads, String group) {
        if (payloads.isEmpty()) {
            return;
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            rows.add(PayloadRow.of(payloads.get(i), i));
        }
        int partitions =
                Math.min(rows.size(), PARTITIONS_A_CORE * spark.sparkContext().defaultParallelism());
        PrecomputedVectors vectors = new PrecomputedVectors("vector", dimension());
        try (JobGroup named = new JobGroup(spark.sparkContext(), group, "embedding synthetic samples")) {
            for (Row row : spark.createDataFrame(rows, PayloadRow.SCHEMA)
                    .repartition(partitions)
                    .mapPartitions(new Task(embedder, probe), Encoders.row(SCHEMA))
                    .collectAsList()) {
                remembered.put(payloads.get(row.getInt(1)), vectors.decode(row.get(0)));
            }
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ModelException known) {
                    throw known;
                }
            }
            throw e;
        }
    }

    /** Embeds numbered samples lazily, one per row. */
    record Task(Embedder embedder, EmbeddingProbe probe) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    Row row = rows.next();
                    probe.requireSame();
                    float[] vector = embedder.embed(List.of(PayloadRow.payload(row)));
                    return RowFactory.create(EmbeddedRecords.bytes(vector), PayloadRow.number(row));
                }
            };
        }
    }
}
