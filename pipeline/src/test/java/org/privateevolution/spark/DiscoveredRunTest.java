package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Fingerprint;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.BudgetReading;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/** Runs that discover their columns themselves. */
class DiscoveredRunTest {

    private static final int ROWS = 3_000;
    private static final double DELTA = 1e-6;
    private static final List<String> RELEASES =
            List.of("discovery", "marginals-1", "vote-001", "vote-002", "marginals-2");

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    /** As few lines as run, but for a schedule that keeps the test short. */
    static RunSpec spec(Path data, Path output, String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "private_data={format: csv, path: " + data + "}",
                "privacy={epsilon: 8, delta: 1e-6, ledger: " + output.resolveSibling("ledger") + "}",
                "tabular={discover: {}}",
                "evolution={selection: estimate, samples: 40, votes: 2}",
                "output={path: " + output + ", rows: 50}"));
        all.addAll(Arrays.asList(overrides));
        return RunConfiguration.parse("", "people.yaml", all);
    }

    private RunSpec spec(String... overrides) {
        return spec(directory.resolve("people.csv"), directory.resolve("out"), overrides);
    }

    @Test
    void theColumnsAreFoundAndAllReleasesTogetherCostTheDeclaredEpsilon() throws Exception {
        writePeople(directory.resolve("people.csv"));
        List<String> told = new ArrayList<>();

        RunResult result = PrivateEvolution.on(spark)
                .listener(new RunListener() {
                    @Override
                    public void notice(String message) {
                        told.add(message);
                    }
                })
                .run(spec("labels={column: town}"));

        assertThat(result.synthetic().columns()).containsExactly("age", "member", "customer_id", "town");
        assertThat(result.synthetic().select("town").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .isSubsetOf("Bonn", "Köln", "Ulm", "other")
                .contains("Bonn", "Köln", "Ulm");
        assertThat(releases()).extracting(Release::releaseId).containsExactlyInAnyOrderElementsOf(RELEASES);
        assertThat(releases().get(0).thresholdDelta()).isEqualTo(0.1 * DELTA);
        assertThat(delta(8, 1)).isBetween(0.999 * 0.9 * DELTA, 0.9 * DELTA);
        assertThat(result.guarantee().epsilon()).isEqualTo(8);
        JsonNode guarantee = json("out/guarantee.json");
        assertThat(guarantee.path("releases").get(0).path("threshold_delta").asDouble())
                .isEqualTo(0.1 * DELTA);
        assertThat(guarantee.path("mechanism").asText()).contains("threshold");
        assertThat(guarantee.path("covers").asText()).contains("labels that the run discovered");
        assertThat(told)
                .anyMatch(line -> line.startsWith("discovered age: long, "))
                .anyMatch(line -> line.equals("discovered note: left out, free text"));
        assertThat(text("out/report.html")).contains("Left out: note (free text)");
    }

    /** The same formula as the accounting's, on other code. */
    private double delta(double epsilon, double sensitivity) {
        double mu = sensitivity
                * Math.sqrt(releases().stream()
                        .mapToDouble(release -> Math.pow(release.noiseMultiplier(), -2))
                        .sum());
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        return normal.cumulativeProbability(-epsilon / mu + mu / 2)
                - Math.exp(epsilon) * normal.cumulativeProbability(-epsilon / mu - mu / 2);
    }

    @Test
    void aClientIsProtectedByTheDiscoveryToo() throws Exception {
        List<String> lines = new ArrayList<>(List.of("id,town"));
        for (int i = 0; i < 2_000; i++) {
            lines.add("7,Atlantis");
            lines.add(1_000 + i / 2 + (i % 3 == 0 ? ",Ulm" : ",Bonn"));
        }
        Files.write(directory.resolve("people.csv"), lines);

        RunResult result = PrivateEvolution.on(spark)
                .run(spec(
                        "private_data.client_column=id",
                        "privacy.unit=client",
                        "privacy.adjacency=replace-one",
                        "tabular.discover.share=0.3"));

        assertThat(result.synthetic().columns()).containsExactly("town");
        RunSpec published = RunConfiguration.parse(text("out/configuration.yaml"), "configuration", List.of());
        assertThat(published.tabular().schema().columns().toString())
                .contains("Ulm")
                .doesNotContain("Atlantis");
        assertThat(releases()).allSatisfy(release -> {
            assertThat(release.clientColumn()).isEqualTo("id");
            assertThat(release.adjacency()).isEqualTo(Adjacency.REPLACE_ONE);
        });
        assertThat(delta(8, Math.sqrt(2))).isBetween(0.999 * 0.9 * DELTA, 0.9 * DELTA);
    }

    @Test
    void whatWasFoundIsCommittedAndCanBeRunAgainInItsPlace() throws Exception {
        writePeople(directory.resolve("people.csv"));
        RunSpec spec = spec("labels={column: town}");
        PrivateEvolution.on(spark).run(spec);

        RunSpec published = RunConfiguration.parse(text("out/configuration.yaml"), "configuration", List.of());
        assertThat(published.discovery()).isEmpty();
        String draft = text("out/discovery/draft.yaml");
        RunSpec pinned = RunConfiguration.parse(
                draft
                        + """
                        private_data: {format: csv, path: %s}
                        privacy: {epsilon: 7, delta: 1e-6}
                        output: {path: out}
                        """
                                .formatted(directory.resolve("people.csv")),
                "draft",
                List.of());
        assertThat(pinned.tabular()).isEqualTo(published.tabular());
        assertThat(pinned.labels()).isEqualTo(published.labels());
        assertThat(pinned.tabular().declared())
                .extracting(DeclaredColumn::name)
                .containsExactly("age", "member", "customer_id");
        PrivateEvolution.on(spark).check(pinned);

        // The draft is for people: what they do to it does not change the run.
        Files.writeString(directory.resolve("out/discovery/draft.yaml"), "edited");
        List<LedgerEntry> before = ledger().entries();
        PrivateEvolution.on(spark).run(spec);
        assertThat(ledger().entries()).isEqualTo(before);
        assertThat(text("out/discovery/draft.yaml")).isEqualTo("edited");
        assertThat(spec.discovered(pinned.tabular().declared(), List.of(), pinned.labels()))
                .extracting(Fingerprint::of)
                .isEqualTo(Fingerprint.of(spec));
    }

    /** What the draft says of the epsilon that is left makes the declared epsilon with what was charged. */
    @Test
    void theDraftSaysWhatIsLeft() throws Exception {
        writePeople(directory.resolve("people.csv"));
        PrivateEvolution.on(spark).run(spec());
        double left = Double.parseDouble(
                text("out/discovery/draft.yaml").replaceAll("(?s).*privacy.epsilon ([0-9.]+): .*", "$1"));

        RunSpec declared = RunConfiguration.parse(
                text("out/configuration.yaml"),
                "configuration",
                List.of("privacy.epsilon=" + left, "output.path=" + directory.resolve("second")));
        RunResult second = PrivateEvolution.on(spark).run(declared);
        List<Release> both = new ArrayList<>(List.of(releases().get(0)));
        second.guarantee().charges().forEach(charge -> both.add(charge.release()));
        assertThat(BudgetReading.spent(Adjacency.ADD_REMOVE, both, DELTA)).isBetween(7.98, 8.0);
    }

    /** Dies at every event that a listener hears, one after the other, and is started again. */
    @Test
    void aRunThatDiesAtAnyStageReleasesAndChargesOnce() throws Exception {
        writePeople(directory.resolve("people.csv"));
        RunSpec spec = spec("labels={column: town}");
        String discovery = null;
        int event = 1;
        for (boolean finished = false; !finished; event++) {
            Dying dying = new Dying(event);
            try {
                PrivateEvolution.on(spark).listener(dying).run(spec);
                finished = true;
            } catch (Dying.Death death) {
                assertThat(ledger().entries().size()).isLessThanOrEqualTo(RELEASES.size());
            }
            Path stored = directory.resolve("out/store/releases/discovery.json");
            if (discovery != null) {
                assertThat(stored).hasContent(discovery);
            } else if (Files.exists(stored)) {
                discovery = Files.readString(stored);
            }
        }
        assertThat(event).isGreaterThan(10);
        assertThat(releases()).extracting(Release::releaseId).containsExactlyInAnyOrderElementsOf(RELEASES);
        assertThat(delta(8, 1)).isBetween(0.999 * 0.9 * DELTA, 0.9 * DELTA);
    }

    /** Throws at its n-th event. */
    private static final class Dying implements RunListener {
        private static final class Death extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        private int left;

        Dying(int event) {
            left = event;
        }

        private void event() {
            if (--left == 0) {
                throw new Death();
            }
        }

        @Override
        public void begun(RunSpec run, double planned, int votes, double spent) {
            event();
        }

        @Override
        public void stageStarted(String stage, long total) {
            event();
        }

        @Override
        public void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {
            event();
        }

        @Override
        public void notice(String message) {
            event();
        }
    }

    @Test
    void aChargeWithoutAReleaseIsUsedWhenTheRunIsResumed() throws Exception {
        writePeople(directory.resolve("people.csv"));
        assertThatThrownBy(() ->
                        PrivateEvolution.on(spark).noise(TestNoise.failing()).run(spec()))
                .hasMessage("no noise");
        assertThat(ledger().entries()).hasSize(1);

        PrivateEvolution.on(spark).run(spec());

        assertThat(releases()).extracting(Release::releaseId).containsExactlyInAnyOrderElementsOf(RELEASES);
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create store/.run.json.*",
                "create store/releases/.discovery.*",
                "delete store/releases/.discovery.*",
                "create discovery/.draft.*",
                "create discovery/.manifest.*", // between release and commit of what follows from it
                "delete discovery/.draft.*",
                "delete discovery/.manifest.*",
                "create store/releases/.marginals-1.*",
                "create store/iteration-001/.selection.*",
                "create .guarantee.json.*"
            })
    void aRunKilledAtAnyStepGoesOn(String change) throws Exception {
        killAndResume(change);
    }

    private void killAndResume(String change) throws Exception {
        Path data = directory.resolve("people.csv");
        writePeople(data);
        Path output = directory.resolve("out");
        try (ChildJvm driver = ChildJvm.start(
                HaltingDriver.class,
                directory,
                Map.of(),
                data.toString(),
                output.toString(),
                directory.resolve("changes").toString(),
                directory.resolve("marker").toString(),
                change,
                "1",
                HaltingDriver.DISCOVERS)) {
            driver.awaitFile(directory.resolve("marker"));
        }
        List<LedgerEntry> before = ledger().entries();
        Path copy = directory.resolve("out/store/releases/discovery.json");
        String released = Files.exists(copy) ? Files.readString(copy) : null;

        RunResult result = PrivateEvolution.on(spark).run(spec());

        assertThat(ledger().entries()).startsWith(before.toArray(LedgerEntry[]::new));
        assertThat(releases()).extracting(Release::releaseId).containsExactlyInAnyOrderElementsOf(RELEASES);
        assertThat(result.guarantee().epsilon()).isEqualTo(8);
        if (released != null) {
            assertThat(copy).hasContent(released);
        }
    }

    @Test
    void anExtendedRunKeepsItsColumnsAndCountsTheDiscoveryAsItWas() throws Exception {
        writePeople(directory.resolve("people.csv"));
        PrivateEvolution.on(spark).run(spec());
        String manifest = text("out/discovery/manifest.json");
        List<Release> before = releases();

        RunResult result = PrivateEvolution.on(spark).extend(true).run(spec("privacy.epsilon=10", "evolution.votes=3"));

        assertThat(text("out/discovery/manifest.json")).isEqualTo(manifest);
        assertThat(releases()).startsWith(before.toArray(Release[]::new)).hasSize(before.size() + 1);
        assertThat(result.guarantee().epsilon()).isEqualTo(10);
        assertThat(delta(10, 1)).isBetween(0.999 * 0.9 * DELTA, 0.9 * DELTA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tabular.discover.share=0.1 | tabular.discover.share",
                "tabular.discover.columns=[age] | tabular.discover.columns",
                "labels={column: town} | labels.column"
            })
    void anotherDiscoveryInTheSameFolderIsRefused(String override, String named) throws Exception {
        writePeople(directory.resolve("people.csv"));
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .listener(new DiesWhen(stage -> stage.startsWith("reading and embedding")))
                        .run(spec()))
                .isInstanceOf(Dying.Death.class);

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec(override)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("contains a run of another configuration")
                .hasMessageContaining(named);
        assertThat(releases()).hasSize(1);
    }

    /** Dies after the release, or after its columns were committed, and finds another header at the next start. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | age,town,member,note,client | has no column customer_id, which it had when",
                "false | age,town,member,note,client | has no column customer_id, which it had when",
                "true  | age,town,member,note,customer_id,more | has a column more, which it did not have when",
                "false | age,town,member,note,customer_id,more | has a column more, which it did not have when"
            })
    void anotherHeaderThanWasDiscoveredIsRefused(boolean committed, String header, String named) throws Exception {
        Path data = directory.resolve("people.csv");
        writePeople(data);
        List<String> before = Files.readAllLines(data);
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .listener(new DiesWhen(stage -> stage.startsWith("reading and embedding")))
                        .run(spec()))
                .isInstanceOf(Dying.Death.class);
        if (!committed) {
            Files.delete(directory.resolve("out/discovery/manifest.json"));
        }
        List<String> lines = new ArrayList<>(List.of(header));
        before.subList(1, before.size()).forEach(line -> lines.add(header.endsWith("more") ? line + ",1" : line));
        Files.write(data, lines);

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec()))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("choose another output.path")
                .extracting(e -> ((PrivateDataException) e).reason())
                .isEqualTo(PrivateDataException.Reason.CHANGED);
        assertThat(releases()).hasSize(1);

        // The columns of another order are the same columns.
        Files.write(data, before.stream().map(DiscoveredRunTest::reversed).toList());
        PrivateEvolution.on(spark).run(spec());
        assertThat(releases()).extracting(Release::releaseId).containsExactlyInAnyOrderElementsOf(RELEASES);
        assertThat(text("out/configuration.yaml")).contains("Ulm");
    }

    private static String reversed(String line) {
        List<String> fields = new ArrayList<>(Arrays.asList(line.split(",", -1)));
        Collections.reverse(fields);
        return String.join(",", fields);
    }

    @Test
    void anotherTypeThanWasDiscoveredIsRefused() throws Exception {
        String data = directory.resolve("numbers").toString();
        String source = "private_data={format: parquet, path: " + data + "}";
        writeNumbers(data, "id % 50 AS age");
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .listener(new DiesWhen(stage -> stage.startsWith("reading and embedding")))
                        .run(spec(source)))
                .isInstanceOf(Dying.Death.class);
        writeNumbers(data, "CAST(id % 50 AS double) AS age");

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec(source)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("declares another type for the column age than when the run discovered");
        assertThat(releases()).hasSize(1);
    }

    private void writeNumbers(String path, String column) {
        spark.range(ROWS)
                .selectExpr(column, "id % 3 AS kind")
                .write()
                .mode("overwrite")
                .parquet(path);
    }

    private record DiesWhen(Predicate<String> stage) implements RunListener {
        @Override
        public void stageStarted(String name, long total) {
            if (stage.test(name)) {
                throw new Dying.Death();
            }
        }
    }

    @Test
    void aManifestThatWasChangedIsRefused() throws Exception {
        writePeople(directory.resolve("people.csv"));
        PrivateEvolution.on(spark).run(spec());
        Path manifest = directory.resolve("out/discovery/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("Ulm", "Rom"));

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("manifest.json");
    }

    @Test
    void aDiscoveryThatLedgerAndStoreHaveLostIsNotMadeAgain() throws Exception {
        writePeople(directory.resolve("people.csv"));
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .listener(new DiesWhen(stage -> stage.startsWith("reading and embedding")))
                        .run(spec()))
                .isInstanceOf(Dying.Death.class);
        Files.delete(directory.resolve("out/store/releases/discovery.json"));
        try (var entries = Files.list(directory.resolve("ledger"))) {
            for (Path file :
                    entries.filter(path -> path.toString().contains("released")).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec()))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("release discovery was made");
    }

    @Test
    void aBudgetThatDoesNotAllowTheRunRefusesBeforeAnythingIsRead() {
        ledger().setBudget(new PrivacyBudget(4, DELTA, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, ""), LocalDate.EPOCH);

        // There are no data: they are not even looked for.
        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec()))
                .isInstanceOf(PrivacyException.class)
                .hasMessageContaining("budget");
        assertThat(ledger().entries()).isEmpty();
    }

    @Test
    void aRunThatSeesNothingSaysWhatItWasChargedAndWhatToDo() throws Exception {
        Files.write(directory.resolve("people.csv"), List.of("age,town", "20,Ulm", "30,Bonn"));

        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec()))
                    .isInstanceOf(PrivateDataException.class)
                    .hasMessageContaining("no column is visible")
                    .hasMessageContaining("was charged, epsilon ")
                    .hasMessageContaining("with privacy.epsilon ")
                    .hasMessageNotContaining("Ulm")
                    .extracting(e -> ((PrivateDataException) e).reason())
                    .isEqualTo(PrivateDataException.Reason.DISCOVERY);
            assertThat(releases()).extracting(Release::releaseId).containsExactly("discovery");
        }
        assertThat(text("out/discovery/draft.yaml")).contains("# left out: \"age\"");
        assertThat(directory.resolve("out/discovery/manifest.json")).doesNotExist();
    }

    @Test
    void aLabelWithoutVisibleValuesStopsTheRun() throws Exception {
        writePeople(directory.resolve("people.csv"));

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec("labels={column: note}")))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("labels.column note has no values that can be labels (free text)");
    }

    @Test
    void wholeNumbersAndTruthsAreLabelsToo() throws Exception {
        List<String> lines = new ArrayList<>(List.of("class,member,age"));
        for (int i = 0; i < ROWS; i++) {
            lines.add(i % 3 + "," + (i % 2 == 0) + "," + i % 50);
        }
        lines.add(",true,7");
        Files.write(directory.resolve("people.csv"), lines);

        Row[] classes = (Row[]) PrivateEvolution.on(spark)
                .run(spec("labels={column: class}"))
                .synthetic()
                .select("class")
                .distinct()
                .collect();
        assertThat(Arrays.stream(classes).map(row -> row.getString(0))).contains("0", "1", "2");

        RunResult truths = PrivateEvolution.on(spark)
                .run(spec("labels={column: member}", "output.path=" + directory.resolve("other")));
        assertThat(truths.synthetic().schema().apply("member").dataType().simpleString())
                .isEqualTo("boolean");
    }

    @Test
    void aDeclaredLabelIsNotExamined() throws Exception {
        writePeople(directory.resolve("people.csv"));

        RunResult result = PrivateEvolution.on(spark)
                .run(spec("labels={column: town, values: [Ulm, Bonn, elsewhere], other: elsewhere}"));

        assertThat(text("out/discovery/draft.yaml")).doesNotContain("town").doesNotContain("Köln");
        assertThat(result.synthetic().select("town").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("Ulm", "Bonn", "elsewhere");
    }

    @Test
    void dataFramesAndViewsAreReadOnceForTheDiscovery() throws Exception {
        writePeople(directory.resolve("people.csv"));
        var people = spark.read()
                .option("header", true)
                .csv(directory.resolve("people.csv").toString());
        people.createOrReplaceTempView("discovered_people");

        RunResult given = PrivateEvolution.on(spark)
                .privateData(people)
                .run(spec("private_data={format: dataframe, name: people}"));
        RunResult view = PrivateEvolution.on(spark)
                .run(spec(
                        "private_data={table: discovered_people}", "output.path=" + directory.resolve("of-the-view")));

        assertThat(given.synthetic().columns()).containsExactly("age", "town", "member", "customer_id");
        assertThat(view.synthetic().columns()).containsExactly("age", "town", "member", "customer_id");
    }

    @Test
    void aColumnThatTheDataLackIsNamedBeforeAnythingIsCharged() throws Exception {
        writePeople(directory.resolve("people.csv"));

        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec("tabular.discover.columns=[age, twon]")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.discover.columns: the data have no column twon")
                .hasMessageContaining("did you mean town?");
        assertThatThrownBy(() -> PrivateEvolution.on(spark).run(spec("labels={column: twon}")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("labels.column: the data have no column twon");
        assertThatThrownBy(() -> PrivateEvolution.on(spark)
                        .run(spec("labels={column: town}", "private_data.path=" + onlyTowns())))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("has no column that can be declared");
        assertThat(ledger().entries()).isEmpty();
    }

    private Path onlyTowns() throws IOException {
        return Files.write(directory.resolve("towns.csv"), List.of("town", "Ulm", "Bonn"));
    }

    @Test
    void checkingReadsEveryRecordAndReleasesNothing() throws Exception {
        Path data = directory.resolve("people.csv");
        writePeople(data);
        PrivateEvolution.on(spark).check(spec());
        assertThat(directory.resolve("ledger")).doesNotExist();

        Files.writeString(data, Files.readString(data) + "torn,record\n");

        assertThatThrownBy(() -> PrivateEvolution.on(spark).check(spec())).isInstanceOf(PrivateDataException.class);
    }

    private List<Release> releases() {
        return ledger().entries().stream().map(LedgerEntry::release).toList();
    }

    private Ledger ledger() {
        return new Ledger(new FileLedgerStorage(files("ledger")));
    }

    private RunFiles files(String name) {
        return RunFiles.at(directory.resolve(name).toString(), new Configuration());
    }

    private String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(text(file));
    }

    static void writePeople(Path file) throws IOException {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>(List.of("age,town,member,customer_id,note"));
        String[] towns = {"Bonn", "Köln", "Ulm", ""};
        for (int i = 0; i < ROWS; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,c%d,%s",
                    20 + random.nextInt(60),
                    towns[random.nextInt(4)],
                    random.nextBoolean(),
                    i,
                    "this is row " + i + " of a long text"));
        }
        Files.write(file, lines);
    }
}
