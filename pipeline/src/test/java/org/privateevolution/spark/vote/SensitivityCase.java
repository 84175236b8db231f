package org.privateevolution.spark.vote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec.Channels;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.image.ImageRecords;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrecomputedVectors;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.NumberCells;

/** A random data set, two neighbours of it, and candidates; all of it follows from a seed. */
final class SensitivityCase {

    /** What the records are. Image folders know no clients. */
    enum Kind {
        CSV,
        JSON,
        VECTORS,
        TEXTS,
        IMAGES
    }

    /** Values are multiples of 1/64, so that ties are frequent and every format keeps them exactly. */
    private static final int STEPS = 64;

    private static final int DIMENSION = 3;
    private static final int SIDE = 2;
    private static final List<String> LABELS = List.of("a", "b", "c", "d");
    private static final List<String> METRICS = List.of("l2", "cosine", "inner-product");

    /** A private record; values are 1 to {@link #STEPS}. */
    private record Entry(int label, int client, List<Integer> values) {}

    final long seed;
    final Kind kind;
    final PrivacyUnit unit;
    private final int labels;
    private final int neighbors;
    private final int partitions;
    private final int files;
    private final String metric;
    private final int[] labelOffsets;
    private final float[] candidates;
    private final List<Entry> with = new ArrayList<>();
    private final Map<Adjacency, List<Entry>> neighbours = new EnumMap<>(Adjacency.class);

    SensitivityCase(long seed) {
        // Seeds that follow each other give a Random like beginnings.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        this.seed = seed;
        this.kind = Kind.values()[random.nextInt(Kind.values().length)];
        this.unit = kind == Kind.IMAGES || random.nextBoolean() ? PrivacyUnit.RECORD : PrivacyUnit.CLIENT;
        this.labels = 1 + random.nextInt(LABELS.size());
        this.neighbors = 1 + random.nextInt(5);
        this.partitions = random.nextInt(10) == 0 ? 17 : random.nextInt(5);
        this.files = 1 + random.nextInt(4);
        this.metric = METRICS.get(random.nextInt(METRICS.size()));
        this.labelOffsets = new int[labels + 1];
        for (int label = 0; label < labels; label++) {
            // Now and then a label has no candidates, or fewer than there are neighbours.
            labelOffsets[label + 1] = labelOffsets[label] + (label == 0 ? 1 : 0) + random.nextInt(8);
        }
        this.candidates = new float[labelOffsets[labels] * dimension()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = (1 + random.nextInt(STEPS)) / (float) STEPS;
        }
        draw(random);
    }

    private void draw(Random random) {
        int units = 3 + random.nextInt(30);
        for (int client = 0; client < units; client++) {
            with.addAll(unit(client, random));
        }
        List<Entry> replaced = new ArrayList<>(with);
        neighbours.put(Adjacency.ADD_REMOVE, new ArrayList<>(with));
        neighbours.put(Adjacency.REPLACE_ONE, replaced);
        with.addAll(unit(units, random));
        replaced.addAll(unit(units, random));
        Collections.shuffle(with, random);
        neighbours.values().forEach(entries -> Collections.shuffle(entries, random));
    }

    /** A record, or the records of a client: a few, or more than the others have together. */
    private List<Entry> unit(int client, Random random) {
        int records = unit == PrivacyUnit.RECORD ? 1 : random.nextInt(8) == 0 ? 100 : 1 + random.nextInt(5);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            List<Integer> values = random.ints(DIMENSION, 1, STEPS + 1).boxed().toList();
            entries.add(new Entry(random.nextInt(labels), client, values));
        }
        return entries;
    }

    /** Whether marginals can be counted. */
    boolean isTable() {
        return kind == Kind.CSV || kind == Kind.JSON;
    }

    /** Of columns, and of pairs of columns. */
    List<MarginalQuery> marginals() {
        List<NumberCells> numbers = List.of(
                new NumberCells(List.of(0.0, 0.1, 0.4, 0.9), List.of(0.0, 1.0)),
                new NumberCells(List.of(0.0, 0.5), List.of()),
                new NumberCells(List.of(0.0, 0.25, 0.75), List.of(0.5)));
        return List.of(
                new MarginalQuery(numbers, MarginalQuery.columns(numbers.size(), labels)),
                new MarginalQuery(numbers, MarginalQuery.pairs(numbers.size())));
    }

    int dimension() {
        return kind == Kind.IMAGES ? SIDE * SIDE : DIMENSION;
    }

    /** Votes and label counts over the records that a session reads. */
    long[] votes(VoteStage stage, PrivateVectors vectors) {
        return TestNoise.cleanVotes(
                stage.nearestNeighborHistogram("vote", vectors, candidates, dimension(), labelOffsets)
                        .histogram());
    }

    /**
     * Whether a lost partition is read from the files again, rather than from a shuffle's output, as with a single CSV
     * file.
     */
    boolean readsFilesAgain() {
        return partitions == 0 && unit == PrivacyUnit.RECORD && (kind != Kind.CSV || files > 1);
    }

    /** Writes the data set. */
    void write(Path folder) {
        write(with, with, folder);
    }

    /** Writes a neighbour of it, in another order: it lacks a unit, or has another in its place. */
    void writeNeighbour(Adjacency adjacency, Path folder) {
        List<Entry> entries = neighbours.get(adjacency);
        write(entries, entries, folder);
    }

    /** Writes over its files: one record has another value, and each stands in the place of another. */
    void rewrite(Path folder) {
        List<Entry> moved = new ArrayList<>(with);
        Entry changed = moved.get(0);
        moved.set(
                0,
                new Entry(
                        changed.label,
                        changed.client,
                        changed.values.stream().map(value -> value % STEPS + 1).toList()));
        Collections.rotate(moved, 1);
        write(moved, with, folder);
    }

    /** @param places have the labels that say which folder an image lies in */
    private void write(List<Entry> entries, List<Entry> places, Path folder) {
        try {
            if (kind == Kind.IMAGES) {
                writeImages(entries, places, folder);
            } else {
                writeLines(entries, Files.createDirectories(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeImages(List<Entry> entries, List<Entry> places, Path folder) throws IOException {
        for (int i = 0; i < entries.size(); i++) {
            byte[] rgb = new byte[SIDE * SIDE * Pixels.CHANNELS];
            for (int j = 0; j < rgb.length; j++) {
                rgb[j] = (byte) (3 * entries.get(i).values.get(j % DIMENSION) + j);
            }
            Path place = folder.resolve(LABELS.get(places.get(i).label));
            Files.createDirectories(place);
            Files.write(place.resolve(i + ".png"), Png.encode(new Pixels(SIDE, SIDE, rgb)));
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private void writeLines(List<Entry> entries, Path folder) throws IOException {
        Map<Integer, List<String>> lines = new LinkedHashMap<>();
        for (int file = 0; file < files; file++) {
            lines.put(file, new ArrayList<>(kind == Kind.CSV ? List.of("x,y,z,label,client") : List.of()));
        }
        for (int i = 0; i < entries.size(); i++) {
            lines.get(i % files).add(line(entries.get(i)));
        }
        for (int file = 0; file < files; file++) {
            Files.write(folder.resolve("part-" + file), lines.get(file));
        }
    }

    private String line(Entry entry) {
        String label = LABELS.get(entry.label);
        List<String> numbers = entry.values.stream()
                .map(value -> String.format(Locale.ROOT, "%.6f", value / (double) STEPS))
                .toList();
        if (kind == Kind.CSV) {
            return String.join(",", numbers) + "," + label + ",client " + entry.client;
        }
        String content = kind == Kind.TEXTS
                ? "\"text\": \"" + letters(entry.values) + "\""
                : "\"x\": %s, \"y\": %s, \"z\": %s".formatted(numbers.toArray());
        return "{" + content + ", \"label\": \"" + label + "\", \"client\": \"client " + entry.client + "\"}";
    }

    private static String letters(List<Integer> values) {
        return "x".repeat(values.get(0)) + "y".repeat(values.get(1)) + "z".repeat(values.get(2));
    }

    RunSpec spec(Path folder) {
        String yaml =
                """
                name: sensitivity
                private_data: {format: %s, path: %s, partitions: %d%s}
                labels: {column: label, type: string, values: [%s]}
                privacy: {noise_multiplier: 3, delta: 1e-5, unit: %s}
                evolution: {samples: 70, votes: 3}
                vote: {neighbors: %d, metric: %s}
                %s
                output: {path: out}
                """
                        .formatted(
                                format(),
                                folder,
                                partitions,
                                unit == PrivacyUnit.CLIENT ? ", client_column: client" : "",
                                String.join(", ", LABELS.subList(0, labels)),
                                unit.configName(),
                                neighbors,
                                metric,
                                modality());
        return RunConfiguration.parse(yaml, "sensitivity.yaml", List.of());
    }

    private String format() {
        return switch (kind) {
            case CSV -> "csv";
            case IMAGES -> "image-folder";
            default -> "json";
        };
    }

    private String modality() {
        return switch (kind) {
            case CSV, JSON ->
                "tabular: {columns: ["
                        + Stream.of("x", "y", "z")
                                .map(name -> "{name: " + name + ", type: double, min: 0, max: 1}")
                                .collect(Collectors.joining(", "))
                        + "]}";
            case IMAGES -> "images: {embedding: {width: 2, height: 2, channels: grey}, avatar: {width: 2, height: 2}}";
            default ->
                "text: {columns: [text], corpus: {format: json, path: corpus, column: text, label_column: label}}";
        };
    }

    /** Reads and embeds the records at a folder as a run does. */
    PrivateVectors open(SparkSession spark, Path folder) {
        RunSpec spec = spec(folder);
        PrivateSource source = new PrivateSource(spark);
        return switch (kind) {
            case CSV, JSON ->
                PrivateVectors.embed(
                        spec,
                        source.open(spec),
                        new TabularEmbedder(spec.tabular().schema(), 1, 1));
            case TEXTS -> PrivateVectors.embed(spec, source.open(spec), new LetterCounts());
            case VECTORS -> given(spark, spec, folder);
            case IMAGES -> {
                PrivateColumns columns = PrivateColumns.of(spec);
                yield PrivateVectors.pack(spec, ImageRecords.open(spark, spec), columns, new TinyImages());
            }
        };
    }

    /** Its columns of numbers as one of vectors, as a view that somebody has made of the files. */
    private PrivateVectors given(SparkSession spark, RunSpec spec, Path folder) {
        StructType schema = StructType.fromDDL("x DOUBLE, y DOUBLE, z DOUBLE, label STRING, client STRING");
        spark.read()
                .schema(schema)
                .json(folder.toString())
                .selectExpr("array(x, y, z) AS vector", "label", "client")
                .createOrReplaceTempView("sensitivity");
        RunSpec.PrivateData data = spec.privateData();
        RunSpec view = new RunSpec(
                spec.name(),
                spec.seed(),
                new RunSpec.PrivateData(
                        "table", "sensitivity", Map.of(), data.clientColumn(), data.partitions(), data.store()),
                spec.labels(),
                spec.privacy(),
                spec.evolution(),
                spec.vote(),
                spec.modality(),
                spec.evaluation(),
                spec.output());
        Dataset<Row> records = new PrivateSource(spark).open(view, PrivateColumns.ofVectors(view, "vector"));
        return PrivateVectors.given(view, records, new PrecomputedVectors("vector", DIMENSION));
    }

    @Override
    public String toString() {
        return "seed %d: %s, %s, %d labels, %d neighbours, %d partitions, %d files, %s"
                .formatted(seed, kind, unit, labels, neighbors, partitions, files, metric);
    }

    /** How often each letter stands in a text. */
    static final class LetterCounts implements Embedder {

        private static final long serialVersionUID = 1L;

        @Override
        public int dimension() {
            return DIMENSION;
        }

        @Override
        public String fingerprint() {
            return "letters";
        }

        @Override
        public float[] probe() {
            return embed(List.of(new Text(""), new Text("xyzzy")));
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = new float[payloads.size() * DIMENSION];
            for (int i = 0; i < payloads.size(); i++) {
                String text = ((Text) payloads.get(i)).value();
                for (int j = 0; j < DIMENSION; j++) {
                    int letter = 'x' + j;
                    vectors[i * DIMENSION + j] =
                            text.chars().filter(c -> c == letter).count() / (float) STEPS;
                }
            }
            return vectors;
        }
    }

    /** The pixels of images of a few. */
    record TinyImages() implements RecordVectors<float[]> {

        private static final PixelEncoder ENCODER =
                new PixelEncoder(new ImageFrame(SIDE, SIDE, ImageFrame.Fit.CROP, Resampling.BILINEAR), Channels.GREY);

        @Override
        public int dimension() {
            return ENCODER.dimension();
        }

        @Override
        public float[] read(Row row) {
            try {
                float[] vector = new float[dimension()];
                ENCODER.encode(new ImageDecoder(100).decode(row.getAs(0)), vector, 0);
                return vector;
            } catch (BadImageException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public float[] vectors(List<float[]> records) {
            return new RecordVectors.Given(new PrecomputedVectors("image", dimension())).vectors(records);
        }
    }
}
