package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.OnnxTextEmbedder;
import org.privateevolution.embedding.SentenceModel;
import org.privateevolution.fixtures.CapturedLog;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.ChildJvm;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.generation.text.ChatServer;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** Whole runs that make texts. */
class TextRunTest {

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();

    private RunResult run(RunSpec spec) {
        return PrivateEvolution.on(spark).run(spec);
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Test
    void textsAreDrawnFromAPublicCorpusAndPublishedWithTheirLabels() throws IOException {
        RunResult result = run(Mails.corpusRun(Mails.write(folder), out()));

        assertThat(result.synthetic().columns()).containsExactly("text", "label");
        List<Row> rows = result.synthetic().collectAsList();
        assertThat(rows).hasSize(7);
        String corpus = Files.readString(folder.resolve("public.jsonl"));
        for (Row row : rows) {
            assertThat(corpus)
                    .contains("\"label\": \"" + row.getString(1) + "\"")
                    .contains(row.getString(0));
        }
        for (String format : List.of("parquet", "csv", "jsonl")) {
            assertThat(out().resolve("synthetic").resolve(format)).isDirectoryContaining("glob:**/_SUCCESS");
        }
        assertThat(Files.readString(out().resolve("report.html")))
                .contains(rows.get(0).getString(0), "iteration by iteration")
                .doesNotContain("Outside the guarantee", "do not publish");
        assertThat(out()).isDirectoryNotContaining("glob:**/*-private.*");
        assertThat(Files.readString(out().resolve("configuration.yaml")))
                .containsPattern("model_sha256: \"?[0-9a-f]{64}")
                .containsPattern("sha256: \"?[0-9a-f]{64}");
    }

    @Test
    void everyIterationIsMeasuredAndWhatReadsPrivateTextsIsMarked() throws IOException {
        RunResult result = run(Mails.corpusRun(Mails.write(folder), out(), "evaluation.private_metrics=true"));

        for (int iteration = 0; iteration <= 2; iteration++) {
            for (String metric : List.of("fid", "precision", "recall", "mauve", "wasserstein_words")) {
                assertThat(metric(result, iteration, metric).insideGuarantee()).isFalse();
            }
            for (String metric : List.of("distinct_1", "distinct_3", "near_duplicates")) {
                assertThat(metric(result, iteration, metric).insideGuarantee()).isTrue();
            }
        }
        for (String metric : List.of("vote_rows_per_core_second", "vote_gflops_per_core", "vote_share_pruned")) {
            assertThat(metric(result, 2, metric).insideGuarantee()).isFalse();
        }
        assertThat(Files.readString(out().resolve("store/iteration-002/selection.json")))
                .contains("\"kernels\":[\"");
        assertThat(Files.readString(out().resolve("report-private.html")))
                .contains("do not publish", "Outside the guarantee", "fid", "near_duplicates");
        assertThat(Files.readString(out().resolve("report.html")))
                .contains("may be published", "near_duplicates")
                .doesNotContain("utside the guarantee.", "fid", "mauve", "wasserstein_words");
        assertThat(Files.readString(out().resolve("metrics.csv")))
                .contains("2,,distinct_1,")
                .doesNotContain("false", "fid", "vote_rows_per_core_second");
        assertThat(Files.readString(out().resolve("metrics-private.csv")))
                .contains("2,,fid,", "2,,vote_rows_per_core_second,")
                .doesNotContain("true", "distinct");
    }

    @Test
    void whatIsNotAskedForAnyMoreIsTakenAway() throws IOException {
        Path mails = Mails.write(folder);
        run(Mails.corpusRun(mails, out(), "evaluation.private_metrics=true"));
        assertThat(out()).isDirectoryContaining("glob:**/report-private.html");
        run(Mails.corpusRun(mails, out()));
        assertThat(out()).isDirectoryNotContaining("glob:**/*-private.*");
        assertThat(Files.readString(out().resolve("report.html"))).doesNotContain("fid");
    }

    @Test
    void textsWithWhatLooksLikeAnIdentifierAreCountedAndWarnedOf() throws IOException {
        Path mails = Mails.write(folder);
        Path corpus = folder.resolve("public.jsonl");
        Files.writeString(corpus, Files.readString(corpus).replace("Somebody", "jo.doe@mail.net"));

        RunResult result = run(Mails.corpusRun(mails, out()));

        assertThat(metric(result, 2, "texts_with_email"))
                .isEqualTo(new MetricValue(2, "", "texts_with_email", 7, true));
        assertThat(result.verdict()).anyMatch(sentence -> sentence.contains("an e-mail address in 7."));
        assertThat(Files.readString(out().resolve("report.html"))).contains("an e-mail address in 7.");
        assertThat(Files.readString(out().resolve("metrics.csv")))
                .contains("2,,texts_with_email,7")
                .doesNotContain("@");
    }

    private static MetricValue metric(RunResult result, int iteration, String name) {
        return result.metrics().stream()
                .filter(metric ->
                        metric.iteration() == iteration && metric.metric().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of iteration " + iteration));
    }

    @Test
    void aRunThatIsRepeatedReadsTheKeptEmbeddingsUntilTheDataChange() throws IOException {
        Path mails = Mails.write(folder);
        String keep = "private_data.store.keep=true";
        RunSpec spec = Mails.corpusRun(mails, out(), keep);
        run(spec);
        Path kept = onlyDirectory(folder.resolve("out-private/embeddings"));
        Files.writeString(kept.resolve("_mark"), "still here");
        assertThat(spark.read().parquet(kept.toString()).count()).isEqualTo(Mails.MAILS);

        // One vote more has to read the private vectors.
        PrivateEvolution.on(spark)
                .extend(true)
                .run(Mails.corpusRun(mails, out(), keep, "evolution.schedule=[13, 7, 7, 7]"));
        assertThat(kept.resolve("_mark")).exists();

        Files.write(mails, Mails.lines(53, "Dear", 6));
        PrivateEvolution.on(spark)
                .extend(true)
                .run(Mails.corpusRun(mails, out(), keep, "evolution.schedule=[13, 7, 7, 7, 7]"));
        assertThat(kept).doesNotExist();
        Path anew = onlyDirectory(folder.resolve("out-private/embeddings"));
        assertThat(spark.read().parquet(anew.toString()).count()).isEqualTo(53);
    }

    private static Path onlyDirectory(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            List<Path> directories = entries.filter(Files::isDirectory).toList();
            assertThat(directories).hasSize(1);
            return directories.get(0);
        }
    }

    @Test
    void whatAnEarlierVersionKeptInTheOutputIsRemovedWithANotice() throws IOException {
        Path left = Files.createDirectories(out().resolve("store/private-embeddings/0123"));
        Files.writeString(left.resolve("part-0.parquet"), "private");
        List<String> notices = new ArrayList<>();

        PrivateEvolution.on(spark)
                .listener(new org.privateevolution.spi.RunListener() {
                    @Override
                    public void notice(String message) {
                        notices.add(message);
                    }
                })
                .run(Mails.corpusRun(Mails.write(folder), out()));

        assertThat(left.getParent()).doesNotExist();
        assertThat(notices)
                .anyMatch(notice -> notice.contains("store/private-embeddings") && notice.contains("earlier version"));
    }

    @Test
    void keptEmbeddingsVoteAsComputedOnesDo() throws IOException {
        Path mails = Mails.write(folder);
        RunSpec spec = Mails.corpusRun(
                mails,
                out(),
                "privacy.unit=client",
                "private_data.client_column=subject",
                "text.columns=[body]",
                "private_data.partitions=3");
        var embedder = OnnxTextEmbedder.open(SentenceModel.miniLm(), 1);
        PrivateStore store = PrivateStore.of(spark, spec);
        RunFiles files = RunFiles.at(spec.output().location(), new Configuration());
        OpenModality texts = Modalities.open(spark, new PrivateSource(spark), spec, files, store, new RunListener() {});
        float[] candidates = embedder.embed(List.of(
                new org.privateevolution.model.Text("Somebody wrote about the divorce"),
                new org.privateevolution.model.Text("cheap watches"),
                new org.privateevolution.model.Text("buy pills today")));
        int[] offsets = {0, 1, 3};
        try (PrivateVectors computed = PrivateVectors.embed(spec, new PrivateSource(spark).open(spec), embedder);
                PrivateVectors first = texts.privateVectors();
                PrivateVectors second = texts.privateVectors()) {
            VoteStage votes = new VoteStage(spark, spec);
            int dimension = embedder.dimension();
            long[] expected = org.privateevolution.privacy.TestNoise.cleanVotes(
                    votes.nearestNeighborHistogram("vote", computed, candidates, dimension, offsets)
                            .histogram());
            assertThat(org.privateevolution.privacy.TestNoise.cleanVotes(
                            votes.nearestNeighborHistogram("vote", first, candidates, dimension, offsets)
                                    .histogram()))
                    .isEqualTo(expected);
            assertThat(org.privateevolution.privacy.TestNoise.cleanVotes(
                            votes.nearestNeighborHistogram("vote", second, candidates, dimension, offsets)
                                    .histogram()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void precomputedVectorsOfTheModelTakeThePlaceOfTheTexts() throws IOException {
        Path mails = Mails.write(folder);
        var embedder = OnnxTextEmbedder.open(SentenceModel.miniLm(), 1);
        Dataset<Row> vectors = spark.read()
                .json(mails.toString())
                .withColumn(
                        "vector",
                        functions
                                .udf(
                                        (String body) ->
                                                embedder.embed(List.of(new org.privateevolution.model.Text(body))),
                                        org.apache.spark.sql.types.DataTypes.createArrayType(
                                                org.apache.spark.sql.types.DataTypes.FloatType))
                                .apply(functions.col("body")));
        Path withVectors = folder.resolve("with-vectors");
        vectors.write().parquet(withVectors.toString());
        RunSpec given = Mails.corpusRun(
                mails,
                folder.resolve("given"),
                "text.columns=[body]",
                "private_data={format: parquet, path: " + withVectors + "}",
                "text.embedding.column=vector");

        assertThat(run(given).synthetic().count()).isEqualTo(7);
        assertThat(folder.resolve("given-private")).doesNotExist();
    }

    @Test
    void aNullTextBesidePrecomputedVectorsIsRefusedBeforeAnythingIsChargedIfItIsToBeMeasured() throws IOException {
        Path withVectors = folder.resolve("with-vectors");
        spark.read()
                .json(Mails.write(folder).toString())
                .withColumn("vector", functions.array_repeat(functions.lit(0.5f), 384))
                .withColumn(
                        "body",
                        functions
                                .when(functions.col("label").equalTo("spam"), null)
                                .otherwise(functions.col("body")))
                .write()
                .parquet(withVectors.toString());
        String[] settings = {
            "text.columns=[body]",
            "private_data={format: parquet, path: " + withVectors + "}",
            "text.embedding.column=vector",
            "evaluation.private_metrics=false"
        };
        Path mails = folder.resolve("mails.jsonl");

        assertThat(run(Mails.corpusRun(mails, out(), settings)).synthetic().count())
                .isEqualTo(7);
        settings[3] = "evaluation.private_metrics=true";
        Path measured = folder.resolve("measured");
        assertThatThrownBy(() -> run(Mails.corpusRun(mails, measured, settings)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("a private text is null")
                .hasMessageNotContainingAny("Ottilie", "biopsy", "Dear");
        assertThat(Charges.in(measured.resolve("ledger"))).isEmpty();
    }

    @Test
    void aMailWithoutTextIsRefusedWithoutAWordOfAnother() throws IOException {
        Path mails = Mails.write(folder);
        Files.writeString(mails, Files.readString(mails) + "{\"label\": \"ham\", \"subject\": null, \"body\": null}\n");

        assertThatThrownBy(() -> run(Mails.corpusRun(mails, out())))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("'subject', 'body'")
                .hasMessageContaining("null")
                .hasMessageNotContainingAny("Ottilie", "biopsy", "Dear");
        assertThat(folder.resolve("out-private/embeddings")).doesNotExist();
        assertThat(Charges.in(out().resolve("ledger"))).isEmpty();
    }

    @Test
    void anUnknownLabelIsRefusedBeforeAnythingIsCharged() throws IOException {
        Path mails = Mails.write(folder);

        assertThatThrownBy(() -> run(
                        Mails.corpusRun(mails, out(), "labels.values=[ham, news]", "text.corpus.label_column=label")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no text for the label 'news'");
    }

    @Test
    void aChangedPromptIsAnotherRun() throws IOException {
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            RunSpec spec = Mails.chatRun(Mails.write(folder), server.url(), out());
            run(spec);
            Path prompt = folder.resolve("random.json");
            Files.writeString(prompt, Files.readString(prompt).replace("kindly", "rudely"));

            assertThatThrownBy(() -> run(spec))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("text.prompts.random_sha256");
        }
    }

    @Test
    void aFileThatIsNotTheDeclaredOneIsRefused() throws IOException {
        RunSpec spec = Mails.chatRun(
                Mails.write(folder), "http://127.0.0.1:1", out(), "text.prompts.random_sha256=" + "0".repeat(64));

        assertThatThrownBy(() -> run(spec))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("text.prompts.random")
                .hasMessageContaining("0".repeat(64));
    }

    @Test
    void aModelThatCannotBeOpenedIsAProblemOfTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("model.onnx"), "not a model");
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        RunSpec spec = Mails.corpusRun(
                Mails.write(folder),
                out(),
                "text.embedding={model: " + folder.resolve("model.onnx") + ", tokenizer: "
                        + folder.resolve("tokenizer.json") + "}");

        assertThatThrownBy(() -> run(spec))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("text.embedding");
    }

    /**
     * Compares everything that reaches an endpoint over a whole run, with lookahead and blanking, with every sequence
     * of five words in the private mails. Words that the answers themselves introduced are synthetic.
     */
    @Test
    void noFiveWordsInARowOfAPrivateTextReachAnEndpoint() throws IOException {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            RunResult result = run(Mails.chatRun(mails, server.url(), out()));

            assertThat(result.synthetic().count()).isEqualTo(7);
            Set<String> secret = fiveWords(Files.readString(mails));
            assertThat(secret).hasSizeGreaterThan(200);
            StringBuilder sent = new StringBuilder();
            server.seen().forEach(request -> sent.append(request.body()).append('\n'));
            // 13 random, 13 variations of them, lookahead of 2 over 26 and 14 candidates, 7 variations.
            assertThat(server.seen()).hasSize(13 + 13 + 2 * 26 + 7 + 2 * 14);
            assertThat(fiveWords(sent.toString())).isNotEmpty().doesNotContainAnyElementsOf(secret);
            // The scan would find one.
            String line = Files.readAllLines(mails).get(3);
            assertThat(fiveWords(sent + line)).containsAnyElementsOf(secret);
        }
    }

    @Test
    void keysAndPrivateTextsAreInNothingThatARunLeaves() throws IOException {
        Path mails = Mails.write(folder);
        String key = "sk-7f3c9e1b5d2a4c6e8f0b";
        Path keyFile = Files.writeString(folder.resolve("key"), key + "\n");
        long eventsBefore = Files.size(TestSession.eventLog());
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER);
                CapturedLog log = new CapturedLog()) {
            RunResult result = run(Mails.chatRun(
                    mails,
                    server.url(),
                    out(),
                    "text.chat.endpoints.0.key_file=" + keyFile,
                    "evaluation.private_metrics=true"));
            assertThat(result.synthetic().count()).isEqualTo(7);
            assertThat(server.seen())
                    .allSatisfy(request -> assertThat(request.headers().getFirst("Authorization"))
                            .isEqualTo("Bearer " + key));

            Set<String> secret = fiveWords(Files.readString(mails));
            List<Path> left = new ArrayList<>();
            left.add(Files.write(folder.resolve("events"), TestSession.eventsSince(eventsBefore)));
            try (Stream<Path> files = Files.walk(out())) {
                files.filter(Files::isRegularFile).forEach(left::add);
            }
            assertThat(left).hasSizeGreaterThan(20);
            for (Path file : left) {
                String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(key);
                assertThat(fiveWords(content)).as(file.toString()).doesNotContainAnyElementsOf(secret);
            }
            assertThat(log.text()).doesNotContain(key);
            assertThat(fiveWords(log.text())).doesNotContainAnyElementsOf(secret);
        }
    }

    private static Set<String> fiveWords(String text) {
        Set<String> runs = new HashSet<>();
        for (String line : text.lines().toList()) {
            List<String> words = new ArrayList<>();
            var matcher = Pattern.compile("\\w+").matcher(line.toLowerCase(java.util.Locale.ROOT));
            while (matcher.find()) {
                words.add(matcher.group());
            }
            for (int end = 5; end <= words.size(); end++) {
                runs.add(String.join(" ", words.subList(end - 5, end)));
            }
        }
        return runs;
    }

    @Test
    void anEndpointThatRefusesIsFoundBeforeAnythingIsEmbedded() throws IOException {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.UNAUTHORIZED)) {
            RunSpec spec = Mails.chatRun(mails, server.url(), out());

            assertThatThrownBy(() -> run(spec))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("401");
            assertThat(server.seen()).hasSize(1);
            assertThat(folder.resolve("out-private")).doesNotExist();
        }
    }

    @Test
    void aBudgetHoldsOverAllStartsOfARun() throws IOException {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER)) {
            RunSpec spec = Mails.chatRun(mails, server.url(), out(), "text.chat.budget={requests: 31}");
            assertThatThrownBy(() -> run(spec))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("31 requests of 31");
            assertThat(server.seen()).hasSize(31);
            // What goes on need not embed again.
            assertThat(folder.resolve("out-private/embeddings")).isNotEmptyDirectory();

            assertThatThrownBy(() -> run(spec))
                    .isInstanceOf(GenerationException.class)
                    .hasMessageContaining("budget is spent");
            assertThat(server.seen()).hasSize(31);

            run(Mails.chatRun(mails, server.url(), out(), "text.chat.budget={requests: 1000}"));
            assertThat(folder.resolve("out-private")).doesNotExist();
            Set<String> ids = new HashSet<>();
            server.seen().forEach(request -> ids.add(request.prompt()));
            assertThat(server.seen()).hasSize(13 + 13 + 2 * 26 + 7 + 2 * 14);
        }
    }

    /** A whole driver is killed while it waits for answers; the next driver requests nothing that is in the journal. */
    @Test
    @Tag("faults")
    void aDriverThatIsKilledWhileItGeneratesAsksNothingTwice() throws Exception {
        Path mails = Mails.write(folder);
        try (ChatServer server = new ChatServer((number, prompt) -> ChatServer.Act.ANSWER, -60, 4_000, "0")) {
            try (ChildJvm driver = ChildJvm.start(
                    TextDriver.class, folder, java.util.Map.of(), mails.toString(), server.url(), out().toString())) {
                long deadline = System.nanoTime() + 120_000_000_000L;
                while (server.seen().size() < 45) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    Thread.sleep(5);
                }
            }
            int before = server.seen().size();
            assertThat(before).isLessThan(113);
            Set<String> journalled = journalled(out());
            assertThat(journalled).hasSizeGreaterThan(30);

            run(Mails.chatRun(mails, server.url(), out()));

            // Four were under way; what else was answered had been journalled.
            assertThat(server.seen().size()).isBetween(113, 113 + 8);
            assertThat(journalled(out())).containsAll(journalled).hasSize(113);
        }
    }

    /** Ids of the requests whose answers are on storage. */
    private static Set<String> journalled(Path out) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.walk(out.resolve("store"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/journal/.*\\.jsonl"))
                    .toList()) {
                // The first line is the header.
                for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
                    var matcher = Pattern.compile("\"request\":\"([^\"]+)\"").matcher(line);
                    assertThat(matcher.find()).isTrue();
                    assertThat(ids.add(matcher.group(1))).isTrue();
                }
            }
        }
        return ids;
    }
}
