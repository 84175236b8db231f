package org.privateevolution.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.audit.Check;
import org.privateevolution.audit.Verdict;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Orders;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.run.ProbeLoop.Probed;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.audit.Canaries.Owned;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/**
 * Audits on Spark, with the product's secure noise. Each fails by chance less than once in a million, which is
 * {@link Check#FALSE_ALARMS}. With so little noise a vote that counts for its root of two is seen at 60 canaries; the
 * checks are as exact as with more of it.
 */
class AuditTest {

    private static final double NOISE = 0.15;
    private static final String LITTLE_NOISE = "privacy.noise_multiplier=" + NOISE;

    private static final String[] CLIENTS = {"privacy.epsilon=null", LITTLE_NOISE};

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private AuditSettings settings(int canaries, int runs, boolean blackBox) {
        return new AuditSettings(
                OptionalInt.of(canaries),
                runs,
                0.95,
                41,
                folder.resolve("audit").toString(),
                blackBox);
    }

    private Findings audit(RunSpec spec, int canaries) {
        return Audit.on(spark).run(spec, settings(canaries, 1, false));
    }

    private void requireHonest(WhiteBox found, double attained) {
        assertThat(found.checks()).noneMatch(Check::fails);
        assertThat(found.resumed()).isTrue();
        assertThat(found.calibration().attainedMu() / found.claim().mu()).isCloseTo(attained, within(1e-6));
        // What the checks can see: an eighth of what a canary weighs.
        assertThat(found.calibration().differenceError())
                .isLessThan(found.calibration().attainedMu() / 8);
    }

    private static RunSpec customers(Path folder, String... overrides) {
        return Customers.spec(folder.resolve("nowhere"), folder.resolve("out"), overrides);
    }

    /** The private data are not there, and no file of the configuration's is made: the audit has opened none. */
    @Test
    void anEstimateOfATableIsAuditedWithAllItsReleasesAndNothingOfItsOwnIsTouched() throws IOException {
        RunSpec spec = customers(folder, "evolution={schedule: [31, 23, 17], selection: estimate}", LITTLE_NOISE);

        Findings findings = Audit.on(spark).run(spec, settings(120, 1, false));

        requireHonest(findings.whiteBox(), 1);
        assertThat(findings.whiteBox().claim().releases()).isEqualTo(4);
        assertThat(findings.whiteBox().calibration().canaries()).isEqualTo(120);
        assertThat(findings.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void replacedClientsAreAuditedWhereSeveralCandidatesShareAVote() {
        RunSpec spec = customers(
                folder,
                "privacy.unit=client",
                "privacy.adjacency=replace-one",
                "private_data.client_column=id",
                "vote.neighbors=3",
                LITTLE_NOISE);

        WhiteBox found = audit(spec, 100).whiteBox();

        requireHonest(found, 1);
        assertThat(found.claim().mu()).isCloseTo(Math.sqrt(2 * 2) / NOISE, within(1e-6));
    }

    /** Neither table of the configuration is there, and a client has more rows than count. */
    @ParameterizedTest
    @ValueSource(strings = {"customers.csv", "wide.csv"})
    void clientsWithRowsInChildTablesAreAudited(String root) throws IOException {
        RunSpec spec = root.equals("wide.csv") ? Orders.wide(folder, CLIENTS) : Orders.spec(folder, CLIENTS);

        Findings findings = Audit.on(spark).run(spec, settings(120, 1, false));

        requireHonest(findings.whiteBox(), 1);
        assertThat(findings.whiteBox().claim().releases()).isEqualTo(5);
        assertThat(findings.verdict()).isNotEqualTo(Verdict.CONTRADICTED);
        assertThatThrownBy(() -> Audit.on(spark).run(spec, settings(20, 1, true)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--black-box")
                .hasMessageContaining("published as several tables");
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** Of ordered rows, the first has none before it, so that a canary weighs a little less than the claim allows. */
    @Test
    @Tag("audit")
    void clientsWithOrderedRowsInTwoChildTablesAreAuditedByReplacement() {
        RunSpec spec = RunConfiguration.parse(
                Orders.yaml(folder, "customers.csv", "path: orders.csv, key: customer, order: day, ")
                        .replace(
                                "output:",
                                "    - {name: calls, path: PLACE/calls.json, format: json, key: c, rows: 2, columns: ["
                                                .replace("PLACE", folder.toString())
                                        + "{name: at, type: timestamp, min: 2020-01-01T00:00:00Z,"
                                        + " max: 2021-01-01T00:00:00Z}]}\noutput:"),
                "two.yaml",
                List.of("privacy.epsilon=null", LITTLE_NOISE, "privacy.adjacency=replace-one"));

        WhiteBox found = audit(spec, 400).whiteBox();

        assertThat(found.checks()).noneMatch(Check::fails);
        assertThat(found.resumed()).isTrue();
        assertThat(found.calibration().attainedMu() / found.claim().mu()).isBetween(0.8, 1.0);
    }

    /** A fault on the way from the source to the clients: each row of a child table is there twice. */
    @Test
    void rowsOfClientsThatAreReadTwiceAreSeen() throws IOException {
        RunSpec spec = new AuditedConfiguration(Orders.spec(folder, CLIENTS), folder + "/faulty").spec();
        Inventor inventor = new ClientInventor(spec);
        Canaries canaries = Canaries.invented(spec, inventor, 60, new SplittableRandom(41));
        new PrivateRecords(spark, spec, inventor).write(canaries.records());
        Path orders =
                Path.of(spec.tabular().clients().orElseThrow().children().get(0).location());
        try (Stream<Path> files = Files.list(orders)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                Files.copy(file, orders.resolve("again-" + file.getFileName()));
            }
        }
        List<Probed> seen = PrivateEvolution.on(spark).probe(spec, canaries.probes());

        WhiteBox found =
                WhiteBox.of(Audit.claim(spec), 0.95, List.of(Audit.seen(spec, canaries, seen, seen)), 20, true);

        assertThat(found.verdict()).isEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void textsThatComeWithVectorsAreAudited() throws IOException {
        Mails.write(folder);
        RunSpec spec = Mails.corpusRun(
                folder.resolve("private.jsonl"),
                folder.resolve("out"),
                "text.embedding={column: vector}",
                LITTLE_NOISE);

        requireHonest(audit(spec, 80).whiteBox(), 1);
        assertThatThrownBy(() -> Audit.on(spark).run(spec, settings(20, 1, true)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--black-box: the texts' vectors come from a column, vector");
    }

    @Test
    @Tag("audit")
    void imagesAreAudited() {
        RunSpec spec = Portraits.run(
                folder.resolve("nowhere"), folder.resolve("out"), "privacy.adjacency=replace-one", LITTLE_NOISE);

        requireHonest(audit(spec, 60).whiteBox(), 1);
    }

    @Test
    @Tag("audit")
    void textsThatAModelEmbedsAreAudited() throws IOException {
        Mails.write(folder);
        RunSpec spec = Mails.corpusRun(
                folder.resolve("private.jsonl"),
                folder.resolve("out"),
                "privacy.unit=client",
                "private_data.client_column=sender",
                LITTLE_NOISE);

        Findings findings = Audit.on(spark).run(spec, settings(150, 2, false));

        requireHonest(findings.whiteBox(), 1);
    }

    /** Separators, quotes and letters that only a reader of the configured dialect gets right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "csv  @ {}",
                "csv  @ {sep: ';', quote: \"'\", escape: '#', nullValue: NA, multiLine: true, encoding: UTF-16LE}",
                "csv  @ {sep: '||', multiLine: false, encoding: windows-1252}",
                "csv  @ {header: false}",
                "json @ {}",
                "json @ {multiLine: true, encoding: ISO-8859-1}",
                "orc  @ {}"
            })
    void recordsTakeTheWayOfTheConfiguredFormat(String format, String options) throws IOException {
        boolean named = !options.contains("header: false");
        RunSpec declared = RunConfiguration.parse(
                """
                name: dialect
                private_data: {format: %1$s, path: %2$s, options: %3$s}
                labels: {column: %5$s, values: ["a;b'#\\"||, ", "é", ""]}
                privacy: {noise_multiplier: 0.15, delta: 1e-5}
                evolution: {schedule: [7, 5], selection: sample}
                tabular:
                  columns:
                    - {name: %4$s, type: double, min: -1, max: 1, nullable: true}
                    - {name: _c2, type: timestamp, min: "2020-01-01T00:00:00Z", max: "2021-01-01T00:00:00Z"}
                    - {name: %6$s, type: string, categories: ["null", "\\\\ü", " x"], nullable: true}
                output: {path: %2$s-out}
                """
                        .formatted(
                                format,
                                folder.resolve("nowhere"),
                                options,
                                named ? "a b" : "_c4",
                                named ? "kind" : "_c0",
                                named ? "word" : "_c1"),
                "dialect.yaml",
                List.of());
        RunSpec spec = new AuditedConfiguration(declared, folder + "/copy").spec();

        assertThat(spec.privateData().format()).isEqualTo(format);
        WhiteBox found = audit(declared, 60).whiteBox();
        requireHonest(found, 1);
        Inventor inventor = new TableInventor(spec);
        new PrivateRecords(spark, spec, inventor)
                .write(Canaries.invented(spec, inventor, 20, new SplittableRandom(3))
                        .records());
        try (Stream<Path> files = Files.list(folder.resolve("copy/records"))) {
            assertThat(files.map(Path::toString).filter(name -> name.endsWith("." + format)))
                    .isNotEmpty();
        }
    }

    /** Of two coins, both fall on one side half of the time. */
    @Test
    void coinsThatAllFallOnOneSideAreRefused() {
        RunSpec spec = new AuditedConfiguration(customers(folder), folder + "/copy").spec();
        int refused = 0;
        for (int seed = 0; seed < 12; seed++) {
            try {
                Canaries canaries = Canaries.invented(spec, new TableInventor(spec), 2, new SplittableRandom(seed));
                assertThat(canaries.coins()).containsExactlyInAnyOrder(true, false);
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageContaining("--seed: all 2 coins fell on one side");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 11);
    }

    @Test
    void optionsThatChooseFilesDoNotReachTheAuditsOwn() {
        RunSpec spec = new AuditedConfiguration(
                        customers(
                                folder,
                                "private_data={format: csv, path: /x, options: {pathGlobFilter: '*.gz', sep: ;}}"),
                        folder + "/copy")
                .spec();

        assertThat(spec.privateData().options()).containsEntry("sep", ";").doesNotContainKey("pathGlobFilter");
    }

    /** A fault on the way from the source to the votes: each record is there twice. */
    @Test
    void recordsThatAreReadTwiceAreSeen() throws IOException {
        RunSpec spec = new AuditedConfiguration(customers(folder, LITTLE_NOISE), folder + "/faulty").spec();
        Inventor inventor = new TableInventor(spec);
        Canaries canaries = Canaries.invented(spec, inventor, 60, new SplittableRandom(41));
        List<Owned> twice = new ArrayList<>(canaries.records());
        twice.addAll(canaries.records());
        new PrivateRecords(spark, spec, inventor).write(twice);
        List<Probed> seen = PrivateEvolution.on(spark).probe(spec, canaries.probes());

        WhiteBox found =
                WhiteBox.of(Audit.claim(spec), 0.95, List.of(Audit.seen(spec, canaries, seen, seen)), 20, true);

        assertThat(found.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(found.checks())
                .filteredOn(Check::fails)
                .extracting(Check::name)
                .contains("weight of a canary");
        requireApartFromRuns(spec, canaries);
    }

    /** The store of an audit and that of a run do not serve each other, nor does a ledger of runs serve an audit. */
    private void requireApartFromRuns(RunSpec audited, Canaries canaries) throws IOException {
        PrivateEvolution evolution = PrivateEvolution.on(spark);
        assertThatThrownBy(() -> evolution.run(audited))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("contains an audit's releases on invented records");
        Customers.rows(spark).write().parquet(folder + "/real");
        RunSpec real = Customers.spec(folder.resolve("real"), folder.resolve("out"));
        evolution.run(real);
        int entries = charges(real);

        assertThatThrownBy(() -> evolution.probe(real, canaries.probes()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("contains a run, which an audit must not touch");
        RunSpec sameLedger = Customers.spec(
                folder.resolve("real"),
                folder.resolve("new"),
                "privacy.ledger=" + real.privacy().ledger());
        assertThatThrownBy(() -> evolution.probe(sameLedger, canaries.probes()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("needs its own ledger");

        assertThat(charges(real)).isEqualTo(entries);

        RunSpec kept = Customers.spec(folder.resolve("real"), folder.resolve("kept"), "private_data.store.keep=true");
        Path store = Files.createDirectories(Path.of(kept.privateData().store().path()));
        Files.writeString(store.resolve("PRIVATE-DATA"), "as a run marks it");
        evolution.probe(kept, canaries.probes());
        assertThat(store).isDirectory();
    }

    private int charges(RunSpec spec) {
        FileLedgerStorage storage =
                new FileLedgerStorage(RunFiles.at(spec.privacy().ledger(), SessionFiles.configuration(spark)));
        return new Ledger(storage).entries().size();
    }

    /** So few canaries cannot contradict anything; {@code GuessesTest} has enough of them. */
    @Test
    @Tag("audit")
    void whatIsPublishedOfAWholeRunIsAuditedToo() {
        RunSpec spec = customers(folder);

        Findings findings = Audit.on(spark).run(spec, settings(60, 1, true));

        assertThat(findings.blackBox()).hasValueSatisfying(box -> {
            assertThat(box.canaries()).isEqualTo(60);
            assertThat(box.published()).isEqualTo(17);
            assertThat(box.guesses().made()).isPositive();
        });
        assertThat(folder.resolve("audit/work")).doesNotExist();
    }

    @Test
    void whatCannotBeAuditedIsRefusedByName() throws IOException {
        assertThatThrownBy(() -> audit(customers(folder, "vote.metric=inner-product"), 60))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--set vote.metric=l2");
        RunSpec narrow = RunConfiguration.parse(
                """
                name: narrow
                private_data: {format: parquet, path: %1$s}
                privacy: {noise_multiplier: 2, delta: 1e-5}
                evolution: {schedule: [5, 5], selection: sample}
                tabular: {columns: [{name: a, type: boolean}, {name: b, type: boolean}]}
                output: {path: %1$s-out}
                """
                        .formatted(folder.resolve("narrow")),
                "narrow.yaml",
                List.of());
        assertThatThrownBy(() -> audit(narrow, 20))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("needs 20 invented records that differ, and has found 4")
                .hasMessageContaining("give a smaller --canaries");
        Files.createDirectories(folder.resolve("audit"));
        assertThatThrownBy(() -> audit(customers(folder), 60))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("exists already and was not changed");
    }

    @Test
    void anOutputAtAPlaceOfTheConfigurationIsRefused() {
        RunSpec spec = customers(folder, "privacy.ledger=" + folder.resolve("books/ledger"));
        Map<String, String> refused = Map.of(
                "out", "output.path",
                "out/audit", "output.path",
                "books", "privacy.ledger",
                "other/../books/ledger/audit", "privacy.ledger",
                "out-private", "private_data.store.path",
                "nowhere/audit", "private_data.path");
        refused.forEach((place, setting) -> assertThatThrownBy(() -> Audit.on(spark)
                        .run(spec, new AuditSettings(OptionalInt.of(60), 1, 0.95, 41, folder + "/" + place, false)))
                .as(place)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--output")
                .hasMessageContaining(setting + " or around it"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void numbersThatSayNothingAreRefused() {
        assertThatThrownBy(() -> settings(19, 1, false)).hasMessageContaining("--canaries: 19 is not allowed");
        assertThatThrownBy(() -> settings(20, 0, false)).hasMessageContaining("--runs: 0 is not allowed");
        assertThatThrownBy(() -> new AuditSettings(OptionalInt.empty(), 1, 1, 1, "x", false))
                .hasMessageContaining("--confidence: 1.0 is not allowed");
    }
}
