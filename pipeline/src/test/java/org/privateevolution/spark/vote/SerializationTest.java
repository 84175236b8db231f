package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.privateevolution.fixtures.Copies.copy;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.session.TaskResult;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordsRead;
import org.privateevolution.vector.Metric;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private final SparkSession spark = TestSession.spark();

    @Test
    void theVoteTasksDoTheSame() throws Exception {
        Electors electors = new Electors();
        RunSpec spec = Electors.spec(Metric.L2, 3, PrivacyUnit.RECORD, 1, 0);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        try (PrivateVectors vectors = electors.privateVectors(spark, spec);
                CandidateVectors candidates = CandidateVectors.broadcast(
                        context, electors.candidates(), Electors.DIMENSION, Electors.LABEL_OFFSETS, 100)) {
            List<Row> blocks = vectors.blocks().collectAsList();
            VoteTask vote =
                    new VoteTask("run", "vote", copy(candidates), Metric.L2, 3, PrivacyUnit.RECORD, "auto", true, null);
            LabelCountTask count = new LabelCountTask(4, PrivacyUnit.RECORD);

            assertThat(TestNoise.cleanVotes(counted(copy(vote), blocks).histogram()))
                    .isEqualTo(electors.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(TestNoise.cleanVotes(counted(copy(count), blocks).histogram()))
                    .isEqualTo(electors.labelVotes(PrivacyUnit.RECORD));
            VoteCount counted = copy(counted(vote, blocks));
            assertThat(TestNoise.cleanVotes(counted.histogram()))
                    .isEqualTo(electors.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(counted.effort().rows()).isPositive();
            vectors.requireSame(counted.read());
            vectors.requireSame(copy(counted(count, blocks)).read());
            List<Row> fewer = blocks.subList(1, blocks.size());
            RecordsRead some = counted(vote, fewer).read();
            assertThatExceptionOfType(PrivateDataException.class).isThrownBy(() -> vectors.requireSame(some));
            VoteStage.Merge merge = new VoteStage.Merge(electors.votes(Metric.L2, 3, PrivacyUnit.RECORD).length);
            byte[] votes = vote.call(blocks.iterator()).next();
            assertThat(TestNoise.cleanVotes(counted(copy(merge), List.of(votes)).histogram()))
                    .isEqualTo(electors.votes(Metric.L2, 3, PrivacyUnit.RECORD));
        }
    }

    private static <T> VoteCount counted(FlatMapFunction<Iterator<T>, byte[]> task, List<T> input) throws Exception {
        return TaskResult.of(task.call(input.iterator()).next());
    }
}
