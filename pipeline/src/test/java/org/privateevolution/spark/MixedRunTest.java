package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.embedding.MixedEmbedder;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.fixtures.Visits;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.text.TextRoom;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;
import org.privateevolution.table.TableBins;

/** Tests whole runs that generate records with columns and a text. */
class MixedRunTest {

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private Path out() {
        return folder.resolve("out");
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private static ChatServer server() throws IOException {
        return new ChatServer((number, prompt) -> ChatServer.Act.ANSWER);
    }

    /** The server echoes its prompt, so a text contains the columns that it was written for. */
    private static void assertAgree(List<Row> rows) {
        assertThat(rows).allSatisfy(row -> {
            String note = row.getAs("note");
            assertThat(note).contains("stars: " + row.getAs("stars") + "\n", "price: " + row.getAs("price"));
            if (row.getAs("city") != null) {
                assertThat(note).contains("city: " + row.getAs("city") + "\n");
            }
        });
    }

    @Test
    void recordsHaveColumnsAndATextThatWasWrittenForThem() throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = server()) {
            RunResult result = run(Visits.run(visits, server.url(), out(), "evaluation.private_metrics=true"));

            assertThat(result.synthetic().schema().simpleString())
                    .isEqualTo("struct<city:string,stars:int,price:double,note:string>");
            List<Row> rows = result.synthetic().collectAsList();
            assertThat(rows).hasSize(8).doesNotHaveDuplicates();
            assertAgree(rows);
            assertThat(spark.read()
                            .parquet(out().resolve("synthetic/parquet").toString())
                            .collectAsList())
                    .containsExactlyInAnyOrderElementsOf(rows);
            assertThat(result.guarantee().charges().stream()
                            .map(entry -> entry.release().releaseId()))
                    .containsExactly("marginals-1", "marginals-2", "vote-001", "vote-002");
            Set<String> metrics = new HashSet<>();
            result.metrics().stream()
                    .filter(metric -> metric.iteration() == 2 && !metric.insideGuarantee())
                    .map(MetricValue::metric)
                    .forEach(metrics::add);
            assertThat(metrics).contains("fid", "precision", "recall", "wasserstein_words");
            assertThat(result.marginals().orElseThrow().columns()).hasSize(3);
            assertThat(result.metrics())
                    .anyMatch(metric -> metric.metric().equals("estimated_records"))
                    .anyMatch(metric -> metric.metric().equals("predictive_score"));
            assertThat(Files.readString(out().resolve("report.html")))
                    .contains("stars", "note")
                    .doesNotContain("fid");
            // Without a model, columns alone can be drawn.
            assertThat(SavedEstimate.of(spark, out().toString())
                            .draw(50, 1)
                            .schema()
                            .fieldNames())
                    .containsExactly("city", "stars", "price");
            // 13 initial samples, and 9 variations after each vote but the last; some may be equal.
            assertThat(server.seen()).hasSize(13 + 9);
        }
    }

    /** The private guests are neither read nor asked for; the notes of the synthetic records are scanned. */
    @Test
    void columnsThatAreMadeUpStandBesideTheTextAndAreUnknownToIt() throws IOException {
        Path visits = Visits.write(folder);
        Path prompt = Files.writeString(
                folder.resolve("random.json"),
                """
                {"message_template": [{"role": "user", "content": "For jo.doe@mail.net:\\n{columns}\\n"}]}
                """);
        try (ChatServer server = server()) {
            RunSpec spec = Visits.run(
                    visits,
                    server.url(),
                    out(),
                    "text.prompts.random=" + prompt,
                    "tabular.columns=[{name: guest, type: id, pattern: 'G[0-9]{2}'},"
                            + " {name: city, type: string, categories: [Oslo, Lima], nullable: true},"
                            + " {name: stars, type: integer, categories: [1, 2, 3, 4, 5]},"
                            + " {name: price, type: double, min: 0, max: 100, decimals: 1},"
                            + " {name: contact, type: email}]");
            assertThat(PrivateColumns.of(spec).names()).containsExactly("city", "stars", "price", "note");

            RunResult result = run(spec);

            assertThat(result.synthetic().schema().simpleString())
                    .isEqualTo("struct<guest:string,city:string,stars:int,price:double,contact:string,note:string>");
            List<Row> rows = result.synthetic().collectAsList();
            assertThat(rows).hasSize(8);
            assertAgree(rows);
            assertThat(spark.read()
                            .parquet(out().resolve("synthetic/parquet").toString())
                            .collectAsList())
                    .containsExactlyInAnyOrderElementsOf(rows);
            Set<String> guests = texts(rows, "guest");
            assertThat(guests).hasSize(8).allMatch(guest -> guest.matches("G\\d{2}"));
            assertThat(texts(rows, "contact"))
                    .hasSize(8)
                    .allMatch(contact -> contact.matches("[a-z.]+\\d+@example\\..*"));
            assertThat(server.seen()).allSatisfy(request -> assertThat(request.prompt())
                    .contains("stars: ")
                    .doesNotContain("guest: ", "contact: ", "@example"));
            assertThat(result.verdict())
                    .contains("Made up, and never read from the private data: guest, contact.")
                    .anyMatch(sentence -> sentence.contains("an e-mail address in 8."));
            assertThat(result.metrics()).contains(new MetricValue(2, "", "texts_with_email", 8, true));

            SavedEstimate estimate = SavedEstimate.of(spark, out().toString());
            Dataset<Row> drawn = estimate.draw(50, 1);
            assertThat(drawn.schema().fieldNames()).containsExactly("guest", "city", "stars", "price", "contact");
            assertThat(texts(drawn.collectAsList(), "guest")).hasSize(50).doesNotContainAnyElementsOf(guests);
            assertThat(run(spec).synthetic().collectAsList()).isEqualTo(rows);
        }
    }

    private static Set<String> texts(List<Row> rows, String column) {
        return rows.stream().map(row -> row.<String>getAs(column)).collect(Collectors.toSet());
    }

    @Test
    void aRuleOfOneVoteBuysNoMarginals() throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = server()) {
            RunResult result = run(Visits.run(
                    visits,
                    server.url(),
                    out(),
                    "evolution={schedule: [9, 5], selection: rank, keep_selected: true, lookahead: 1}",
                    "text.beside={share: 0.4, text_only: 0.3, columns_only: 0.4}",
                    "privacy.unit=client",
                    "private_data.client_column=guest"));

            assertThat(result.synthetic().count()).isEqualTo(5);
            assertAgree(result.synthetic().collectAsList());
            assertThat(result.guarantee().charges().stream()
                            .map(entry -> entry.release().releaseId()))
                    .containsExactly("vote-001");
        }
    }

    @Test
    void labelsAreColumnsToThePromptsAndTheirSharesFollowFromTheMarginals() throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = server()) {
            RunResult result = run(Visits.run(
                    visits,
                    server.url(),
                    out(),
                    "labels={column: stars, type: integer, values: [1, 2, 3, 4, 5]}",
                    "tabular.columns=[{name: price, type: double, min: 0, max: 100, decimals: 1}]",
                    "privacy={noise_multiplier: 0.3, delta: 1e-5, unit: client}",
                    "private_data.client_column=guest",
                    "evolution.schedule=[40, 20, 20]"));

            assertThat(result.synthetic().schema().fieldNames()).containsExactly("price", "note", "stars");
            List<Row> rows = result.synthetic().collectAsList();
            assertThat(rows).allSatisfy(row -> assertThat(row.getString(1))
                    .contains("stars: " + row.getInt(2) + "\n", "price: " + row.getDouble(0)));
            // Three of seven records have five stars; every other number of stars has one record.
            assertThat(rows.stream().filter(row -> row.getInt(2) == 5)).hasSizeBetween(6, 12);
            assertThat(result.guarantee().charges()).hasSize(4);
        }
    }

    /** Compares with vectors and distances that this test computes itself, in double precision. */
    @ParameterizedTest
    @EnumSource(PrivacyUnit.class)
    void votesAndMarginalsAreThoseOfTheDefinition(PrivacyUnit unit) throws IOException {
        Path visits = Visits.write(folder);
        RunSpec spec = unit == PrivacyUnit.CLIENT
                ? Visits.run(
                        visits,
                        "http://127.0.0.1:1",
                        out(),
                        "privacy.unit=client",
                        "private_data.client_column=guest",
                        "private_data.partitions=3")
                : Visits.run(visits, "http://127.0.0.1:1", out(), "private_data.partitions=3");
        MixedSpec mixed = (MixedSpec) spec.modality();
        var texts = TextRoom.embedder(mixed.text(), 1);
        MixedEmbedder embedder = MixedEmbedder.of(mixed, texts);
        List<MixedRecord> candidates = List.of(
                candidate(0, 4, 50, "A guest praised the breakfast"),
                candidate(1, 0, 20, "A guest deplored the lift"),
                candidate(TableRow.NULL, 2, 70, "An ordinary room"),
                candidate(0, 0, 99, "The menu was fine"));
        PrivateSource source = new PrivateSource(spark);
        PrivateStore store = PrivateStore.of(spark, spec);
        RunFiles files = RunFiles.at(spec.output().location(), new Configuration());
        List<String> told = new ArrayList<>();
        OpenModality modality = Modalities.open(spark, source, spec, files, store, new RunListener() {
            @Override
            public void notice(String message) {
                told.add(message);
            }
        });
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("column stars is taken for the rating")
                .contains("set text.beside.rating to another column, or to none");
        Map<Object, Map<Integer, Integer>> nearest = new HashMap<>();
        MarginalQuery query =
                new MarginalQuery(TableBins.fine(mixed.tabular().schema(), 20), MarginalQuery.columns(3, 1));
        MarginalCells cells = new MarginalCells(mixed.tabular().schema(), 1, query);
        Map<Object, int[]> inCells = new HashMap<>();
        PrivateColumns columns = PrivateColumns.of(spec);
        for (Row row : source.open(spec).collectAsList()) {
            Object voter = unit == PrivacyUnit.CLIENT ? columns.client(row) : new Object();
            nearest.computeIfAbsent(voter, key -> new HashMap<>())
                    .merge(nearest(mixed, texts, columns.payload(row), candidates), 1, Integer::sum);
            int[] own = new int[cells.marginals()];
            cells.cells(0, columns.features(row), own);
            for (int cell : own) {
                inCells.computeIfAbsent(voter, key -> new int[cells.size()])[cell]++;
            }
        }
        double[] expected = new double[candidates.size()];
        for (Map<Integer, Integer> counts : nearest.values()) {
            double norm = Math.sqrt(
                    counts.values().stream().mapToDouble(n -> (double) n * n).sum());
            counts.forEach((candidate, n) -> expected[candidate] += n / norm);
        }

        try (PrivateVectors vectors = modality.privateVectors()) {
            long[] votes = TestNoise.cleanVotes(new VoteStage(spark, spec)
                    .nearestNeighborHistogram(
                            "vote", vectors, embedder.embed(candidates), embedder.dimension(), new int[] {
                                0, candidates.size()
                            })
                    .histogram());
            double unitVote = VoteGrid.vote(1);
            for (int i = 0; i < votes.length; i++) {
                // A unit's votes are rounded towards zero.
                assertThat(votes[i] / unitVote).isCloseTo(expected[i], within(1e-4));
            }
            double[] expectedInCells = new double[cells.size()];
            for (int[] counts : inCells.values()) {
                double norm = Math.sqrt(
                        Arrays.stream(counts).mapToDouble(n -> (double) n * n).sum());
                for (int cell = 0; cell < counts.length; cell++) {
                    expectedInCells[cell] += counts[cell] / norm;
                }
            }
            long[] marginals =
                    TestNoise.cleanVotes(new VoteStage(spark, spec).marginalHistogram("marginals", vectors, query));
            for (int cell = 0; cell < marginals.length; cell++) {
                assertThat(marginals[cell] / unitVote).isCloseTo(expectedInCells[cell], within(1e-4));
            }
        }
    }

    private static MixedRecord candidate(double city, double stars, double price, String note) {
        return new MixedRecord(new TableRow(new double[] {city, stars, price}), new Text(note));
    }

    /** By definition: one-hot categories of 1/3, numbers by range, and the text's unit vector times its scale. */
    private static int nearest(MixedSpec mixed, Embedder texts, Payload record, List<MixedRecord> candidates) {
        double scale = Math.sqrt(0.7 / 0.3 * (2.0 / 9 * (1 - 1 / 3.0) + 2.0 / 9 * (1 - 1 / 5.0) + 1 / 6.0) / 2);
        assertThat((double) MixedEmbedder.textScale(mixed)).isCloseTo(scale, within(1e-6));
        float[] own = texts.embed(List.of(record.text().orElseThrow()));
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < candidates.size(); c++) {
            float[] other = texts.embed(List.of(candidates.get(c).content()));
            double distance = 0;
            for (int i = 0; i < own.length; i++) {
                distance += scale * scale * (own[i] - other[i]) * (own[i] - other[i]);
            }
            double[] left = record.row().orElseThrow().codes();
            double[] right = candidates.get(c).columns().codes();
            for (int column = 0; column < 2; column++) {
                distance += Double.compare(left[column], right[column]) == 0 ? 0 : 2.0 / 9;
            }
            distance += Math.pow((left[2] - right[2]) / 100, 2);
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    @Test
    void aRunThatIsInterruptedEndsAsIfItHadNotBeen() throws IOException {
        interruptAt("vote 1");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"second marginals", "population 1", "writing the results"})
    void aRunThatIsInterruptedElsewhereDoesSoToo(String stage) throws IOException {
        interruptAt(stage);
    }

    private void interruptAt(String stage) throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = server()) {
            RunSpec spec = Visits.run(visits, server.url(), out(), "output.rows=10");
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

            assertThat(resumed.guarantee().charges()).hasSize(4);
            List<Row> rows = resumed.synthetic().collectAsList();
            assertThat(rows).hasSize(10).doesNotHaveDuplicates();
            assertAgree(rows);
            assertThat(server.seen()).as("asked nothing twice").hasSize(13 + 9);

            // An uninterrupted run would draw other noise, but the run can be repeated from its own releases.
            assertThat(run(spec).synthetic().collectAsList()).isEqualTo(rows);
            assertThat(server.seen()).hasSize(13 + 9);
            assertThat(Charges.in(out().resolve("ledger"))).hasSize(4);
        }
    }

    @Test
    void nothingPrivateIsInPromptsLogsOrWhatARunLeaves() throws IOException {
        Path visits = Visits.write(folder);
        try (ChatServer server = server();
                CapturedLog log = new CapturedLog()) {
            run(Visits.run(visits, server.url(), out(), "evaluation.private_metrics=true"));

            StringBuilder sent = new StringBuilder();
            server.seen().forEach(request -> sent.append(request.body()));
            assertThat(sent.toString()).contains("stars").doesNotContain("Ottilie", "Zwingli");
            assertThat(log.text()).doesNotContain("Ottilie", "Zwingli");
            List<Path> left = new ArrayList<>();
            try (Stream<Path> files = Files.walk(out())) {
                files.filter(Files::isRegularFile).forEach(left::add);
            }
            assertThat(left).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(
                            Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("Ottilie", "Zwingli"));
            assertThat(folder.resolve("out-private")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"city\": \"Oslo\", \"stars\": 3, \"price\": 1, \"note\": null} | 'note': a private text is null",
                "{\"city\": \"Xanten\", \"stars\": 3, \"price\": 1, \"note\": \"Secret\"} | 'city'",
                "{\"city\": \"Oslo\", \"stars\": 3, \"price\": 7777, \"note\": \"Secret\"} | 'price'"
            })
    void aRecordThatDoesNotFitIsRefusedByItsColumnBeforeAnythingIsCharged(String line, String message)
            throws IOException {
        Path visits = Visits.write(folder);
        Files.writeString(visits, Files.readString(visits) + line + "\n");
        try (ChatServer server = server()) {
            assertThatThrownBy(() -> run(Visits.run(visits, server.url(), out())))
                    .isInstanceOf(PrivateDataException.class)
                    .hasMessageContaining(message.strip())
                    .hasMessageNotContainingAny("Xanten", "7777", "Secret", "Ottilie");
            assertThat(Charges.in(out().resolve("ledger"))).isEmpty();
            assertThatThrownBy(() -> PrivateEvolution.on(spark).check(Visits.run(visits, server.url(), out())))
                    .isInstanceOf(PrivateDataException.class)
                    .hasMessageContaining(message.strip());
        }
    }
}
