package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.privateevolution.spark.vote.Electors.DIMENSION;
import static org.privateevolution.spark.vote.Electors.LABEL_OFFSETS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.ChangedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.Winners;

class VoteStageTest {

    private static final String KERNEL = "spark.privateevolution.kernel";

    /** Leaves one candidate to a chunk. */
    private static final int NO_CHUNK_SPACE = 0;

    private final SparkSession spark = TestSession.spark();
    private final Electors electors = new Electors();

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void votesAreThoseOfTheDefinition(PrivacyUnit unit) {
        try (PrivateVectors vectors = electors.privateVectors(spark, spec(Metric.L2, 1, unit, 3))) {
            for (Metric metric : Metric.values()) {
                for (int neighbors : new int[] {1, 3}) {
                    long[] votes = votes(spec(metric, neighbors, unit, 3), vectors);

                    assertThat(votes)
                            .as("%s, %d neighbours", metric, neighbors)
                            .isEqualTo(electors.votes(metric, neighbors, unit));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void labelCountsAreThoseOfTheDefinition(PrivacyUnit unit) {
        RunSpec spec = spec(Metric.L2, 1, unit, 3);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            assertThat(TestNoise.cleanVotes(new VoteStage(spark, spec).labelHistogram(vectors)))
                    .isEqualTo(electors.labelVotes(unit));
        }
    }

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void votesDoNotDependOnPartitions(PrivacyUnit unit) {
        long[] expected = electors.votes(Metric.L2, 3, unit);
        for (int partitions : new int[] {1, 2, 7, 64}) {
            RunSpec spec = spec(Metric.L2, 3, unit, partitions);
            try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
                assertThat(vectors.blocks().rdd().getNumPartitions()).isEqualTo(partitions);
                assertThat(votes(spec, vectors)).as("%d partitions", partitions).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void votesAreThoseOfTheDefinitionHoweverCandidatesAreKept(PrivacyUnit unit) {
        Random random = new Random(29);
        RunSpec spec = spec(Metric.L2, 1, unit, 3);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            for (int vote = 0; vote < 5; vote++) {
                assertThat(votes(spec, vectors)).as("vote %d", vote).isEqualTo(electors.votes(Metric.L2, 1, unit));
                // Moves and changes candidates; some of them now belong to another label.
                float[] candidates = electors.candidates();
                for (int i = 0; i < candidates.length / DIMENSION; i++) {
                    int from = random.nextInt(candidates.length / DIMENSION) * DIMENSION;
                    System.arraycopy(candidates, from, candidates, i * DIMENSION, DIMENSION);
                    if (random.nextInt(3) == 0) {
                        candidates[i * DIMENSION] = random.nextFloat();
                    }
                }
            }
        }
    }

    @Test
    void aVoteAmongKeptCandidatesIsRemembered() {
        RunSpec spec = spec(Metric.L2, 1, PrivacyUnit.RECORD, 1);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            Iterator<Row> blocks = vectors.blocks().toLocalIterator();
            while (blocks.hasNext()) {
                assertThat(ExecutorWinners.shared().of(rows(blocks.next()))).isSameAs(Winners.NONE);
            }
            votes(spec, vectors);
            blocks = vectors.blocks().toLocalIterator();
            while (blocks.hasNext()) {
                assertThat(ExecutorWinners.shared().of(rows(blocks.next())).bytes())
                        .isPositive();
            }
        }
    }

    private static ExecutorWinners.Rows rows(Row row) {
        return new ExecutorWinners.Rows(VectorBlock.of(row).id(), 0);
    }

    @Test
    void votesDoNotDependOnChunks() {
        RunSpec small = spec(Metric.COSINE, 3, PrivacyUnit.RECORD, 2);
        RunSpec large = Electors.spec(Metric.COSINE, 3, PrivacyUnit.RECORD, 2, 64);
        try (PrivateVectors vectors = electors.privateVectors(spark, small)) {
            assertThat(votes(small, vectors)).isEqualTo(votes(large, vectors));
        }
    }

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void aTaskThatFailsAndIsRetriedVotesOnce(PrivacyUnit unit) {
        RunSpec spec = spec(Metric.L2, 1, unit, 5);
        FailsAtFirst.FAILURES.set(0);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec);
                PrivateVectors failing = ChangedVectors.through(vectors, new FailsAtFirst())) {
            assertThat(votes(spec, failing)).isEqualTo(electors.votes(Metric.L2, 1, unit));
        }
        assertThat(FailsAtFirst.FAILURES).hasValue(5);
    }

    @Test
    void allRecordsOfAClientHaveOneVote() {
        RunSpec spec = spec(Metric.L2, 3, PrivacyUnit.CLIENT, 7);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            for (int records : new int[] {1, 2, 299}) {
                PrivateVectors one = ChangedVectors.oneBlock(vectors, new OneClient(records));
                long[] votes = votes(spec, one);
                long squares = LongStream.of(votes).map(vote -> vote * vote).sum();

                // Rounding toward zero takes off less than one grid unit a candidate.
                long oneVote = VoteGrid.vote(1);
                assertThat(squares)
                        .as("%d records", records)
                        .isLessThanOrEqualTo(oneVote * oneVote)
                        .isGreaterThan((oneVote - votes.length) * (oneVote - votes.length));
            }
        }
    }

    @Test
    void ofEqualCandidatesTheFirstGetsTheVotes() {
        RunSpec spec = spec(Metric.L2, 1, PrivacyUnit.RECORD, 2);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            long[] votes = votes(spec, vectors);

            assertThat(votes[3]).isPositive();
            assertThat(votes[40]).isZero();
            assertThat(votes[60]).isZero();
        }
    }

    @Test
    void aLabelWithoutRecordsGetsNoVotes() {
        RunSpec spec = spec(Metric.L2, 3, PrivacyUnit.RECORD, 2);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            assertThat(Arrays.copyOfRange(votes(spec, vectors), LABEL_OFFSETS[1], LABEL_OFFSETS[2]))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void theKernelCanBeForcedAndChangesNoVote(String kernel) {
        RunSpec spec = spec(Metric.L2, 3, PrivacyUnit.RECORD, 2);
        spark.conf().set(KERNEL, kernel);
        try (PrivateVectors vectors = electors.privateVectors(spark, spec)) {
            assertThat(votes(spec, vectors)).isEqualTo(electors.votes(Metric.L2, 3, PrivacyUnit.RECORD));
            assertThat(count(spec, vectors).effort().kernels()).containsExactly(kernel);
        } finally {
            spark.conf().unset(KERNEL);
        }
    }

    @Test
    void theEffortIsCountedForMetricsOutsideTheGuaranteeOnly() {
        RunSpec silent = spec(Metric.L2, 1, PrivacyUnit.RECORD, 2);
        RunSpec asking = new RunSpec(
                silent.name(),
                silent.seed(),
                silent.privateData(),
                silent.labels(),
                silent.privacy(),
                silent.evolution(),
                silent.vote(),
                silent.modality(),
                new RunSpec.Evaluation(true),
                silent.output());
        // Prunes groups of 32 candidates at most; the plain kernel keeps these few in one.
        spark.conf().set(KERNEL, "vector");
        try (PrivateVectors vectors = electors.privateVectors(spark, silent)) {
            VoteStage stage = new VoteStage(spark, asking);
            SearchEffort none = count(silent, vectors).effort();
            SearchEffort counted = count(stage, vectors).effort();
            SearchEffort amongKept = count(stage, vectors).effort();

            assertThat(none.kernels()).hasSize(1).isSubsetOf(Kernels.NAMES);
            assertThat(none)
                    .isEqualTo(SearchEffort.uncounted(none.kernels().iterator().next()));
            assertThat(counted.rows())
                    .isEqualTo(Arrays.stream(electors.votes(Metric.L2, 1, PrivacyUnit.RECORD))
                                    .sum()
                            / VoteGrid.vote(1));
            assertThat(counted.bruteForce()).isGreaterThan(counted.rows() * DIMENSION);
            assertThat(counted.rowsPerSecond()).isPositive();
            assertThat(counted.sharePruned()).isZero();
            assertThat(amongKept.sharePruned()).isPositive();
            assertThat(counted.kernels()).hasSize(1).isSubsetOf(Kernels.NAMES);
        } finally {
            spark.conf().unset(KERNEL);
        }
    }

    @Test
    void anUnknownKernelIsRefusedBeforeAnythingRuns() {
        RunSpec spec = spec(Metric.L2, 1, PrivacyUnit.RECORD, 2);
        spark.conf().set(KERNEL, "faiss");
        try {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> new VoteStage(spark, spec))
                    .withMessageContaining(KERNEL + " is faiss, must be one of auto, vector, scalar");
        } finally {
            spark.conf().unset(KERNEL);
        }
    }

    private static RunSpec spec(Metric metric, int neighbors, PrivacyUnit unit, int partitions) {
        return Electors.spec(metric, neighbors, unit, partitions, NO_CHUNK_SPACE);
    }

    private long[] votes(RunSpec spec, PrivateVectors vectors) {
        return TestNoise.cleanVotes(count(spec, vectors).histogram());
    }

    private VoteCount count(RunSpec spec, PrivateVectors vectors) {
        return count(new VoteStage(spark, spec), vectors);
    }

    private VoteCount count(VoteStage stage, PrivateVectors vectors) {
        return stage.nearestNeighborHistogram("vote", vectors, electors.candidates(), DIMENSION, LABEL_OFFSETS);
    }

    /** Fails the first attempt of every task after its first block has been used. */
    private record FailsAtFirst() implements MapPartitionsFunction<Row, Row> {

        /** Executors of a local session share it with the test. */
        private static final AtomicInteger FAILURES = new AtomicInteger();

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Iterator<>() {
                private boolean used;

                @Override
                public boolean hasNext() {
                    if (used && TaskContext.get().attemptNumber() == 0) {
                        FAILURES.incrementAndGet();
                        throw new IllegalStateException("the first attempt fails");
                    }
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    used = true;
                    return rows.next();
                }
            };
        }
    }

    /** Makes the first records of a partition those of one client, and drops the others. */
    private record OneClient(int records) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            List<Row> kept = new ArrayList<>();
            rows.forEachRemaining(row -> {
                VectorBlock block = VectorBlock.of(row);
                if (block.rows() >= records) {
                    kept.add(ChangedVectors.ofOneClient(block, records, DIMENSION));
                }
            });
            return kept.iterator();
        }
    }
}
