package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.TableEstimate;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.Png;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.audit.Audit;
import org.privateevolution.spark.audit.AuditSettings;
import org.privateevolution.spark.evaluation.EvaluationRequest;
import org.privateevolution.spark.evaluation.ImageComparison;
import org.privateevolution.spark.evaluation.ImageReading;
import org.privateevolution.spark.evaluation.TableEvaluation;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.RowStructure;
import org.slf4j.LoggerFactory;

/**
 * Searches everything that a run leaves behind for private values and exact vote counts: the output with its store and
 * ledger, Spark's event log, what was logged at INFO and above, and the console.
 *
 * <p>Every private value is unmistakable: texts that no category has, and numbers with digits that are not drawn by
 * chance. A clean vote count has ten digits or more (k = 3 makes a vote 619,925,131 grid units) and is looked for as a
 * number that stands alone: among the few thousand such numbers that a run leaves, none equals one of at most 90 counts
 * by chance but with probability below 1e-4.
 */
class LeakScanTest {

    private static final String TEXT_CANARY = "okapi7713";
    private static final String CLIENT_CANARY = "pangolin7713";
    private static final int ROWS = 401;
    private static final int SHORTEST_LIST = 5;
    private static final Pattern LONG_NUMBERS = Pattern.compile("(?<!\\d)\\d{10,}(?!\\d)");

    private static final String YAML =
            """
            name: leaks
            private_data:
              format: csv
              path: %s
            labels: {column: tier, type: integer, values: [1, 2, 3], fractions: {noisy: {noise_multiplier: 4}}}
            privacy: {noise_multiplier: 3, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [29, 23, 19], lookahead: 2, initial_variation_fold: 1}
            vote: {neighbors: 3}
            tabular:
              columns:
                - {name: color, type: string, categories: [red, green, others], other: others}
                - {name: amount, type: double, min: 0, max: 100, out_of_range: clamp}
                - {name: weight, type: double, min: 0, max: 1}
            output: {path: %s}
            """;

    private static final String KEY_VARIABLE = "PE_TEST_STORE_KEY";

    private final SparkSession spark = TestSession.spark();
    private final Map<String, Pattern> needles = new LinkedHashMap<>();
    private final Set<Long> cleanCounts = new TreeSet<>();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"record", "client"})
    void aRunLeavesNoPrivateValueAndNoCleanCount(String unit) throws Exception {
        RunSpec spec = writePrivateData(unit);

        Map<String, byte[]> left = leftBy(() -> PrivateEvolution.on(spark).run(spec));

        addCleanVotes(spec);
        assertThat(cleanCounts).hasSizeGreaterThan(20);
        assertThat(left.keySet())
                .anyMatch(name -> name.endsWith("guarantee.json"))
                .anyMatch(name -> name.contains("store/releases/vote-002"))
                .anyMatch(name -> name.contains("ledger/entry-000003"))
                .anyMatch(name -> name.contains("synthetic/csv/part-"))
                .contains("log", "console", "synthetic/parquet as text");
        assertThat(text(left.get("log"))).contains("INFO org.apache.spark.scheduler.DAGScheduler");
        assertThat(text(left.get("events"))).contains("leaks: vote 2 of 2, 23 candidates");
        assertThat(found(left)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "client"})
    void anEstimateAndWhatIsDrawnFromItHoldNoPrivateValueAndNoCleanCount(String unit) throws Exception {
        RunSpec spec = writePrivateData(
                unit,
                "labels={column: tier, type: integer, values: [1, 2, 3]}",
                "evolution={samples: 23, votes: 2, selection: estimate}");
        String output = spec.output().location();

        Map<String, byte[]> left = leftBy(() -> {
            PrivateEvolution.on(spark).run(spec);
            Dataset<Row> drawn = SavedEstimate.of(spark, output).draw(500, 1);
            SampleFiles.write(drawn, "csv", SampleFiles.next(spark, output));
            SampleFiles.print(drawn, "jsonl", System.out::println);
            return null;
        });

        addCleanVotes(spec);
        assertThat(cleanCounts).hasSizeGreaterThan(20);
        assertThat(left.keySet())
                .anyMatch(name -> name.contains("store/releases/marginals-2"))
                .anyMatch(name -> name.contains("out/samples/sample-001/part-"))
                .contains("log", "events", "estimate as text");
        assertThat(text(left.get("console"))).contains("\"color\":");
        assertThat(spark.read().parquet(output + "/estimate").columns())
                .as("of a table with a weight of its own")
                .containsExactly("color", "amount", "weight", "tier", "_weight");
        assertThat(found(left)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "client"})
    void aRunThatDiscoversItsColumnsLeavesNoRareValueAndNoCleanCount(String unit) throws Exception {
        RunSpec spec = writePrivateData(
                unit,
                "labels={column: tier}",
                "tabular={discover: {columns: [color, amount, weight]}}",
                // Of 31 clients, more noise would show nothing.
                "privacy.noise_multiplier=" + (unit.equals("client") ? 0.05 : 3),
                "evolution={samples: 23, votes: 2, selection: estimate}");
        String output = spec.output().location();

        Map<String, byte[]> left = leftBy(() -> PrivateEvolution.on(spark).run(spec));

        RunSpec found = RunConfiguration.parse(
                Files.readString(Path.of(output, "configuration.yaml")), "configuration", List.of());
        assertThat(found.labels().names()).containsExactly("1", "2", "other");
        addCleanVotes(found);
        if (unit.equals("record")) {
            // Four columns with three votes each: the clean counts of all cells that could hold so many records.
            for (long records = 100; records <= ROWS; records++) {
                cleanCounts.add(records * VoteGrid.vote(12));
            }
        }
        assertThat(cleanCounts).hasSizeGreaterThan(20);
        assertThat(left.keySet())
                .anyMatch(name -> name.contains("store/releases/discovery"))
                .anyMatch(name -> name.contains("discovery/draft.yaml"))
                .anyMatch(name -> name.contains("discovery/manifest.json"));
        assertThat(text(left.get("out/discovery/draft.yaml"))).contains("left out: \"color\"");
        assertThat(found(left)).isEmpty();
    }

    /**
     * Texts and images, whose vectors are kept. The scan also looks for the vectors, and finds them where they are kept
     * and nowhere else; where they are encrypted, it finds nothing.
     */
    @ParameterizedTest
    @CsvSource({"texts, client", "texts, record", "images, client", "images, record"})
    void whatIsKeptOfPrivateRecordsIsInThePrivateStoreAlone(String kind, String unit) throws Exception {
        boolean encrypted = unit.equals("client");
        RunSpec spec = kind.equals("texts") ? writePrivateTexts(unit) : writePrivateImages(unit);

        Map<String, byte[]> left = leftBy(() -> PrivateEvolution.on(spark).run(spec));

        Path kept = directory.resolve("out-private");
        addKeptVectors(spec, kept);
        addCleanVotesOfKept(spec);
        if (encrypted) {
            String key = System.getenv(KEY_VARIABLE);
            needles.put("the key", Pattern.compile(key, Pattern.LITERAL));
            String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key));
            needles.put("the key in Base64", Pattern.compile(base64, Pattern.LITERAL));
        }
        assertThat(cleanCounts).hasSizeGreaterThan(5);
        assertThat(left.keySet()).contains("log", "console", "events").anyMatch(name -> name.contains("vote-002"));
        assertThat(text(left.get("events"))).contains(": vote 2 of 2");
        assertThat(found(left)).isEmpty();
        Map<String, byte[]> hidden = files(kept, "private/");
        if (encrypted) {
            assertThat(found(hidden)).isEmpty();
        } else {
            assertThat(found(hidden)).anyMatch(leak -> leak.endsWith(": a vector 0"));
        }
        assertThat(hidden.keySet()).anyMatch(name -> name.contains("embeddings/"));
        assertThat(text(left.get("out/configuration.yaml"))).contains("out-private");
    }

    @Test
    void aRefusedRunSaysNothingOfTheRecordThatItRefuses() throws Exception {
        RunSpec spec = writePrivateTexts("client");
        Files.writeString(
                directory.resolve("private.jsonl"),
                "{\"label\": \"%s\", \"subject\": \"%s\", \"body\": \"%s\"}\n"
                        .formatted(TEXT_CANARY, CLIENT_CANARY, TEXT_CANARY),
                StandardOpenOption.APPEND);
        ByteArrayOutputStream trace = new ByteArrayOutputStream();

        Map<String, byte[]> left = leftBy(() -> {
            assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec))
                    .hasMessageContaining("a private label is null or not in labels.values")
                    .satisfies(
                            refusal -> refusal.printStackTrace(new PrintStream(trace, true, StandardCharsets.UTF_8)));
            return null;
        });

        left.put("exception", trace.toByteArray());
        assertThat(found(left)).isEmpty();
        left.put("planted", (TEXT_CANARY + "-4 of " + CLIENT_CANARY).getBytes(StandardCharsets.UTF_8));
        assertThat(found(left)).containsExactlyInAnyOrder("planted: texts", "planted: clients");
    }

    /** Its figures are for those who may see the records; what Spark logs of it is for more people than these. */
    @Test
    void anEvaluationLeavesNoRealValueButInItsFigures() throws Exception {
        writePrivateData("record");
        Path real = people("real.csv", 0);
        Path held = people("held.csv", 1);
        Path made = people("made.csv", 2);
        Files.createDirectories(directory.resolve("out"));
        List<Evaluation> found = new ArrayList<>();

        Map<String, byte[]> left = leftBy(() -> {
            found.add(evaluated(real, Optional.of(held), made));
            found.add(evaluated(real, Optional.empty(), made));
            return null;
        });

        assertThat(found.get(0).figures().stream()
                        .map(figure -> figure.measure().question()))
                .contains(Question.FIDELITY, Question.USE, Question.DETECTION, Question.MEMORY);
        assertThat(found.get(0).marginals().orElseThrow().toString()).contains(TEXT_CANARY);
        assertThat(found.get(1).notes()).anyMatch(note -> note.contains("client by client"));
        assertThat(text(left.get("events"))).contains("look for real rows among synthetic ones");
        assertThat(left.keySet()).noneMatch(name -> name.startsWith("out/"));
        assertThat(found(left)).isEmpty();
    }

    @Test
    void aRefusedEvaluationSaysNothingOfTheRecordThatItRefuses() throws Exception {
        writePrivateData("record");
        Path real = people("real.csv", 0);
        Files.writeString(real, "\"" + TEXT_CANARY + "-4," + amount(3), StandardOpenOption.APPEND);
        Files.createDirectories(directory.resolve("out"));
        ByteArrayOutputStream trace = new ByteArrayOutputStream();

        Map<String, byte[]> left = leftBy(() -> {
            assertThatThrownBy(() -> evaluated(real, Optional.empty(), people("made.csv", 2)))
                    .isInstanceOf(PrivateDataException.class)
                    .satisfies(
                            refusal -> refusal.printStackTrace(new PrintStream(trace, true, StandardCharsets.UTF_8)));
            return null;
        });

        left.put("exception", trace.toByteArray());
        assertThat(found(left)).isEmpty();
    }

    /** Names of files are private, too. */
    @Test
    void anEvaluationOfImagesNamesNone() throws Exception {
        RunSpec spec = writePrivateImages("client");
        String folder = spec.privateData().location();
        Files.createDirectories(directory.resolve("out"));
        ImageReading reading = new ImageReading(spark, Optional.of((ImageSpec) spec.modality()));

        Map<String, byte[]> left = leftBy(() -> {
            Optional<String> owner = Optional.of("owner");
            try (ImageComparison images = new ImageComparison(
                    spark,
                    reading.open(ImageSpec.FOLDER, folder, Map.of(), owner),
                    Optional.empty(),
                    reading,
                    request(owner),
                    new RunListener() {})) {
                assertThat(images.compare(reading.open(ImageSpec.FOLDER, folder, Map.of(), Optional.empty()))
                                .pairs())
                        .isNotEmpty();
            }
            return null;
        });

        assertThat(text(left.get("events"))).contains("embedding samples of the images");
        assertThat(found(left)).isEmpty();
    }

    /** The audit opens no private record: it leaves none. Nor does it leave its coins. */
    @Test
    void anAuditLeavesNoPrivateValueAndOfItsCanariesNone() throws Exception {
        RunSpec spec = writePrivateData("client");
        Files.createDirectories(directory.resolve("out"));
        Path output = directory.resolve("audit");

        Map<String, byte[]> left = leftBy(() -> Audit.on(spark)
                .run(spec, new AuditSettings(OptionalInt.of(60), 1, 0.95, 41, output.toString(), false)));

        assertThat(text(left.get("events"))).contains("leaks-audit: vote 2 of 2");
        assertThat(left.keySet()).noneMatch(name -> name.startsWith("out/"));
        needles.put("canaries", Pattern.compile("canary-\\d{6}"));
        assertThat(found(left)).isEmpty();
        assertThat(Files.exists(output.resolve("work"))).isFalse();
    }

    private Evaluation evaluated(Path real, Optional<Path> held, Path made) {
        TableEvaluation.Table rows = table(real);
        try (TableEvaluation tables = new TableEvaluation(
                spark,
                rows,
                held.map(this::table),
                rows.names(),
                request(Optional.of("client")),
                new RunListener() {})) {
            return tables.compare(table(made));
        }
    }

    private static EvaluationRequest request(Optional<String> client) {
        return new EvaluationRequest(
                List.of(), Optional.of("color"), 1, 200, 7, List.of(), Optional.empty(), client, Maker.OTHER);
    }

    private TableEvaluation.Table table(Path csv) {
        return TableEvaluation.Table.open(spark, "csv", csv.toString(), Map.of("header", "true"));
    }

    /** Three colours that are private values, and numbers that go with nothing. */
    private Path people(String name, int from) throws IOException {
        StringBuilder csv = new StringBuilder("color,amount,weight,client\n");
        for (int i = from; i < from + 240; i++) {
            csv.append("%s-%d,%s,%s,%s-%d\n".formatted(TEXT_CANARY, i % 3, amount(i), weight(i), CLIENT_CANARY, i / 4));
        }
        return Files.writeString(directory.resolve(name), csv);
    }

    /** Neither keys of clients nor what stands in made-up columns of their rows. */
    @Test
    void clientsLeaveNoIdentifier() throws Exception {
        Orders.write(directory, 80, 1);
        Path orders = directory.resolve("orders.csv");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(orders)) {
            String number = TEXT_CANARY + "-" + lines.size();
            lines.add(lines.isEmpty() ? line + ",number,courier" : "%s,%s,%s Doe".formatted(line, number, number));
        }
        Files.write(orders, lines);
        needles.put("texts", Pattern.compile(TEXT_CANARY, Pattern.LITERAL));
        needles.put("keys", Pattern.compile("key-7\\d{4}"));
        RunSpec spec = Orders.spec(
                directory,
                "tabular.children.0.columns.3={name: number, type: id, pattern: 'O-[0-9]{6}'}",
                "tabular.children.0.columns.4={name: courier, type: name}");

        Map<String, byte[]> left = leftBy(() -> PrivateEvolution.on(spark).run(spec));

        assertThat(left.keySet())
                .anyMatch(name -> name.contains("children/orders/csv/part-"))
                .contains("log", "console", "events", "children/orders/parquet as text");
        assertThat(text(left.get("children/orders/parquet as text"))).contains("|O-");
        assertThat(text(Files.readAllBytes(orders))).contains(TEXT_CANARY, "key-70003");
        assertThat(found(left)).isEmpty();
    }

    /** The scan's twin: whatever way out a leak takes, the scan finds it. */
    @Test
    void aPlantedLeakIsFound() throws Exception {
        RunSpec spec = writePrivateData("record");
        String client = CLIENT_CANARY + "-17";

        Map<String, byte[]> left = leftBy(() -> {
            PrivateEvolution.on(spark).run(spec);
            addCleanVotes(spec);
            long count = fraction();
            String votes = needles.keySet().stream()
                    .filter(name -> name.startsWith("["))
                    .findFirst()
                    .orElseThrow();
            LoggerFactory.getLogger("leak").info("read {} of client {}", TEXT_CANARY + "-5", client);
            LoggerFactory.getLogger("leak").warn("total {}", Long.toString(count));
            System.out.println("votes " + votes);
            spark.sparkContext().setJobDescription("client " + client);
            spark.range(1).count();
            spark.sparkContext().setJobDescription(null);
            Path output = Path.of(spec.output().location());
            Files.write(output.resolve("store/debug"), littleEndian(count));
            Files.writeString(output.resolve("debug.json"), votes.replace(" ", ""));
            Files.writeString(output.resolve("debug.csv"), amount(23));
            Files.writeString(output.resolve("debug.txt"), "{\"weight\":" + weight(23) + "}");
            return null;
        });

        assertThat(found(left))
                .contains(
                        "log: texts",
                        "log: clients",
                        "events: clients",
                        "out/debug.csv: amounts",
                        "out/debug.txt: weights",
                        "log: a clean count",
                        "out/store/debug: a clean count as bytes, " + fraction())
                .anyMatch(leak -> leak.startsWith("console: ["))
                .anyMatch(leak -> leak.startsWith("out/debug.json: ["));
    }

    private interface Action {
        Object run() throws Exception;
    }

    /** Everything that an action leaves behind, by where it is. */
    private Map<String, byte[]> leftBy(Action action) throws Exception {
        Map<String, byte[]> left = new LinkedHashMap<>();
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        long eventsBefore = Files.size(TestSession.eventLog());
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (CapturedLog log = new CapturedLog();
                PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            action.run();
            left.put("log", log.text().getBytes(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        left.put("console", console.toByteArray());
        Path output = directory.resolve("out");
        left.putAll(files(output, "out/"));
        left.put("events", TestSession.eventsSince(eventsBefore));
        for (String folder : List.of("synthetic/parquet", "estimate", "children/orders/parquet")) {
            if (Files.exists(output.resolve(folder))) {
                String rows = spark.read().parquet(output + "/" + folder).collectAsList().stream()
                        .map(row -> row.mkString("|") + "\n")
                        .collect(Collectors.joining());
                left.put(folder + " as text", rows.getBytes(StandardCharsets.UTF_8));
            }
        }
        return left;
    }

    private static Map<String, byte[]> files(Path directory, String prefix) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(prefix + directory.relativize(file), Files.readAllBytes(file));
            }
        }
        return content;
    }

    /** What is where. Bytes are searched one char a byte, so that binary files are searched too. */
    private List<String> found(Map<String, byte[]> left) {
        List<String> found = new ArrayList<>();
        left.forEach((name, bytes) -> {
            String content = text(bytes);
            needles.forEach((needle, pattern) -> {
                if (pattern.matcher(content).find()) {
                    found.add(name + ": " + needle);
                }
            });
            if (LONG_NUMBERS.matcher(content).results().anyMatch(this::isCleanCount)) {
                found.add(name + ": a clean count");
            }
            // The bytes of whole votes are zeros but for one or two, as those of many numbers in a Parquet file.
            cleanCounts.stream()
                    .filter(count -> count % (1L << 24) != 0)
                    .filter(count ->
                            content.contains(text(littleEndian(count))) || content.contains(text(bigEndian(count))))
                    .forEach(count -> found.add(name + ": a clean count as bytes, " + count));
        });
        return found;
    }

    /** A clean count that is not one of whole votes. */
    private long fraction() {
        return cleanCounts.stream()
                .filter(count -> count % (1L << 24) != 0)
                .findFirst()
                .orElseThrow();
    }

    private boolean isCleanCount(MatchResult number) {
        return number.group().length() < 19 && cleanCounts.contains(Long.parseLong(number.group()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private RunSpec writePrivateData(String unit, String... more) throws IOException {
        StringBuilder csv = new StringBuilder("color,amount,weight,tier,client\n");
        for (int i = 0; i < ROWS; i++) {
            // All texts go to `others`, most amounts beyond the bounds; no row is of tier 3.
            csv.append("%s-%d,%s,%s,%d,%s-%d\n"
                    .formatted(TEXT_CANARY, i, amount(i), weight(i), 1 + i % 2, CLIENT_CANARY, i % 31));
        }
        needles.put("texts", Pattern.compile(TEXT_CANARY, Pattern.LITERAL));
        needles.put("clients", Pattern.compile(CLIENT_CANARY, Pattern.LITERAL));
        needles.put("amounts", Pattern.compile("(?<!\\d)(41|7713\\d{4})\\.7713\\d{3}1(?!\\d)"));
        needles.put("weights", Pattern.compile("0?\\.\\d{3}17713(?!\\d)"));
        Path data = directory.resolve("private.csv");
        Files.writeString(data, csv);
        List<String> overrides = new ArrayList<>(List.of(more));
        if (unit.equals("client")) {
            overrides.addAll(List.of("privacy.unit=client", "private_data.client_column=client"));
        }
        return RunConfiguration.parse(YAML.formatted(data, directory.resolve("out")), "leaks.yaml", overrides);
    }

    private RunSpec writePrivateTexts(String unit) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ROWS / 4; i++) {
            lines.add("{\"label\": \"%s\", \"subject\": \"%s-%d\", \"body\": \"Buy the %s-%d of %s\"}"
                    .formatted(
                            i % 3 == 0 ? "spam" : "ham",
                            CLIENT_CANARY,
                            i % 11,
                            TEXT_CANARY,
                            i,
                            "uncle ".repeat(i % 7)));
        }
        Mails.write(directory);
        needles.put("texts", Pattern.compile(TEXT_CANARY, Pattern.LITERAL));
        needles.put("clients", Pattern.compile(CLIENT_CANARY, Pattern.LITERAL));
        List<String> overrides = kept(unit, "subject");
        overrides.add("text.columns=[body]");
        return Mails.corpusRun(
                Files.write(directory.resolve("private.jsonl"), lines),
                directory.resolve("out"),
                overrides.toArray(String[]::new));
    }

    private RunSpec writePrivateImages(String unit) throws IOException {
        StringBuilder csv = new StringBuilder("file,label,owner\n");
        Path root = directory.resolve("private");
        for (int i = 0; i < Portraits.COUNT; i++) {
            String label = Portraits.folderOf(i);
            String name = TEXT_CANARY + "-" + i + ".png";
            Files.createDirectories(root.resolve(label));
            Files.write(root.resolve(label).resolve(name), Png.encode(Portraits.portrait(i)));
            csv.append("%s/%s,%s,%s-%d\n".formatted(label, name, label, CLIENT_CANARY, i % 5));
        }
        needles.put("texts", Pattern.compile(TEXT_CANARY, Pattern.LITERAL));
        needles.put("clients", Pattern.compile(CLIENT_CANARY, Pattern.LITERAL));
        List<String> overrides = kept(unit, "owner");
        overrides.add("images.labels_file=" + Files.writeString(directory.resolve("labels.csv"), csv));
        overrides.add("evolution={schedule: [13, 7, 7]}");
        return Portraits.run(root, directory.resolve("out"), overrides.toArray(String[]::new));
    }

    /** Settings of a run that keeps its private store; that of clients is encrypted. */
    private static List<String> kept(String unit, String clientColumn) {
        List<String> overrides = new ArrayList<>(List.of(
                "private_data.store.keep=true",
                "vote.neighbors=3",
                "labels.fractions={noisy: {noise_multiplier: 4}}",
                "evaluation.private_metrics=false"));
        if (unit.equals("client")) {
            overrides.add("privacy.unit=client");
            overrides.add("private_data.client_column=" + clientColumn);
            overrides.add("private_data.store.key_env=" + KEY_VARIABLE);
        }
        return overrides;
    }

    private void addKeptVectors(RunSpec spec, Path kept) throws IOException {
        Path vectors;
        try (Stream<Path> directories = Files.walk(kept)) {
            vectors = directories
                    .filter(path -> path.getFileName().toString().startsWith("vectors-"))
                    .findFirst()
                    .orElseThrow();
        }
        List<Row> rows = PrivateStore.of(spark, spec)
                .reader(spark)
                .parquet(vectors.toString())
                .collectAsList();
        assertThat(rows).hasSizeGreaterThan(20);
        for (int i = 0; i < rows.size(); i++) {
            needles.put("a vector " + i, Pattern.compile(text(rows.get(i).getAs(0)), Pattern.LITERAL));
        }
    }

    /** As {@link #addCleanVotes(RunSpec)}, of the vectors that are kept. */
    private void addCleanVotesOfKept(RunSpec spec) {
        RunFiles files = RunFiles.at(spec.output().location() + "/store", new Configuration());
        OpenModality modality = Modalities.open(
                spark, new PrivateSource(spark), spec, files, PrivateStore.of(spark, spec), new RunListener() {});
        try (PrivateVectors vectors = modality.privateVectors()) {
            addCleanVotes(spec, vectors, modality.candidateEmbedder(), 2);
        }
    }

    private static String amount(int i) {
        return "%d.7713%03d1".formatted(i % 4 == 0 ? 41 : 77_130_000 + i, i);
    }

    private static String weight(int i) {
        return "0.%03d17713".formatted(i * 37 % 1000);
    }

    /** Counts the votes of every population again, and adds them to what must not be found. */
    private void addCleanVotes(RunSpec spec) {
        TabularEmbedder embedder = new TabularEmbedder(spec.tabular().schema(), 1, 1.0 / 3);
        try (PrivateVectors vectors = PrivateVectors.embed(spec, new PrivateSource(spark).open(spec), embedder)) {
            addCleanVotes(spec, vectors, embedder, 3);
            if (spec.evolution().estimates()) {
                MarginalQuery columns = new TableEstimate(
                                spec.tabular().schema(),
                                3,
                                embedder,
                                spec.vote().metric(),
                                spec.vote().neighbors(),
                                spec.evolution().votes(),
                                spec.privacy().unit(),
                                Constraints.NONE,
                                TableEstimate.Settings.DEFAULT,
                                new Seed(spec.seed()),
                                RowStructure.NONE)
                        .firstMarginals();
                addCleanVotes(TestNoise.cleanVotes(
                        new VoteStage(spark, spec).marginalHistogram("count again", vectors, columns)));
            }
        }
    }

    private void addCleanVotes(RunSpec spec, PrivateVectors vectors, Embedder embedder, int labels) {
        RunFiles files = RunFiles.at(spec.output().location() + "/store", new Configuration());
        VoteStage stage = new VoteStage(spark, spec);
        try (DriverLease lease = DriverLease.acquire(files, Clock.systemUTC())) {
            FileIterationStore store = new FileIterationStore(files, lease, "run");
            addCleanVotes(TestNoise.cleanVotes(stage.labelHistogram(vectors)));
            for (int iteration = 0; iteration <= 1; iteration++) {
                Population population = store.population(iteration);
                addCleanVotes(TestNoise.cleanVotes(stage.nearestNeighborHistogram(
                                "count again",
                                vectors,
                                embedder.embed(population.payloads()),
                                embedder.dimension(),
                                population.labelOffsets(labels))
                        .histogram()));
            }
        }
    }

    private void addCleanVotes(long[] gridVotes) {
        LongStream.of(gridVotes).filter(votes -> votes > 1_000_000_000).forEach(cleanCounts::add);
        // As counts of whole votes, in any list notation.
        String list = Arrays.stream(gridVotes)
                .mapToObj(votes -> Long.toString(Math.round(votes / (double) (1L << 30))))
                .collect(Collectors.joining(", "));
        // A few small numbers in a row stand in every event log.
        if (gridVotes.length >= SHORTEST_LIST) {
            needles.put("[" + list + "]", Pattern.compile(list.replace(", ", "[\\s,;|]+")));
        }
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] bigEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
