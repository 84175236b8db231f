package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.spark.session.TaskResult;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.spi.Embedder;
import org.privateevolution.table.MarginalQuery;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures the sensitivity that the accounting assumes, to the grid unit and without noise: random pairs of
 * neighbouring data sets go from files through source, packing, cache and votes, while cached blocks are lost and files
 * are rewritten between votes. Adding or removing one unit moves all votes together by at most one vote in L2, and
 * replacing one unit by another by at most the square root of 2. Nothing here is left to chance: the seeds are fixed.
 */
class SensitivityTest {

    /** Each of two pairs. */
    private static final int CASES = 30;

    private static final int MANY_CASES = 400;
    /** Of those on executors, in one process. */
    private static final int BATCH = 10;

    private static final int BATCHES = 10;

    private static final String TALLY = "tally";
    /** What is counted of each data set, in this order; the last two of tables only. */
    private static final List<String> RELEASES = List.of("votes", "label counts", "columns", "pairs of columns");

    private static final BigInteger ONE_VOTE_SQUARED =
            BigInteger.valueOf(VoteGrid.vote(1)).pow(2);

    @TempDir
    Path directory;

    @Test
    void aUnitMovesAllVotesTogetherByNoMoreThanItsShare() throws Exception {
        Tally tally = new Tally();
        for (int seed = 0; seed < CASES; seed++) {
            check(TestSession.spark(), directory, seed, tally);
        }
        tally.requireMuchSeen(CASES);
    }

    @Test
    @Tag("faults")
    void aUnitMovesAllVotesOfManyDataSetsTogetherByNoMoreThanItsShare() throws Exception {
        Tally tally = new Tally();
        for (int seed = CASES; seed < CASES + MANY_CASES; seed++) {
            check(TestSession.spark(), directory, seed, tally);
        }
        tally.requireMuchSeen(MANY_CASES);
    }

    /** The same on two executor processes that speculate upon every task that is a little late. */
    @Test
    @Tag("faults")
    void aUnitMovesAllVotesTogetherByNoMoreThanItsShareOnAClusterThatSpeculates() throws Exception {
        Map<String, String> environment = Map.of(
                "SPARK_TESTING", "1",
                "SPARK_HOME", Files.createDirectories(directory.resolve("home")).toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1");
        Tally tally = new Tally();
        for (int batch = 0; batch < BATCHES; batch++) {
            int first = CASES + MANY_CASES + batch * BATCH;
            Path folder = Files.createDirectories(directory.resolve("from-" + first));
            try (ChildJvm cluster =
                    ChildJvm.start(Cluster.class, folder, environment, folder.toString(), "" + first, "" + BATCH)) {
                cluster.awaitSuccess();
            }
            tally.add(folder.resolve(TALLY));
        }
        tally.requireMuchSeen(BATCHES * BATCH);
    }

    /** Runs some cases in a process of its own. */
    static final class Cluster {

        private Cluster() {}

        /** @param arguments directory, first seed, cases */
        public static void main(String[] arguments) throws Exception {
            try (SparkSession spark = SparkSession.builder()
                    .master("local-cluster[2,1,1024]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.executor.extraClassPath", ChildJvm.classPath())
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.speculation", "true")
                    .config("spark.speculation.interval", "10ms")
                    .config("spark.speculation.multiplier", "1.01")
                    .config("spark.speculation.quantile", "0.1")
                    .config("spark.speculation.minTaskRuntime", "1ms")
                    .getOrCreate()) {
                Tally tally = new Tally();
                int first = Integer.parseInt(arguments[1]);
                int cases = Integer.parseInt(arguments[2]);
                for (int seed = first; seed < first + cases; seed++) {
                    check(spark, Path.of(arguments[0]), seed, tally);
                }
                tally.write(Path.of(arguments[0]).resolve(TALLY));
            }
        }
    }

    /** What the cases have shown; a test that sees no votes move has shown nothing. */
    private static final class Tally {
        private final Set<SensitivityCase.Kind> kinds = EnumSet.noneOf(SensitivityCase.Kind.class);
        private int moved;
        private int lost;
        private int refused;

        void write(Path file) throws IOException {
            String names = kinds.stream().map(Enum::name).collect(Collectors.joining(" "));
            Files.writeString(file, moved + " " + lost + " " + refused + " " + names);
        }

        void add(Path file) throws IOException {
            String[] words = Files.readString(file).strip().split(" ");
            moved += Integer.parseInt(words[0]);
            lost += Integer.parseInt(words[1]);
            refused += Integer.parseInt(words[2]);
            Arrays.stream(words).skip(3).map(SensitivityCase.Kind::valueOf).forEach(kinds::add);
        }

        void requireMuchSeen(int cases) {
            assertThat(kinds).hasSameSizeAs(SensitivityCase.Kind.values());
            assertThat(moved).as("pairs that moved").isGreaterThan(cases / 2);
            assertThat(lost).as("cached blocks lost").isGreaterThan(cases / 2);
            assertThat(refused).as("cases refused").isPositive();
        }
    }

    private static void check(SparkSession spark, Path directory, long seed, Tally tally) throws IOException {
        SensitivityCase one = new SensitivityCase(seed);
        Random faults = new Random(new SplittableRandom(-seed).nextLong());
        Path folder = directory.resolve("data-" + seed);
        one.write(folder);
        tally.kinds.add(one.kind);
        boolean rewritten = faults.nextInt(one.readsFilesAgain() ? 2 : 8) == 0;
        List<long[]> histograms;
        try {
            histograms = counted(spark, one, folder, faults, rewritten, tally);
        } catch (PrivateDataException e) {
            assertThat(rewritten).as("%s: %s", one, e.getMessage()).isTrue();
            assertThat(e).hasMessageContaining("changed during the run");
            tally.refused++;
            return;
        }
        assertThat(rewritten && one.readsFilesAgain())
                .as("%s: files that were rewritten are not refused", one)
                .isFalse();
        for (Adjacency adjacency : Adjacency.values()) {
            Path other = directory.resolve(adjacency + "-" + seed);
            one.writeNeighbour(adjacency, other);
            List<long[]> neighbours = counted(spark, one, other, faults, false, tally);
            for (int i = 0; i < histograms.size(); i++) {
                BigInteger distance = distanceSquared(histograms.get(i), neighbours.get(i));
                assertThat(distance)
                        .as("%s, %s: squared distance of %s", one, adjacency, RELEASES.get(i))
                        .isLessThanOrEqualTo(limit(adjacency));
                tally.moved += i == 0 && distance.signum() > 0 ? 1 : 0;
            }
        }
    }

    /**
     * Everything that can be counted of the records in a folder, with cached blocks lost now and then before each
     * count.
     */
    private static List<long[]> counted(
            SparkSession spark, SensitivityCase one, Path folder, Random faults, boolean rewritten, Tally tally) {
        VoteStage stage = new VoteStage(spark, one.spec(folder));
        try (PrivateVectors vectors = one.open(spark, folder)) {
            if (rewritten) {
                one.rewrite(folder);
                tally.lost += lose(spark, 1, faults);
            } else if (faults.nextBoolean()) {
                tally.lost += lose(spark, 0.5, faults);
            }
            long[] votes = one.votes(stage, vectors);
            if (faults.nextInt(4) == 0) {
                tally.lost += lose(spark, 0.5, faults);
            }
            List<long[]> counted = new ArrayList<>(List.of(votes, TestNoise.cleanVotes(stage.labelHistogram(vectors))));
            if (one.isTable()) {
                for (MarginalQuery query : one.marginals()) {
                    counted.add(TestNoise.cleanVotes(stage.marginalHistogram("marginals", vectors, query)));
                }
            }
            return counted;
        }
    }

    /** Each cached block with some probability; returns how many. */
    private static int lose(SparkSession spark, double probability, Random random) {
        BlockManagerMaster master = SparkEnv.get().blockManager().master();
        int lost = 0;
        for (var rdd : CollectionConverters.asJava(spark.sparkContext().getPersistentRDDs())
                .values()) {
            for (int partition = 0; partition < rdd.getNumPartitions(); partition++) {
                RDDBlockId block = new RDDBlockId(rdd.id(), partition);
                if (random.nextDouble() < probability
                        && master.getLocations(block).nonEmpty()) {
                    master.removeBlock(block);
                    await(() -> master.getLocations(block).isEmpty());
                    lost++;
                }
            }
        }
        return lost;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static BigInteger limit(Adjacency adjacency) {
        return adjacency == Adjacency.ADD_REMOVE ? ONE_VOTE_SQUARED : ONE_VOTE_SQUARED.shiftLeft(1);
    }

    private static BigInteger distanceSquared(long[] votes, long[] others) {
        assertThat(votes).hasSameSizeAs(others);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < votes.length; i++) {
            sum = sum.add(BigInteger.valueOf(votes[i] - others[i]).pow(2));
        }
        return sum;
    }

    // The twins: what is wrong is found too far.

    /** A vote over packed records, be it the product's or one that is wrong. */
    private interface Election {
        long[] votes(PrivateVectors vectors);
    }

    private static final String LINE =
            """
            name: line
            private_data: {format: json, path: %s%s}
            labels: {column: label, values: [a, b, c]}
            privacy: {noise_multiplier: 3, delta: 1e-5, unit: %s}
            evolution: {samples: 70, votes: 3, selection: sample}
            vote: {neighbors: %d}
            tabular: {columns: [{name: x, type: double, min: 0, max: 1}]}
            output: {path: out}
            """;

    /** Where the candidates stand, the same for each label. */
    private static final float[] PLACES = {0, 0.5f, 1};

    private static final int[] OFFSETS = {0, 3, 6, 9};

    private static final List<String> CROWD = List.of(
            "a crowd 0.2", "a crowd 0.2", "a crowd 0.2", "b crowd 0.2", "b others 0.2", "a others 0.2", "a few 0.2");

    @Test
    void votesOfAClientNormalisedByLabelMoveTooFar() throws IOException {
        RunSpec spec = line(PrivacyUnit.CLIENT, 1);
        List<String> client = List.of("a x 0.1", "b x 0.4", "c x 0.9");

        assertThat(moved(spec, new OnTheLine(), product(spec), client)).isLessThanOrEqualTo(ONE_VOTE_SQUARED);
        assertThat(moved(spec, new OnTheLine(), summed(new NormalisedByLabel()), client))
                .isEqualTo(ONE_VOTE_SQUARED.multiply(BigInteger.valueOf(3)));
    }

    @Test
    void wholeVotesForEachOfSeveralNeighboursMoveTooFar() throws IOException {
        RunSpec spec = line(PrivacyUnit.RECORD, 3);
        List<String> record = List.of("a x 0.1");

        assertThat(moved(spec, new OnTheLine(), product(spec), record)).isLessThanOrEqualTo(ONE_VOTE_SQUARED);
        assertThat(moved(spec, new OnTheLine(), summed(new WholeVotes()), record))
                .isEqualTo(ONE_VOTE_SQUARED.multiply(BigInteger.valueOf(3)));
    }

    @Test
    void vectorsThatDependOnTheOthersOfABatchMoveTooFar() throws IOException {
        RunSpec spec = line(PrivacyUnit.RECORD, 1);
        List<String> outlier = List.of("a x 1");

        assertThat(moved(spec, new OnTheLine(), product(spec), outlier)).isLessThanOrEqualTo(ONE_VOTE_SQUARED);
        assertThat(moved(spec, new ScaledByBatch(), product(spec), outlier)).isGreaterThan(ONE_VOTE_SQUARED);
    }

    @Test
    void filesRewrittenBetweenVotesMoveTooFarUnlessTheirDigestsAreCompared() throws IOException {
        RunSpec spec = line(PrivacyUnit.RECORD, 1);
        Election unchecked = vectors -> unchecked(spec, vectors);

        long[] with = rewrittenVotes(spec, List.of("a y 0", "a few 0.5"), unchecked);
        long[] without = rewrittenVotes(spec, List.of("a few 0.5"), unchecked);
        assertThat(distanceSquared(with, without)).isEqualTo(ONE_VOTE_SQUARED.shiftLeft(2));
        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> rewrittenVotes(spec, List.of("a y 0", "a few 0.5"), product(spec)))
                .withMessageContaining("changed during the run");
    }

    /** Two files, of which the first is lost from the cache after they have changed places. */
    private long[] rewrittenVotes(RunSpec spec, List<String> inTheSecond, Election election) throws IOException {
        Path folder = Path.of(spec.privateData().location());
        // The larger file is the first partition.
        String first = json(List.of("a x 1", "a few 0.5", "a few 0.5"));
        String second = json(inTheSecond);
        Files.writeString(folder.resolve("part-0"), first);
        Files.writeString(folder.resolve("part-1"), second);
        try (PrivateVectors vectors = opened(spec, new OnTheLine())) {
            assertThat(vectors.blocks().rdd().getNumPartitions()).isEqualTo(2);
            Files.writeString(folder.resolve("part-0"), second);
            Files.writeString(folder.resolve("part-1"), first);
            for (Object rdd : CollectionConverters.asJava(
                            TestSession.spark().sparkContext().getPersistentRDDs())
                    .keySet()) {
                SparkEnv.get().blockManager().removeBlock(new RDDBlockId((Integer) rdd, 0), true);
            }
            return election.votes(vectors);
        }
    }

    private RunSpec line(PrivacyUnit unit, int neighbors) throws IOException {
        String yaml = LINE.formatted(
                Files.createDirectories(directory.resolve("line")),
                unit == PrivacyUnit.CLIENT ? ", client_column: client" : "",
                unit.configName(),
                neighbors);
        return RunConfiguration.parse(yaml, "line.yaml", List.of());
    }

    /** How far some records move the votes of the others. */
    private BigInteger moved(RunSpec spec, Embedder embedder, Election election, List<String> unit) throws IOException {
        Path file = Path.of(spec.privateData().location()).resolve("part-0");
        List<String> all = new ArrayList<>(CROWD);
        Files.writeString(file, json(all));
        long[] without;
        try (PrivateVectors vectors = opened(spec, embedder)) {
            without = election.votes(vectors);
        }
        all.addAll(unit);
        Files.writeString(file, json(all));
        try (PrivateVectors vectors = opened(spec, embedder)) {
            return distanceSquared(election.votes(vectors), without);
        }
    }

    private static PrivateVectors opened(RunSpec spec, Embedder embedder) {
        return PrivateVectors.embed(spec, new PrivateSource(TestSession.spark()).open(spec), embedder);
    }

    /** Records, each its label, client and value, as lines of equal length. */
    private static String json(List<String> records) {
        return records.stream()
                .map(record -> record.split(" "))
                .map(parts -> "{\"label\": \"%s\", \"client\": \"%6s\", \"x\": %s}%n".formatted((Object[]) parts))
                .collect(Collectors.joining());
    }

    private static float[] candidates() {
        float[] candidates = new float[OFFSETS[OFFSETS.length - 1]];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = PLACES[i % PLACES.length];
        }
        return candidates;
    }

    private static Election product(RunSpec spec) {
        return vectors -> TestNoise.cleanVotes(new VoteStage(TestSession.spark(), spec)
                .nearestNeighborHistogram("vote", vectors, candidates(), 1, OFFSETS)
                .histogram());
    }

    /** The product's task, whose digests nobody looks at. */
    private static long[] unchecked(RunSpec spec, PrivateVectors vectors) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(TestSession.spark().sparkContext());
        try (CandidateVectors candidates = CandidateVectors.broadcast(context, candidates(), 1, OFFSETS, 100)) {
            VoteTask task = new VoteTask(
                    "unchecked",
                    "vote",
                    candidates,
                    spec.vote().metric(),
                    spec.vote().neighbors(),
                    spec.privacy().unit(),
                    "scalar",
                    false,
                    null);
            VoteHistogram sum = new VoteHistogram(candidates.size());
            vectors.planned()
                    .mapPartitions(task)
                    .collect()
                    .forEach(part -> sum.merge(TaskResult.<VoteCount>of(part).histogram()));
            return TestNoise.cleanVotes(sum);
        }
    }

    private static Election summed(MapPartitionsFunction<Row, long[]> task) {
        return vectors -> {
            long[] sum = new long[OFFSETS[OFFSETS.length - 1]];
            vectors.blocks()
                    .mapPartitions(task, Encoders.javaSerialization(long[].class))
                    .collectAsList()
                    .forEach(part -> Arrays.setAll(sum, i -> sum[i] + part[i]));
            return sum;
        };
    }

    private static int nearest(float x) {
        return Math.round(x * (PLACES.length - 1));
    }

    /** A client's votes, each label's of one vote. */
    private record NormalisedByLabel() implements MapPartitionsFunction<Row, long[]> {
        @Override
        public Iterator<long[]> call(Iterator<Row> rows) {
            long[] votes = new long[OFFSETS[OFFSETS.length - 1]];
            Map<List<Integer>, Map<Integer, Integer>> counts = new TreeMap<>(Comparator.comparing(List::toString));
            rows.forEachRemaining(row -> {
                VectorBlock block = VectorBlock.of(row);
                for (int i = 0; i < block.rows(); i++) {
                    int label = block.labels()[i];
                    counts.computeIfAbsent(List.of(block.clients()[i], label), key -> new TreeMap<>())
                            .merge(OFFSETS[label] + nearest(block.vectors()[i]), 1, Integer::sum);
                }
            });
            counts.values().forEach(of -> {
                long[] cast = VoteGrid.clientVotes(
                        of.values().stream().mapToInt(Integer::intValue).toArray());
                Iterator<Integer> candidates = of.keySet().iterator();
                for (long some : cast) {
                    votes[candidates.next()] += some;
                }
            });
            return List.of(votes).iterator();
        }
    }

    /** As many whole votes as there are neighbours, here all candidates of a label. */
    private record WholeVotes() implements MapPartitionsFunction<Row, long[]> {
        @Override
        public Iterator<long[]> call(Iterator<Row> rows) {
            long[] votes = new long[OFFSETS[OFFSETS.length - 1]];
            rows.forEachRemaining(row -> {
                for (int label : VectorBlock.of(row).labels()) {
                    for (int i = OFFSETS[label]; i < OFFSETS[label + 1]; i++) {
                        votes[i] += VoteGrid.vote(1);
                    }
                }
            });
            return List.of(votes).iterator();
        }
    }

    /** A record's value is its vector. */
    private static class OnTheLine implements Embedder {

        private static final long serialVersionUID = 1L;

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public String fingerprint() {
            return getClass().getSimpleName();
        }

        @Override
        public float[] probe() {
            return embed(List.of(new TableRow(new double[] {0.25}), new TableRow(new double[] {0.75})));
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = new float[payloads.size()];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = (float) ((TableRow) payloads.get(i)).code(0);
            }
            return vectors;
        }
    }

    /** Scales by the largest of the call, as quantised models do with a batch. */
    private static final class ScaledByBatch extends OnTheLine {

        private static final long serialVersionUID = 1L;

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = super.embed(payloads);
            float largest = 0;
            for (float value : vectors) {
                largest = Math.max(largest, value);
            }
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] /= largest;
            }
            return vectors;
        }
    }
}
