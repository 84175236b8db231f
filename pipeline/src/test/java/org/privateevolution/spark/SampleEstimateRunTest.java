package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.RunListener;

/** Runs that make texts and images, of which all samples and all votes count until the end. */
class SampleEstimateRunTest {

    private static final String SCHEDULE =
            "evolution={schedule: [13, 9, 8, 7], selection: estimate, variation_fold: 1, keep_selected: true}";
    private static final String LOOKAHEAD = "evolution={schedule: [13, 7, 7], selection: estimate, lookahead: 2,"
            + " lookahead_self: true, initial_variation_fold: 1}";

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private Path out() {
        return folder.resolve("out");
    }

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    @Test
    void asManyDifferentTextsArePublishedAsAskedFor() throws IOException {
        RunResult result = run(Mails.corpusRun(Mails.write(folder), out(), SCHEDULE, "output.rows=15"));

        List<Row> rows = result.synthetic().collectAsList();
        assertThat(rows).hasSize(15).doesNotHaveDuplicates();
        // Labels have the shares that they have without an estimate.
        assertThat(rows.stream().filter(row -> row.getString(1).equals("ham"))).hasSize(8);
        assertThat(result.guarantee().charges().stream()
                        .map(entry -> entry.release().releaseId()))
                .containsExactly("vote-001", "vote-002", "vote-003");
        assertThat(values(result, "predictive_score")).containsOnlyKeys(2, 3);
        assertThat(values(result, "distinct_share")).containsEntry(3, 1.0);
        // Nothing is made that is not voted on.
        assertThat(out().resolve("store/iteration-002/population.jsonl")).exists();
        assertThat(out().resolve("store/iteration-003/population.jsonl")).doesNotExist();
    }

    @Test
    void asManyTextsAreBoughtAsVotesHaveCandidates() throws IOException {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            run(Mails.chatRun(mails, server.url(), out(), LOOKAHEAD));

            assertThat(server.seen()).hasSize(bought()).hasSizeLessThanOrEqualTo(13 + 13 + 2 * 26 + 7 + 2 * 7);
        }
    }

    /**
     * 13 random samples, 13 variations of them, 7 variations, and a lookahead of 2 over the different samples of either
     * population.
     */
    private int bought() throws IOException {
        int candidates = 0;
        for (int iteration = 0; iteration <= 1; iteration++) {
            candidates += Files.readAllLines(out().resolve("store/iteration-00" + iteration + "/population.jsonl"))
                    .size();
        }
        return 13 + 13 + 7 + 2 * candidates;
    }

    @Test
    void equalTextsStandInAVoteOnceAndAreMissedWithANotice() throws IOException {
        List<String> notices = new ArrayList<>();
        RunListener hears = new RunListener() {
            @Override
            public void notice(String message) {
                notices.add(message);
            }
        };

        RunResult result = PrivateEvolution.on(spark)
                .listener(hears)
                .run(Mails.corpusRun(Mails.write(folder), out(), SCHEDULE, "output.rows=300"));

        assertThat(notices)
                .anyMatch(notice -> notice.matches("population [012]: .* are left out"))
                .anyMatch(notice -> notice.contains("different samples") && notice.contains("300 were requested"));
        assertThat(result.synthetic().collectAsList()).hasSizeGreaterThan(12).doesNotHaveDuplicates();
        for (int iteration = 0; iteration <= 2; iteration++) {
            List<String> payloads = new ArrayList<>();
            for (String line :
                    Files.readAllLines(out().resolve("store/iteration-00" + iteration + "/population.jsonl"))) {
                payloads.add(line.replaceAll("\"(id|parent)\":\"[^\"]*\"", ""));
            }
            assertThat(payloads).doesNotHaveDuplicates();
        }
    }

    @Test
    void weightsAreAColumnIfTheyAreAskedFor() throws IOException {
        RunResult result = run(Mails.corpusRun(
                Mails.write(folder),
                out(),
                SCHEDULE,
                "output.rows=14",
                "output.weights=true",
                "labels.fractions={ham: 0.5, spam: 0.5}"));

        assertThat(result.synthetic().columns()).containsExactly("text", "label", "weight");
        Map<String, Double> means = new TreeMap<>();
        Set<Double> weights = new HashSet<>();
        for (Row row : spark.read()
                .parquet(out().resolve("synthetic/parquet").toString())
                .collectAsList()) {
            means.merge(row.getString(1), row.getDouble(2) / 7, Double::sum);
            weights.add(row.getDouble(2));
        }
        assertThat(means).hasSize(2).allSatisfy((label, mean) -> assertThat(mean)
                .isCloseTo(1, within(1e-9)));
        assertThat(weights).hasSizeGreaterThan(2);
    }

    @Test
    void imagesHaveTheirWeightsInParquet() throws IOException {
        Path images = Portraits.write(folder);

        RunResult result = run(Portraits.run(images, out(), LOOKAHEAD, "output.weights=true"));

        assertThat(result.synthetic().columns()).containsExactly("image", "label", "weight");
        List<Row> rows = spark.read()
                .parquet(out().resolve("synthetic/parquet").toString())
                .collectAsList();
        assertThat(rows).hasSize(7);
        assertThat(rows.stream().mapToDouble(row -> row.getDouble(2)).sum()).isCloseTo(7, within(1e-9));
        assertThat(out().resolve("grids/evolution.png")).exists();
        assertThatThrownBy(() -> Portraits.run(images, out(), LOOKAHEAD, "output.weights=true", "output.formats=[png]"))
                .hasMessageContainingAll("output.weights", "add parquet to output.formats");
    }

    @Test
    void aRunThatIsInterruptedEndsAsIfItHadNotBeen() throws IOException {
        interruptAt("vote 2");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"lookahead for vote 2", "population 1", "writing the results"})
    void aRunThatIsInterruptedElsewhereDoesSoToo(String stage) throws IOException {
        interruptAt(stage);
    }

    private void interruptAt(String stage) throws IOException {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            RunSpec spec = Mails.chatRun(mails, server.url(), out(), LOOKAHEAD, "output.rows=20");
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
            int asked = server.seen().size();
            Map<String, String> released = releases();

            RunResult resumed = run(spec);

            assertThat(releases()).containsAllEntriesOf(released).hasSize(2);
            assertThat(resumed.guarantee().charges()).hasSize(2);
            List<Row> rows = resumed.synthetic().collectAsList();
            assertThat(rows).hasSize(20).doesNotHaveDuplicates();
            assertThat(server.seen()).as("asked nothing twice").hasSize(bought());
            assertThat(asked).isLessThanOrEqualTo(server.seen().size());

            // The votes of a run that was not stopped are others, for their noise is; but it may be done again from its
            // own.
            deleteResults();
            assertThat(run(spec).synthetic().collectAsList()).isEqualTo(rows);
            assertThat(server.seen()).hasSize(bought());
        }
    }

    /** A run whose store is cut back to what it was after its first vote goes the same way again. */
    @Test
    void whatFollowsAVoteFollowsFromTheReleasesAlone() throws IOException {
        RunSpec spec = Mails.corpusRun(Mails.write(folder), out(), SCHEDULE);
        run(spec);
        Path population = out().resolve("store/iteration-002/population.jsonl");
        String before = Files.readString(population);
        Files.delete(out().resolve("store/iteration-002/manifest.json"));
        Files.delete(population);
        // The ledger has the third vote, which must be of the population that is made again.
        assertThatThrownBy(() -> run(spec)).hasMessageContaining("the population that was voted on");
        Files.delete(out().resolve("store/releases/vote-003.json"));
        try (Stream<Path> ledger = Files.list(out().resolve("ledger"))) {
            for (Path file : ledger.filter(file -> file.getFileName().toString().startsWith("entry-000003"))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.delete(out().resolve("store/iteration-003/selection.json"));

        run(spec);

        assertThat(population).hasContent(before);
    }

    @Test
    void aFinishedRunGoesOnWithMoreVotesAndGivesMoreRows() throws IOException {
        Path mails = Mails.write(folder);
        run(Mails.corpusRun(mails, out(), SCHEDULE));
        RunSpec longer = Mails.corpusRun(
                mails, out(), SCHEDULE, "evolution.schedule=[13, 9, 8, 7, 12]", "evolution.variation_fold=2");
        assertThatThrownBy(() -> run(longer)).hasMessageContaining("--extend");

        RunResult result = PrivateEvolution.on(spark).extend(true).run(longer);

        assertThat(result.guarantee().charges()).hasSize(4);
        assertThat(result.synthetic().collectAsList()).hasSize(12).doesNotHaveDuplicates();
        assertThat(out().resolve("store/iteration-003/population.jsonl")).exists();
    }

    @Test
    void votesOfClientsAreExplainedToo() throws IOException {
        RunResult result = run(Mails.corpusRun(
                Mails.write(folder),
                out(),
                SCHEDULE,
                "vote.neighbors=2",
                "text.columns=[body]",
                "privacy.unit=client",
                "private_data.client_column=subject"));

        assertThat(result.synthetic().collectAsList()).hasSize(7).doesNotHaveDuplicates();
        assertThat(values(result, "predictive_score")).hasSize(2);
    }

    @Test
    void whatAnEstimateHasNoUseForIsRefused() throws IOException {
        Path mails = Mails.write(folder);

        assertThatThrownBy(() -> Mails.corpusRun(mails, out(), SCHEDULE, "evolution.threshold=2"))
                .hasMessageContaining("evolution.threshold");
        assertThatThrownBy(() -> Mails.corpusRun(mails, out(), SCHEDULE, "output.publish=population"))
                .hasMessageContaining("output.publish");
        assertThatThrownBy(() -> Mails.corpusRun(mails, out(), "output.weights=true"))
                .hasMessageContainingAll("output.weights", "it needs evolution.selection: estimate");
        assertThatThrownBy(() -> Mails.corpusRun(
                        mails, out(), SCHEDULE, "output.weights=true", "labels={column: weight, values: [a]}"))
                .hasMessageContainingAll("output.weights", "rename it");
        assertThatThrownBy(() -> Mails.corpusRun(mails, out(), "evolution={selection: estimate, samples: 9}"))
                .hasMessageContaining("evolution.votes");
    }

    private static Map<Integer, Double> values(RunResult result, String metric) {
        Map<Integer, Double> values = new TreeMap<>();
        for (MetricValue value : result.metrics()) {
            if (value.metric().equals(metric)) {
                assertThat(value.insideGuarantee()).isTrue();
                values.put(value.iteration(), value.value());
            }
        }
        return values;
    }

    private void deleteResults() throws IOException {
        try (Stream<Path> files = Files.walk(out().resolve("synthetic"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private Map<String, String> releases() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Path releases = out().resolve("store/releases");
        if (Files.exists(releases)) {
            try (Stream<Path> files = Files.list(releases)) {
                for (Path file : files.toList()) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        contents.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
        }
        return contents;
    }
}
