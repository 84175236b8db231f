package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spark.vectors.ChangedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.vector.Metric;

/** Votes on a cluster of two executor processes, where a straggling task is speculated upon. */
@Tag("faults")
class SpeculationTest {

    @TempDir
    Path directory;

    @Test
    void aTaskThatRunsTwiceVotesOnce() throws Exception {
        Path votes = directory.resolve("votes");
        Path home = Files.createDirectories(directory.resolve("home"));
        Map<String, String> environment = Map.of(
                "SPARK_TESTING", "1",
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1");

        try (ChildJvm cluster = ChildJvm.start(Cluster.class, directory, environment, votes.toString())) {
            cluster.awaitSuccess();
        }

        String[] lines = Files.readString(votes).split("\n", -1);
        assertThat(Integer.parseInt(lines[0])).as("speculative tasks").isPositive();
        assertThat(lines[1]).isEqualTo(Arrays.toString(new Electors().votes(Metric.L2, 3, PrivacyUnit.CLIENT)));
    }

    /** Runs in a process of its own; writes the number of speculative tasks and the votes. */
    static final class Cluster {

        private Cluster() {}

        public static void main(String[] arguments) throws Exception {
            try (SparkSession spark = SparkSession.builder()
                    .master("local-cluster[2,1,1024]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.executor.extraClassPath", ChildJvm.classPath())
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.speculation", "true")
                    .config("spark.speculation.interval", "50ms")
                    .config("spark.speculation.multiplier", "1.1")
                    .config("spark.speculation.quantile", "0.5")
                    .config("spark.speculation.minTaskRuntime", "50ms")
                    .getOrCreate()) {
                AtomicInteger speculative = new AtomicInteger();
                spark.sparkContext().addSparkListener(new SparkListener() {
                    @Override
                    public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted task) {
                        speculative.incrementAndGet();
                    }
                });
                Electors electors = new Electors();
                RunSpec spec = Electors.spec(Metric.L2, 3, PrivacyUnit.CLIENT, 7, 0);
                PrivateVectors vectors = electors.privateVectors(spark, spec);
                PrivateVectors straggling = ChangedVectors.through(vectors, new Straggles());
                VoteHistogram histogram = new VoteStage(spark, spec)
                        .nearestNeighborHistogram(
                                "vote", straggling, electors.candidates(), Electors.DIMENSION, Electors.LABEL_OFFSETS)
                        .histogram();
                Files.writeString(
                        Path.of(arguments[0]),
                        speculative.get() + "\n" + Arrays.toString(TestNoise.cleanVotes(histogram)));
            }
        }
    }

    /** The first attempt of one task votes, and then does not end; the second attempt of it does. */
    private record Straggles() implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            boolean straggler =
                    TaskContext.getPartitionId() == 3 && TaskContext.get().attemptNumber() == 0;
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (rows.hasNext()) {
                        return true;
                    }
                    if (straggler) {
                        try {
                            Thread.sleep(30_000);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    return false;
                }

                @Override
                public Row next() {
                    return rows.next();
                }
            };
        }
    }
}
