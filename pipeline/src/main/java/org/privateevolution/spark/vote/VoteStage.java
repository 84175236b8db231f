package org.privateevolution.spark.vote;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.session.TaskResult;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.vector.Kernels;
import scala.Tuple2;

/**
 * Counts votes on executors. Partial histograms are exact integers, so their sum does not depend on partitions, order,
 * retries or speculation. Only the sum reaches the caller, which can do nothing with it but release it. A sum is
 * refused unless it counts exactly the records of the first read, each of them once.
 */
public final class VoteStage {

    /**
     * The driver adds up at most this many histograms itself; if there are more, executors first add them up in groups.
     */
    private static final int LARGEST_DRIVER_FAN_IN = 16;

    /**
     * Spark property that names the kernel. No result depends on the kernel, so it is not part of a run's
     * configuration.
     */
    private static final String KERNEL = "spark.privateevolution.kernel";

    private final SparkSession spark;
    private final RunSpec spec;
    private final String kernel;
    /** Unique, unlike the name that the user gave the run. */
    private final String run = UUID.randomUUID().toString();

    /** @throws ConfigurationException if Spark's properties name an unknown kernel */
    public VoteStage(SparkSession spark, RunSpec spec) {
        this.spark = spark;
        this.spec = spec;
        this.kernel = spark.conf().get(KERNEL, Kernels.NAMES.get(0));
        if (!Kernels.NAMES.contains(kernel)) {
            throw new ConfigurationException(
                    List.of(KERNEL + " is " + kernel + ", must be one of " + String.join(", ", Kernels.NAMES)));
        }
    }

    /**
     * Counts the nearest-neighbour histogram of the private records over the candidates.
     *
     * @param stage names the vote in the Spark UI
     * @param vectors row-major candidate embeddings
     * @param labelOffsets index of each label's first candidate, followed by the number of candidates
     * @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed
     */
    public VoteCount nearestNeighborHistogram(
            String stage, PrivateVectors privateVectors, float[] vectors, int dimension, int[] labelOffsets) {
        long chunkBytes = (long) spec.vote().broadcastChunkMiB() << 20;
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        String candidateCount = String.format(Locale.ROOT, "%,d", labelOffsets[labelOffsets.length - 1]);
        String description = stage + ", " + candidateCount + " candidates, " + (labelOffsets.length - 1) + " labels";
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), description);
                CandidateVectors candidates =
                        CandidateVectors.broadcast(context, vectors, dimension, labelOffsets, chunkBytes)) {
            VoteTask task = new VoteTask(
                    run,
                    UUID.randomUUID().toString(),
                    candidates,
                    spec.vote().metric(),
                    spec.vote().neighbors(),
                    spec.countedUnit(),
                    kernel,
                    spec.evaluation().privateMetrics(),
                    spec.modality().clients().isEmpty() ? null : ClientBlocks.Joining.of(spec.tabular()));
            return counted(task, privateVectors);
        }
    }

    /**
     * Counts the histogram of the private records over the labels.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed
     */
    public VoteHistogram labelHistogram(PrivateVectors privateVectors) {
        int labels = spec.labels().names().size();
        LabelCountTask task = new LabelCountTask(labels, spec.privacy().unit());
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "label counts, " + labels + " labels")) {
            return counted(task, privateVectors).histogram();
        }
    }

    /**
     * Counts the histogram of the private rows over the cells of marginals.
     *
     * @param stage names the job in the Spark UI
     * @throws org.privateevolution.spark.source.PrivateDataException if the private records have changed
     */
    public VoteHistogram marginalHistogram(String stage, PrivateVectors privateVectors, MarginalQuery query) {
        MarginalCountTask task = new MarginalCountTask(
                spec.tabular().schema(),
                TabularEmbedder.of(spec.tabular()),
                spec.labels().names().size(),
                query,
                spec.privacy().unit(),
                spec.modality().clients().isPresent());
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), stage)) {
            return counted(task, privateVectors).histogram();
        }
    }

    private static VoteCount counted(ReleaseTask task, PrivateVectors privateVectors) {
        JavaRDD<byte[]> partials = privateVectors.planned().mapPartitions(task);
        VoteCount count = sum(partials, privateVectors.partitions(), task.candidates());
        privateVectors.requireSame(count.read());
        return count;
    }

    private static VoteCount sum(JavaRDD<byte[]> partials, int partitions, int candidates) {
        JavaRDD<byte[]> sums = partials;
        if (partitions > LARGEST_DRIVER_FAN_IN) {
            // By key, because Spark could not repeat a part of a repartitioning if an executor is lost.
            sums = partials.mapToPair(partial -> new Tuple2<>(TaskContext.getPartitionId(), partial))
                    .partitionBy(new HashPartitioner((int) Math.ceil(Math.sqrt(partitions))))
                    .values()
                    .mapPartitions(new Merge(candidates));
        }
        return total(sums.collect().iterator(), candidates);
    }

    private static VoteCount total(Iterator<byte[]> counts, int candidates) {
        VoteCount total = VoteCount.none(candidates);
        while (counts.hasNext()) {
            total = total.merge(TaskResult.<VoteCount>of(counts.next()));
        }
        return total;
    }

    /** Adds up the counts of a partition. */
    record Merge(int candidates) implements FlatMapFunction<Iterator<byte[]>, byte[]> {
        @Override
        public Iterator<byte[]> call(Iterator<byte[]> counts) {
            return Collections.singleton(TaskResult.bytes(total(counts, candidates)))
                    .iterator();
        }
    }
}
