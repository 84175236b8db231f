package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.NumberCells;
import org.privateevolution.table.TableBins;

/** Runs of a table whose releases are explained together. */
class EstimateRunTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        Customers.rows(spark).write().parquet(directory.resolve("private").toString());
    }

    @Test
    void marginalsAndVotesAreChargedAndAsManyRowsPublishedAsAskedFor() {
        RunResult result = run(spec("output.rows=57"));

        assertThat(result.guarantee().charges().stream()
                        .map(entry -> entry.release().releaseId()))
                .containsExactly("marginals-1", "vote-001", "marginals-2", "vote-002", "vote-003");
        assertThat(result.guarantee().charges().stream()
                        .map(entry -> entry.release().kind()))
                .startsWith(Release.Kind.MARGINALS, Release.Kind.VOTES, Release.Kind.MARGINALS);
        assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(4);
        assertThat(result.synthetic().count()).isEqualTo(57);
        assertThat(result.metrics().stream().filter(metric -> metric.metric().equals("predictive_score")))
                .hasSize(3)
                .allMatch(MetricValue::insideGuarantee);
    }

    @Test
    void aTableWhoseEvolutionSaysNothingIsEstimated() {
        RunSpec spec = RunConfiguration.parse(
                Customers.yaml("in", "out").replaceAll("(?m)^evolution: .*\\n", ""), "customers.yaml", List.of());

        assertThat(spec.evolution().estimates()).isTrue();
        assertThat(spec.evolution().votes()).isEqualTo(30);
        assertThat(spec.output().rows()).isEqualTo(1_000);
    }

    @Test
    void whatAnEstimateFindsItselfIsRefused() {
        assertThatThrownBy(() -> spec("labels.fractions={noisy: {noise_multiplier: 3}}"))
                .hasMessageContainingAll("labels.fractions", "the shares follow from the marginals");
        assertThatThrownBy(() -> spec("evolution.lookahead=2")).hasMessageContaining("evolution.lookahead");
    }

    @Test
    void aRunThatIsInterruptedGoesOnWithTheReleasesThatItHas() {
        RunSpec spec = spec();
        stop(spec, "vote 2");
        List<String> stages = new ArrayList<>();
        RunListener hears = new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                stages.add(stage);
            }
        };

        RunResult resumed = PrivateEvolution.on(spark).listener(hears).run(spec);
        List<Row> rows = resumed.synthetic().collectAsList();

        assertThat(stages)
                .contains("vote 2 of 3", "vote 3 of 3")
                .doesNotContain("first marginals", "second marginals", "vote 1 of 3");
        assertThat(resumed.guarantee().charges()).hasSize(5);
        assertThat(run(spec).synthetic().collectAsList())
                .as("the estimate is that of the releases, whenever it is made")
                .isEqualTo(rows);
    }

    @Test
    void aRunThatIsInterruptedAtItsSecondMarginalsGoesOn() {
        goesOnFrom("second marginals");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"vote 1", "vote 3"})
    void aRunThatIsInterruptedAroundItsSecondMarginalsGoesOn(String stage) {
        goesOnFrom(stage);
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(strings = {"first marginals", "vote 2", "vote 4", "vote 5", "vote 6", "writing"})
    void aRunThatIsInterruptedAnywhereGoesOn(String stage) {
        goesOnFrom(stage);
    }

    private void goesOnFrom(String stage) {
        RunSpec spec = spec("evolution.votes=6");
        stop(spec, stage);

        RunResult resumed = run(spec);

        assertThat(released(resumed))
                .containsExactly(
                        "marginals-1",
                        "vote-001",
                        "vote-002",
                        "marginals-2",
                        "vote-003",
                        "vote-004",
                        "vote-005",
                        "vote-006");
        assertThat(resumed.synthetic().count()).isEqualTo(40);
    }

    @Test
    void aLongerRunReadsTheSecondMarginalsAsTheyWereCounted() {
        run(spec("evolution.votes=6"));
        SecondMarginals counted = SecondMarginals.read(store()).orElseThrow();

        RunResult longer = PrivateEvolution.on(spark).extend(true).run(spec("evolution.votes=12", "privacy.epsilon=8"));

        assertThat(longer.guarantee().charges()).hasSize(14);
        assertThat(released(longer)).startsWith("marginals-1", "vote-001", "vote-002", "marginals-2", "vote-003");
        assertThat(SecondMarginals.read(store())).contains(counted);
        assertThat(counted.afterVote()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"6, vote 2, 12, 4", "12, vote 3, 3, 3", "12, vote 3, 2, 2"})
    void theSecondMarginalsFollowTheNewestCandidates(int votes, String stage, int votesThen, int after) {
        stop(spec("evolution.votes=" + votes), stage);

        RunResult result =
                PrivateEvolution.on(spark).extend(true).run(spec("evolution.votes=" + votesThen, "privacy.epsilon=8"));

        assertThat(released(result)).hasSize(votesThen + 2);
        assertThat(released(result).indexOf("marginals-2")).isEqualTo(after + 1);
        assertThat(result.synthetic().count()).isEqualTo(40);
    }

    @Test
    void theOutlookOfAnInterruptedRunIsThatOfTheTargetThatItWillHave() {
        stop(spec(), "vote 2");

        assertThat(LedgerOutlook.of(spec()).after().spent()).isBetween(3.9, 4.000001);
        assertThat(LedgerOutlook.of(spec("privacy.epsilon=8")).after().spent()).isBetween(7.8, 8.000001);
    }

    @Test
    void secondMarginalsThatNobodyCanReadAreRefused() throws IOException {
        RunSpec spec = spec();
        run(spec);
        Files.delete(directory.resolve("out/store/second-marginals.json"));

        assertThatThrownBy(() -> run(spec)).isInstanceOf(StoreException.class).hasMessageContaining("marginals-2");
    }

    private RunFiles store() {
        return RunFiles.at(
                directory.resolve("out/store").toString(), spark.sparkContext().hadoopConfiguration());
    }

    private void stop(RunSpec spec, String at) {
        RunListener stops = new RunListener() {
            @Override
            public void stageStarted(String stage, long total) {
                if (stage.startsWith(at)) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
        assertThatThrownBy(() -> PrivateEvolution.on(spark).listener(stops).run(spec))
                .hasMessageContaining("stopped");
    }

    private static List<String> released(RunResult result) {
        return result.guarantee().charges().stream()
                .map(entry -> entry.release().releaseId())
                .toList();
    }

    @Test
    void moreRowsAreDrawnFromAFinishedRunWithoutAnotherCharge() {
        run(spec());

        RunResult more = run(spec("output.rows=500"));

        assertThat(more.synthetic().count()).isEqualTo(500);
        assertThat(more.guarantee().charges()).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void marginalsAreThoseOfTheDefinition(PrivacyUnit unit) {
        RunSpec spec =
                unit == PrivacyUnit.CLIENT ? spec("privacy.unit=client", "private_data.client_column=id") : spec();
        PrivateSource source = new PrivateSource(spark);
        TableSchema schema = spec.tabular().schema();
        List<NumberCells> numbers = TableBins.fine(schema, 20);
        List<Row> rows = source.open(spec).collectAsList();
        PrivateColumns columns = PrivateColumns.of(spec);
        try (PrivateVectors vectors =
                PrivateVectors.embed(spec, source.open(spec), new TabularEmbedder(schema, 1, 1))) {
            for (MarginalQuery query : List.of(
                    new MarginalQuery(numbers, MarginalQuery.columns(schema.size(), 3)),
                    new MarginalQuery(numbers, MarginalQuery.pairs(schema.size())))) {
                MarginalCells cells = new MarginalCells(schema, 3, query);
                long[] expected = new long[cells.size()];
                rows.stream()
                        .collect(java.util.stream.Collectors.groupingBy(
                                row -> unit == PrivacyUnit.CLIENT ? columns.client(row) : new Object()))
                        .values()
                        .forEach(unitRows -> addUnit(unitRows, columns, cells, expected));

                assertThat(TestNoise.cleanVotes(
                                new VoteStage(spark, spec).marginalHistogram("marginals", vectors, query)))
                        .isEqualTo(expected);
            }
        }
    }

    private static void addUnit(List<Row> rows, PrivateColumns columns, MarginalCells cells, long... into) {
        int[] counts = new int[cells.size()];
        for (Row row : rows) {
            int[] of = new int[cells.marginals()];
            cells.cells(columns.label(row), columns.features(row), of);
            for (int cell : of) {
                counts[cell]++;
            }
        }
        if (rows.size() == 1) {
            Arrays.setAll(into, cell -> into[cell] + counts[cell] * VoteGrid.vote(cells.marginals()));
        } else {
            long[] votes = VoteGrid.clientVotes(counts);
            Arrays.setAll(into, cell -> into[cell] + votes[cell]);
        }
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private RunSpec spec(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "evolution={samples: 40, votes: 3, selection: estimate}",
                "privacy={epsilon: 4, delta: 1e-5, ledger: " + directory.resolve("ledger") + "}"));
        all.addAll(List.of(overrides));
        return Customers.spec(directory.resolve("private"), directory.resolve("out"), all.toArray(String[]::new));
    }
}
