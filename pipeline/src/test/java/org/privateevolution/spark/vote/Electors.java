package org.privateevolution.spark.vote;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.vector.Metric;

/**
 * Private records and candidates in five dimensions, and the votes that they should cast by the definition. Label
 * {@code b} has no private records, {@code c} no candidates, and {@code d} fewer candidates than a record may have
 * neighbours.
 */
public final class Electors {

    public static final int DIMENSION = 5;
    public static final int[] LABEL_OFFSETS = {0, 61, 68, 68, 70};
    private static final List<String> LABELS = List.of("a", "b", "c", "d");
    private static final int RECORDS = 1009;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Elector(int label, String client, float[] vector) {}

    private final List<Elector> electors = new ArrayList<>();
    private final float[] candidates = new float[LABEL_OFFSETS[LABELS.size()] * DIMENSION];

    public Electors() {
        SplittableRandom random = new SplittableRandom(17);
        int[] labels = {0, 0, 0, 2, 3};
        for (int i = 0; i < RECORDS; i++) {
            // One client has 300 records, some have a single one, and all are spread over files, partitions and labels.
            String client = i % 10 < 3 ? "many" : i == 4 ? "single" : "client-" + random.nextInt(97);
            electors.add(new Elector(labels[random.nextInt(labels.length)], client, vector(random)));
        }
        for (int candidate = 0; candidate < candidates.length / DIMENSION; candidate++) {
            System.arraycopy(vector(random), 0, candidates, candidate * DIMENSION, DIMENSION);
        }
        // Equal candidates tie exactly, in different chunks.
        System.arraycopy(candidates, 3 * DIMENSION, candidates, 40 * DIMENSION, DIMENSION);
        System.arraycopy(candidates, 3 * DIMENSION, candidates, 60 * DIMENSION, DIMENSION);
    }

    public float[] candidates() {
        return candidates;
    }

    public static RunSpec spec(Metric metric, int neighbors, PrivacyUnit unit, int partitions, int broadcastChunkMiB) {
        String yaml =
                """
                name: electorate
                private_data: {format: parquet, path: in, partitions: %d%s}
                labels: {column: label, type: string, values: [a, b, c, d]}
                privacy: {noise_multiplier: 3, delta: 1e-5, unit: %s}
                evolution: {samples: 70, votes: 3, selection: sample}
                tabular:
                  columns:
                    - {name: x0, type: double, min: 0, max: 1}
                    - {name: x1, type: double, min: 0, max: 1}
                    - {name: x2, type: double, min: 0, max: 1}
                    - {name: x3, type: double, min: 0, max: 1}
                    - {name: x4, type: double, min: 0, max: 1}
                output: {path: out}
                """
                        .formatted(
                                partitions,
                                unit == PrivacyUnit.CLIENT ? ", client_column: client" : "",
                                unit.configName());
        RunSpec spec = RunConfiguration.parse(yaml, "electorate.yaml", List.of());
        return new RunSpec(
                spec.name(),
                spec.seed(),
                spec.privateData(),
                spec.labels(),
                spec.privacy(),
                spec.evolution(),
                new RunSpec.Vote(metric, neighbors, broadcastChunkMiB),
                spec.tabular(),
                spec.evaluation(),
                spec.output());
    }

    /** The electors as private vectors of a run. */
    public PrivateVectors privateVectors(SparkSession spark, RunSpec spec) {
        return PrivateVectors.embed(
                spec, records(spark), new TabularEmbedder(spec.tabular().schema(), 1, 1));
    }

    private Dataset<Row> records(SparkSession spark) {
        StructType schema = new StructType();
        for (int j = 0; j < DIMENSION; j++) {
            schema = schema.add("x" + j, DataTypes.DoubleType);
        }
        schema = schema.add("label", DataTypes.StringType)
                .add("client", DataTypes.StringType)
                .add(TextRecords.PROBLEM, DataTypes.StringType);
        List<Row> rows = new ArrayList<>();
        for (Elector elector : electors) {
            Object[] values = new Object[DIMENSION + 3];
            for (int j = 0; j < DIMENSION; j++) {
                values[j] = (double) elector.vector[j];
            }
            values[DIMENSION] = LABELS.get(elector.label);
            values[DIMENSION + 1] = elector.client;
            rows.add(RowFactory.create(values));
        }
        return spark.createDataFrame(rows, schema);
    }

    /** The votes by the definition, in grid units. */
    public long[] votes(Metric metric, int neighbors, PrivacyUnit unit) {
        long[] votes = new long[LABEL_OFFSETS[LABELS.size()]];
        Map<String, Map<Integer, Integer>> counts = new HashMap<>();
        for (int i = 0; i < electors.size(); i++) {
            Elector elector = electors.get(i);
            String unitId = unit == PrivacyUnit.CLIENT ? elector.client : "record-" + i;
            for (int candidate : nearest(elector, metric, neighbors)) {
                counts.computeIfAbsent(unitId, id -> new HashMap<>()).merge(candidate, 1, Integer::sum);
            }
        }
        counts.values().forEach(count -> cast(count, votes));
        return votes;
    }

    /** The label counts by the definition, in grid units. */
    public long[] labelVotes(PrivacyUnit unit) {
        long[] votes = new long[LABELS.size()];
        Map<String, Map<Integer, Integer>> counts = new HashMap<>();
        for (int i = 0; i < electors.size(); i++) {
            Elector elector = electors.get(i);
            String unitId = unit == PrivacyUnit.CLIENT ? elector.client : "record-" + i;
            counts.computeIfAbsent(unitId, id -> new HashMap<>()).merge(elector.label, 1, Integer::sum);
        }
        counts.values().forEach(count -> cast(count, votes));
        return votes;
    }

    /** {@code floor(count * 2^30 / norm)}. */
    private static void cast(Map<Integer, Integer> counts, long[] votes) {
        long squares = counts.values().stream()
                .mapToLong(count -> (long) count * count)
                .sum();
        counts.forEach((candidate, count) -> votes[candidate] += BigInteger.valueOf((long) count * count)
                .shiftLeft(60)
                .divide(BigInteger.valueOf(squares))
                .sqrt()
                .longValueExact());
    }

    private List<Integer> nearest(Elector elector, Metric metric, int neighbors) {
        int first = LABEL_OFFSETS[elector.label];
        int end = LABEL_OFFSETS[elector.label + 1];
        List<Integer> nearest = new ArrayList<>();
        while (nearest.size() < Math.min(neighbors, end - first)) {
            int best = -1;
            double bestScore = Double.NEGATIVE_INFINITY;
            for (int candidate = first; candidate < end; candidate++) {
                double score = score(elector.vector, candidate, metric);
                if (!nearest.contains(candidate) && score > bestScore) {
                    best = candidate;
                    bestScore = score;
                }
            }
            nearest.add(best);
        }
        return nearest;
    }

    private double score(float[] vector, int candidate, Metric metric) {
        double distance = 0;
        double product = 0;
        double vectorSquares = 0;
        double candidateSquares = 0;
        for (int j = 0; j < DIMENSION; j++) {
            double a = vector[j];
            double b = candidates[candidate * DIMENSION + j];
            distance += (a - b) * (a - b);
            product += a * b;
            vectorSquares += a * a;
            candidateSquares += b * b;
        }
        return switch (metric) {
            case L2 -> -distance;
            case INNER_PRODUCT -> product;
            case COSINE -> product / Math.sqrt(vectorSquares * candidateSquares);
        };
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            vector[j] = (float) random.nextDouble();
        }
        return vector;
    }
}
