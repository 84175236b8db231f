package org.privateevolution.spark.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.RunListener;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.TableBins;

/** Runs on clients with child tables. */
class ClientsRunTest {

    private static final String ORDERED =
            "tabular.children=[{name: orders, path: PLACE/orders.csv, key: customer, rows: 5, order: day, columns: ["
                    + "{name: day, type: integer, min: 1, max: 100},"
                    + "{name: shop, type: string, categories: [Bern, Oslo, Rome]},"
                    + "{name: amount, type: double, min: 0, max: 100, nullable: true}]}]";

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private String ordered() {
        return ORDERED.replace("PLACE", folder.toString());
    }

    private List<Row> child(String format) {
        return spark.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .format(format)
                .load(folder.resolve("out/children/orders").resolve(format).toString())
                .collectAsList();
    }

    @Test
    void clientsArePublishedAsTablesWhoseKeysAgree() throws IOException {
        Orders.write(folder, 200, 1);

        RunResult result = run(Orders.spec(folder));

        assertThat(result.synthetic().schema().simpleString()).isEqualTo("struct<id:bigint,age:int,city:string>");
        List<Row> clients = result.synthetic().collectAsList();
        assertThat(clients).hasSize(60);
        Set<Object> keys = clients.stream().map(row -> row.get(0)).collect(Collectors.toSet());
        assertThat(keys).hasSize(60);
        List<Row> orders = child("parquet");
        assertThat(orders).isNotEmpty();
        assertThat(orders.get(0).schema().simpleString())
                .isEqualTo("struct<customer:bigint,day:int,shop:string,amount:double>");
        assertThat(orders).allSatisfy(row -> {
            assertThat(keys).contains(row.get(0));
            assertThat(row.<Integer>getAs("day")).isBetween(1, 100);
            assertThat(row.<String>getAs("shop")).isNotNull();
        });
        assertThat(orders.stream()
                        .collect(Collectors.groupingBy(row -> row.get(0)))
                        .values())
                .allSatisfy(rows -> assertThat(rows).hasSizeLessThanOrEqualTo(5));
        assertThat(child("csv")).hasSameSizeAs(orders);
        assertThat(result.guarantee().charges().stream()
                        .map(entry -> entry.release().releaseId()))
                .containsExactly("marginals-1", "marginals-2", "marginals-3", "vote-001", "vote-002");
        assertThat(result.guarantee().sentence()).contains("all records of one id, added or removed");
        assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(4);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("orders_shop");
    }

    @Test
    void aWideTableHasTheClientsColumnsInEachRow() {
        Orders.writeWide(folder, 150, 2);

        RunResult result = run(Orders.wide(folder));

        Set<Object> keys = result.synthetic().collectAsList().stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        List<Row> orders = child("parquet");
        assertThat(orders.get(0).schema().fieldNames()).containsExactly("id", "day", "shop", "amount");
        assertThat(orders).allSatisfy(row -> assertThat(keys).contains(row.get(0)));
    }

    @Test
    void rowsOfAnOrderedTableAreInOrder() {
        Orders.write(folder, 200, 3);

        run(Orders.spec(folder, ordered()));

        Map<Object, Integer> last = new HashMap<>();
        assertThat(child("parquet")).isNotEmpty().allSatisfy(row -> {
            Integer before = last.put(row.get(0), row.getAs("day"));
            assertThat(row.<Integer>getAs("day")).isGreaterThanOrEqualTo(before == null ? 1 : before);
        });
    }

    @Test
    void aRunThatIsInterruptedEndsAsIfItWereNot() {
        interruptAt("initial population");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"third marginals", "vote 2"})
    void aRunThatIsInterruptedElsewhereDoesSoToo(String stage) {
        interruptAt(stage);
    }

    private void interruptAt(String stage) {
        Orders.write(folder, 120, 4);
        RunSpec spec = Orders.spec(folder);
        RunListener stops = new RunListener() {
            @Override
            public void stageStarted(String started, long total) {
                if (started.startsWith(stage)) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
        assertThatThrownBy(() -> PrivateEvolution.on(spark).listener(stops).run(spec))
                .hasMessageContaining("stopped");

        RunResult resumed = run(spec);
        List<Row> clients = resumed.synthetic().collectAsList();
        List<Row> orders = child("parquet");

        assertThat(resumed.guarantee().charges()).hasSize(5);
        RunResult again = run(spec);
        assertThat(again.synthetic().collectAsList()).isEqualTo(clients);
        assertThat(child("parquet")).isEqualTo(orders);
        assertThat(again.guarantee().charges()).hasSize(5);
    }

    @Test
    void moreClientsCostNothing() {
        Orders.write(folder, 120, 5);
        run(Orders.spec(folder));

        RunResult more = run(Orders.spec(folder, "output.rows=500"));

        assertThat(more.synthetic().count()).isEqualTo(500);
        assertThat(more.guarantee().charges()).hasSize(5);
    }

    /** Everything that one client can move, in grid units, over random pairs of neighbouring data sets. */
    @ParameterizedTest
    @CsvSource({"1,false", "2,true", "3,false", "4,true"})
    void aClientMovesEveryReleaseByAtMostOneVote(long seed, boolean isOrdered) throws IOException {
        Orders.write(folder, 25, seed);
        RunSpec spec = isOrdered ? Orders.spec(folder, ordered()) : Orders.spec(folder);
        List<long[]> with = releases(spec, seed);
        String gone = "key-" + (70_000 + (int) (seed * 5));
        for (String file : List.of("customers.csv", "orders.csv")) {
            Path path = folder.resolve(file);
            List<String> kept = Files.readAllLines(path).stream()
                    .filter(line -> !line.startsWith(gone + ","))
                    .toList();
            Files.write(path, kept);
        }
        List<long[]> without = releases(spec, seed);

        BigInteger one = BigInteger.valueOf(VoteGrid.vote(1)).pow(2);
        for (int release = 0; release < with.size(); release++) {
            BigInteger squares = BigInteger.ZERO;
            for (int i = 0; i < with.get(release).length; i++) {
                squares = squares.add(BigInteger.valueOf(with.get(release)[i] - without.get(release)[i])
                        .pow(2));
            }
            assertThat(squares).isPositive().isLessThanOrEqualTo(one);
        }
    }

    /** The clean counts of columns, of pairs, and of a vote. */
    private List<long[]> releases(RunSpec spec, long seed) {
        TableSchema joined = spec.tabular().schema();
        List<long[]> counted = new ArrayList<>();
        try (PrivateVectors vectors = new PrivateClients(spark, new PrivateSource(spark), spec).checked()) {
            VoteStage stage = new VoteStage(spark, spec);
            for (List<MarginalQuery.Marginal> marginals :
                    List.of(MarginalQuery.columns(joined.size(), 1), MarginalQuery.pairs(joined.size()))) {
                MarginalQuery query = new MarginalQuery(TableBins.fine(joined, 5), marginals);
                counted.add(TestNoise.cleanVotes(stage.marginalHistogram("marginals", vectors, query)));
            }
            List<ClientRecord> candidates = candidates(spec, seed);
            ClientEmbedder embedder = ClientEmbedder.of(spec.tabular());
            counted.add(TestNoise.cleanVotes(stage.nearestNeighborHistogram(
                            "vote", vectors, embedder.embed(candidates), embedder.dimension(), new int[] {
                                0, candidates.size()
                            })
                    .histogram()));
        }
        return counted;
    }

    private static List<ClientRecord> candidates(RunSpec spec, long seed) {
        Random random = new Random(seed);
        ClientTables tables = spec.tabular().clients().orElseThrow();
        List<ClientRecord> candidates = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<TableRow> rows = new ArrayList<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                rows.add(new TableRow(new double[] {1 + random.nextInt(100), random.nextInt(3), random.nextInt(100)}));
            }
            rows.sort((a, b) -> Double.compare(a.code(0), b.code(0)));
            candidates.add(new ClientRecord(tables.join(
                    new TableRow(new double[] {18 + random.nextInt(60), random.nextInt(3)}), List.of(rows), 0)));
        }
        return candidates;
    }

    /** The counts of joined rows computed from the files in another way, and the votes by brute force. */
    @Test
    void marginalsAndVotesAreThoseOfTheDefinition() throws IOException {
        Orders.write(folder, 60, 9);
        RunSpec spec = Orders.spec(folder, "tabular.children.0.rows=10");
        ClientTables tables = spec.tabular().clients().orElseThrow();
        TableSchema joined = spec.tabular().schema();
        List<ClientRecord> clients = clients(tables);
        MarginalQuery query = new MarginalQuery(TableBins.fine(joined, 5), MarginalQuery.columns(joined.size(), 1));
        MarginalCells cells = new MarginalCells(joined, 1, query);
        double[] expected = new double[cells.size()];
        int[] own = new int[cells.marginals()];
        for (ClientRecord client : clients) {
            for (TableRow row : client.rows()) {
                cells.cells(0, row, own);
                // The other row of a client is any of its rows.
                for (int cell : own) {
                    expected[cell] += 1 / (client.rows().size() * Math.sqrt(own.length));
                }
            }
        }
        ClientEmbedder embedder = ClientEmbedder.of(spec.tabular());
        List<ClientRecord> candidates = candidates(spec, 9);
        float[] standing = embedder.embed(candidates);
        double[] votes = new double[candidates.size()];
        for (ClientRecord client : clients) {
            votes[nearest(embedder.embed(List.of(client)), standing)]++;
        }

        List<long[]> released = releases(spec, 9);

        double grid = VoteGrid.vote(1);
        for (int i = 0; i < expected.length; i++) {
            assertThat(released.get(0)[i] / grid).isCloseTo(expected[i], within(1e-6));
        }
        assertThat(Arrays.stream(released.get(2))
                        .mapToDouble(vote -> vote / grid)
                        .toArray())
                .containsExactly(votes);
    }

    /** Spark then hands on rows without a schema. */
    @Test
    void theKeyMayBeTheLastColumn() throws IOException {
        Orders.write(folder, 40, 6);
        List<long[]> first = releases(Orders.spec(folder), 6);
        for (String file : List.of("customers.csv", "orders.csv")) {
            List<String> turned = Files.readAllLines(folder.resolve(file)).stream()
                    .map(line -> line.substring(line.indexOf(',') + 1) + "," + line.substring(0, line.indexOf(',')))
                    .toList();
            Files.write(folder.resolve(file), turned);
        }

        List<long[]> last = releases(Orders.spec(folder), 6);

        for (int release = 0; release < first.size(); release++) {
            assertThat(last.get(release)).isEqualTo(first.get(release));
        }
    }

    private List<ClientRecord> clients(ClientTables tables) throws IOException {
        Map<String, List<TableRow>> rows = new HashMap<>();
        for (String line : lines("orders.csv")) {
            String[] cells = line.split(",", -1);
            double[] codes = new double[3];
            for (int i = 0; i < 3; i++) {
                codes[i] = tables.children().get(0).schema().columns().get(i).encode(cells[i + 1]);
            }
            rows.computeIfAbsent(cells[0], key -> new ArrayList<>()).add(new TableRow(codes));
        }
        List<ClientRecord> clients = new ArrayList<>();
        for (String line : lines("customers.csv")) {
            String[] cells = line.split(",", -1);
            TableRow own = new TableRow(new double[] {
                tables.root().columns().get(0).encode(cells[1]),
                tables.root().columns().get(1).encode(cells[2])
            });
            clients.add(new ClientRecord(tables.join(own, List.of(rows.getOrDefault(cells[0], List.of())), 0)));
        }
        return clients;
    }

    private List<String> lines(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        return lines.subList(1, lines.size());
    }

    private static int nearest(float[] vector, float[] candidates) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < candidates.length / vector.length; c++) {
            double distance = 0;
            for (int i = 0; i < vector.length; i++) {
                distance += Math.pow(vector[i] - candidates[c * vector.length + i], 2);
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    @Test
    void whatCountsOfAClientDoesNotDependOnHowItIsRead() throws IOException {
        Orders.write(folder, 40, 6);
        List<long[]> once = releases(Orders.spec(folder), 6);
        Path orders = folder.resolve("orders.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(orders));
        Collections.shuffle(lines.subList(1, lines.size()), new Random(1));
        Files.write(orders, lines);

        List<long[]> again = releases(Orders.spec(folder, "private_data.partitions=3"), 6);

        for (int release = 0; release < once.size(); release++) {
            assertThat(again.get(release)).isEqualTo(once.get(release));
        }
    }

    @Test
    void rowsThatBelongToNobodyAreLeftOut() throws IOException {
        Orders.write(folder, 40, 7);
        List<long[]> without = releases(Orders.spec(folder), 7);
        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, Files.readString(orders) + "nobody,5,Oslo,3\nnobody,6,Oslo,4\n");

        List<long[]> with = releases(Orders.spec(folder), 7);

        for (int release = 0; release < with.size(); release++) {
            assertThat(with.get(release)).isEqualTo(without.get(release));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customers.csv | key-70003,40,Oslo   | have the same key",
                "customers.csv | ,40,Oslo            | no client id",
                "customers.csv | key-1,40,Paris      | column 'city'",
                "orders.csv    | ,5,Oslo,3           | no client id",
                "orders.csv    | key-70003,500,Oslo,3 | column 'day'",
                "orders.csv    | key-70003,5,,3      | column 'shop'",
            })
    void badRowsAreRefusedBeforeAnythingIsCharged(String file, String row, String problem) throws IOException {
        Orders.write(folder, 30, 8);
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path) + row + "\n");
        RunSpec spec = Orders.spec(folder);

        assertThatThrownBy(() -> run(spec))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("70003")
                .hasMessageNotContaining("Paris");
        assertThat(Charges.in(Path.of(spec.privacy().ledger().replaceFirst("^file:", ""))))
                .isEmpty();
        assertThatThrownBy(() -> PrivateEvolution.on(spark).check(spec)).hasMessageContaining(problem);
    }

    @Test
    void rowsOfOneClientThatDifferInItsColumnsAreRefused() throws IOException {
        Orders.writeWide(folder, 30, 8);
        Path path = folder.resolve("wide.csv");
        Files.writeString(path, Files.readString(path) + "key-70003,99,Oslo,1,Oslo,1\n");

        assertThatThrownBy(() -> run(Orders.wide(folder)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContainingAll("rows of one client differ", "tabular.children[].columns")
                .hasMessageNotContaining("70003");
    }

    @Test
    void nothingPrivateIsInLogsOrWhatARunLeaves() throws IOException {
        Orders.write(folder, 80, 10);
        String log;
        try (CapturedLog captured = new CapturedLog()) {
            run(Orders.spec(folder));
            log = captured.text();
        }
        Set<String> keys = new HashSet<>();
        for (String line : lines("customers.csv")) {
            keys.add(line.split(",")[0]);
        }
        List<String> left = new ArrayList<>(List.of(log));
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                left.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(left).hasSizeGreaterThan(10).allSatisfy(text -> assertThat(keys)
                .noneMatch(text::contains));
        Dataset<Row> synthetic =
                spark.read().parquet(folder.resolve("out/synthetic/parquet").toString());
        assertThat(synthetic.count()).isEqualTo(60);
    }
}
