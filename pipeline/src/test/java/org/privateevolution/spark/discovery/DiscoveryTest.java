package org.privateevolution.spark.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import scala.Tuple2;

class DiscoveryTest {

    private static final SparkSession SPARK = TestSession.spark();
    private static final int ROWS = 4_000;

    @TempDir
    Path directory;

    @Test
    void whatManyRecordsHoldIsFound() throws Exception {
        Map<String, DiscoveredColumn> found = columns(Discovery.on(SPARK).run(request(people(), "", 10)));

        assertThat(found.get("age").type()).isEqualTo("long");
        assertThat(Double.parseDouble(found.get("age").min())).isBetween(15.0, 25.0);
        assertThat(Double.parseDouble(found.get("age").max())).isBetween(70.0, 90.0);
        assertThat(found.get("size").decimals()).isOne();
        assertThat(found.get("size").special()).containsExactly("99.9");
        assertThat(found.get("town").categories()).containsExactly("Bonn", "Köln", "Ulm", "other");
        assertThat(found.get("town").nullable()).isTrue();
        assertThat(found.get("born").type()).isEqualTo("date");
        assertThat(found.get("born").min()).isBetween("1960-01-01", "1975-01-01");
        assertThat(found.get("born").max()).isBetween("1975-12-31", "1989-12-31");
        assertThat(found.get("member").categories()).containsExactly("false", "true");
        assertThat(found.get("code").leftOut()).isTrue();
        assertThat(found.get("note").note()).isEqualTo("free text");
        assertThat(found.get("empty").leftOut()).isTrue();
    }

    @Test
    void whatOneRecordHoldsIsNot() throws Exception {
        List<String> lines = new ArrayList<>(List.of("town", "Atlantis"));
        for (int i = 0; i < 500; i++) {
            lines.add("Ulm");
        }
        DiscoveredColumn town =
                columns(Discovery.on(SPARK).run(request(file(lines), "", 2))).get("town");

        assertThat(town.categories()).containsExactly("Ulm", "other");
    }

    @Test
    void theLedgerIsChargedOnceWithTheThreshold() throws Exception {
        DiscoveryRequest request = request(people(), "", 1);
        Discovery.Result first = Discovery.on(SPARK).run(request);
        Discovery.Result second = Discovery.on(SPARK).run(request);

        assertThat(first.again()).isFalse();
        assertThat(second.again()).isTrue();
        assertThat(second.table()).isEqualTo(first.table());
        Ledger ledger = ledger();
        assertThat(ledger.entries()).hasSize(1);
        Release release = ledger.entries().get(0).release();
        assertThat(release.kind()).isEqualTo(Release.Kind.DISCOVERY);
        assertThat(release.thresholdDelta()).isEqualTo(0.1 * 1e-6);
        assertThat(ledger.epsilon(1e-6, Adjacency.ADD_REMOVE)).isCloseTo(1, within(1e-9));
    }

    @Test
    void aBudgetThatDoesNotAllowItRefusesBeforeAnythingIsRead() throws Exception {
        Discovery.on(SPARK).run(request(people(), "", 1));
        ledger().setBudget(new PrivacyBudget(1.2, 1e-6, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, ""), LocalDate.EPOCH);
        DiscoveryRequest more = request("csv", directory.resolve("people.csv").toString(), List.of(), "", 1, "other");

        assertThatThrownBy(() -> Discovery.on(SPARK).run(more))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("budget");
        assertThat(ledger().entries()).hasSize(1);
    }

    @Test
    void otherSettingsInTheSameFolderAreRefused() throws Exception {
        Path people = people();
        Discovery.on(SPARK).run(request(people, "", 1));

        assertThatThrownBy(() -> Discovery.on(SPARK).run(request(people, "", 2)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("epsilon is 1.0, and now is 2.0");
        assertThat(ledger().entries()).hasSize(1);
    }

    @Test
    void recordsThatCannotBeReadAreRefusedWithoutACharge() throws Exception {
        Path torn = file(List.of("a,b", "1,2", "3"));

        assertThatThrownBy(() -> Discovery.on(SPARK).run(request(torn, "", 1)))
                .isInstanceOf(PrivateDataException.class);
        assertThat(ledger().entries()).isEmpty();
    }

    @Test
    void aClientWhoColumnIsMissingIsNamed() throws Exception {
        Path people = people();

        assertThatThrownBy(() -> Discovery.on(SPARK).run(request(people, "towm", 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean town?");
    }

    @Test
    void aClientHasOneVoteHoweverManyRecords() throws Exception {
        List<String> lines = new ArrayList<>(List.of("id,town"));
        for (int i = 0; i < 3_000; i++) {
            lines.add("7,Atlantis");
            lines.add(1000 + i / 3 + ",Ulm");
        }
        Path file = file(lines);
        DiscoveredColumn town =
                columns(Discovery.on(SPARK).run(request(file, "id", 2))).get("town");

        assertThat(town.categories()).containsExactly("Ulm", "other");
        assertThat(ledger().entries().get(0).release().clientColumn()).isEqualTo("id");
    }

    /** Which names records have is private: they are given, and one that nobody gave is told nobody. */
    @Test
    void columnsOfJsonAreThoseThatAreGiven() throws Exception {
        List<String> lines = new ArrayList<>(List.of("{\"town\": \"Ulm\", \"u_8842\": 1}"));
        for (int i = 0; i < 500; i++) {
            lines.add("{\"town\": \"Ulm\", \"age\": " + (20 + i % 40) + "}");
        }
        Path file = file("people.json", lines);

        assertThatThrownBy(() -> Discovery.on(SPARK).run(json(file, List.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--columns");
        Map<String, DiscoveredColumn> found = columns(Discovery.on(SPARK).run(json(file, List.of("age", "town"))));
        assertThat(found.keySet()).containsExactlyInAnyOrder("age", "town");
        assertThat(found.get("town").categories()).containsExactly("Ulm", "other");
    }

    private DiscoveryRequest json(Path file, List<String> columns) {
        return request("json", file.toString(), columns, "", 4, "out");
    }

    /** Whether a folder holds a record of another form is private. */
    @Test
    void namesOfFoldersAreTextsWhateverTheyHold() throws Exception {
        String folder = directory.resolve("table").toString();
        SPARK.range(600)
                .selectExpr("id % 7 AS n", "CASE WHEN id < 300 THEN 12345 ELSE 54321 END AS zip")
                .write()
                .partitionBy("zip")
                .parquet(folder);
        DiscoveryRequest request = request("parquet", folder, List.of("zip", "n"), "", 8, "out");

        Map<String, DiscoveredColumn> found = columns(Discovery.on(SPARK).run(request));

        // Counted as numbers, as any text of digits is.
        assertThat(found.get("zip").type()).isEqualTo("long");
        assertThat(found.get("n").type()).isEqualTo("long");
        assertThat(found.get("n").max()).isEqualTo("6");
    }

    /** What is computed anew each time may be other records each time. */
    @Test
    void viewsAndDataFramesAreReadOnce() {
        LongAccumulator read = SPARK.sparkContext().longAccumulator();
        SPARK.udf().register("counted", counted(read), DataTypes.LongType);
        Dataset<Row> records = SPARK.range(600).selectExpr("counted(id) % 3 AS a");
        records.createOrReplaceTempView("discovered_view");

        Map<String, DiscoveredColumn> ofView =
                columns(Discovery.on(SPARK).run(request("table", "discovered_view", List.of(), "", 4, "out")));
        assertThat(read.value()).isEqualTo(600);
        Map<String, DiscoveredColumn> given = columns(Discovery.on(SPARK)
                .privateData(records)
                .run(request("dataframe", "people", List.of("a"), "", 4, "given")));

        assertThat(read.value()).isEqualTo(1_200);
        assertThat(ofView.get("a").max()).isEqualTo("2");
        assertThat(given.get("a").max()).isEqualTo("2");
        assertThat(ledger().entries()).hasSize(2);
    }

    private static UDF1<Long, Long> counted(LongAccumulator read) {
        return value -> {
            read.add(1);
            return value;
        };
    }

    @Test
    void aDataFrameHasToBeGivenIfTheRequestSaysSo() {
        assertThatThrownBy(() -> Discovery.on(SPARK).run(request("dataframe", "people", List.of(), "", 1, "out")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no DataFrame was given");
        assertThatThrownBy(() -> Discovery.on(SPARK)
                        .privateData(SPARK.range(3).selectExpr("rand() AS a"))
                        .run(request("dataframe", "people", List.of(), "", 1, "out")))
                .isInstanceOf(PrivateDataException.class);
    }

    /** Row by row, and client by client: the votes of any unit have a norm of at most one. */
    @Test
    void votesOfAnyUnitHaveANormOfAtMostOne() throws Exception {
        Random random = new Random(4);
        DiscoveryCells cells = new DiscoveryCells(3);
        for (int round = 0; round < 200; round++) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                rows.add(RowFactory.create(
                        random.nextBoolean() ? null : random.nextInt(4),
                        "w".repeat(1 + random.nextInt(3)),
                        random.nextDouble(),
                        "client",
                        null));
            }
            double one = VoteGrid.vote(1);
            assertThat(norm(new DiscoveryTask(cells, -1).call(rows.subList(0, 1).iterator())))
                    .isBetween(0.8 * one, one);
            assertThat(norm(copy(new DiscoveryTask(cells, 3)).call(rows.iterator())))
                    .isBetween(0.99 * one, one);
        }
    }

    private static double norm(Iterator<Tuple2<String, Long>> votes) {
        double squares = 0;
        while (votes.hasNext()) {
            double vote = votes.next()._2();
            squares += vote * vote;
        }
        return Math.sqrt(squares);
    }

    private static DiscoveryTask copy(DiscoveryTask task) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(task);
        return (DiscoveryTask) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private Path people() throws Exception {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>(List.of("age,size,town,born,member,code,note,empty"));
        String[] towns = {"Bonn", "Köln", "Ulm", ""};
        for (int i = 0; i < ROWS; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%d-%02d-11,%s,c%d,%s,",
                    20 + random.nextInt(60),
                    random.nextInt(4) == 0 ? "99.9" : String.format(Locale.ROOT, "%.1f", random.nextInt(4000) / 10.0),
                    towns[random.nextInt(4)],
                    1970 + random.nextInt(10),
                    1 + random.nextInt(12),
                    random.nextBoolean(),
                    i,
                    "this is row " + i + " of a long text"));
        }
        return file("people.csv", lines);
    }

    private Path file(List<String> lines) throws Exception {
        return file("rows.csv", lines);
    }

    private Path file(String name, List<String> lines) throws Exception {
        return Files.write(directory.resolve(name), lines);
    }

    private DiscoveryRequest request(Path input, String client, double epsilon) {
        return request("csv", input.toString(), List.of(), client, epsilon, "out");
    }

    private DiscoveryRequest request(
            String format, String location, List<String> columns, String client, double epsilon, String output) {
        return new DiscoveryRequest(
                format,
                location,
                Map.of(),
                columns,
                client,
                epsilon,
                1e-6,
                Adjacency.ADD_REMOVE,
                directory.resolve("ledger").toString(),
                directory.resolve(output).toString());
    }

    private Ledger ledger() {
        return new Ledger(
                new FileLedgerStorage(RunFiles.at(directory.resolve("ledger").toString(), new Configuration())));
    }

    private static Map<String, DiscoveredColumn> columns(Discovery.Result result) {
        return result.table().columns().stream().collect(Collectors.toMap(DiscoveredColumn::name, column -> column));
    }
}
