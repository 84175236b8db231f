package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.extension.PipedLines;
import org.privateevolution.extension.Salad;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.Providers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.Generator;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.spark.OutsideMetric;
import org.privateevolution.spi.spark.OutsideMetricProvider;
import org.privateevolution.spi.spark.SourceFormat;
import org.privateevolution.spi.spark.SourceFormatContract;

/** Whole runs with what other jars bring: the classes of package {@code org.privateevolution.extension}. */
class ExtensionRunTest {

    private static final String TEXTS =
            """
            name: mails
            private_data: {format: json, path: %s}
            labels: {column: label, values: [ham, spam]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [13, 7, 7], selection: rank, variation_fold: 1, keep_selected: true}
            text:
              columns: [subject, body]
              embedding: {extension: {name: letters}}
              generation: {name: salad, options: {length: 3}}
            output: {path: %s, formats: [jsonl]}
            """;

    private static final String TABLE =
            """
            name: lines
            private_data: {format: piped-lines, path: %s, options: {columns: color}}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [13, 7], selection: sample, variation_fold: 1}
            tabular:
              columns: [{name: color, type: string, categories: [red, green, blue]}]
              generation: {name: dice}
            output: {path: %s, formats: [parquet]}
            """;

    private static final Options NONE = new Options(Map.of());

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSession.spark();
    private final List<String> notices = new ArrayList<>();

    private Path out() {
        return folder.resolve("out");
    }

    private PrivateEvolution driver() {
        return PrivateEvolution.on(spark).listener(new RunListener() {
            @Override
            public void notice(String message) {
                notices.add(message);
            }
        });
    }

    private RunSpec texts(String... overrides) throws IOException {
        Path mails = Mails.write(folder);
        return RunConfiguration.parse(TEXTS.formatted(mails, out()), "mails.yaml", List.of(overrides));
    }

    private RunSpec table(List<String> lines, String... overrides) throws IOException {
        Path file = Files.write(folder.resolve("lines.txt"), lines);
        return RunConfiguration.parse(TABLE.formatted(file, out()), "lines.yaml", List.of(overrides));
    }

    private static double figure(RunResult result, int iteration, String name, boolean inside) {
        List<MetricValue> found = result.metrics().stream()
                .filter(metric ->
                        metric.iteration() == iteration && metric.metric().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        assertThat(found.get(0).insideGuarantee()).isEqualTo(inside);
        return found.get(0).value();
    }

    @Test
    void textsOfAnExtensionAreEmbeddedByAnotherAndMeasuredByOthers() throws IOException {
        RunResult result =
                driver().run(texts("evaluation={private_metrics: true, metrics: [{name: size}, {name: share}]}"));

        for (Row row : result.synthetic().collectAsList()) {
            assertThat(row.getString(0)).matches(row.getString(1) + "( [a-z]+){3}");
        }
        for (int iteration = 0; iteration <= 2; iteration++) {
            assertThat(figure(result, iteration, "size", true))
                    .isEqualTo(iteration == 2 ? 7 : iteration == 1 ? 14 : 13);
            assertThat(figure(result, iteration, "share.records", false)).isEqualTo(Mails.MAILS);
            assertThat(figure(result, iteration, "share.vectors", false)).isEqualTo(5);
        }
        assertThat(figure(result, 2, "size.floats", true)).isEqualTo(7 * 26);
        assertThat(figure(result, 2, "share.columns", false)).isEqualTo(3);
        assertThat(Files.readString(out().resolve("metrics.csv")))
                .contains("size.floats")
                .doesNotContain("share.records");
        assertThat(Files.readString(out().resolve("metrics-private.csv")))
                .contains("share.records")
                .doesNotContain("size.floats");
        assertThat(Files.readString(out().resolve("configuration.yaml")))
                .contains("name: \"salad\"", "name: \"letters\"", "version: \"1.0\"");
        assertThat(notices).noneMatch(notice -> notice.contains("metric"));

        assertThat(Files.readString(out().resolve("guarantee.json")))
                .contains(
                        "the embedder letters 1.0, an extension, makes each vector of its own record alone, and"
                                + " remembers"
                                + " nothing of others",
                        "the generator salad 1.0, an extension, reads nothing but what it is given",
                        "the metric size 1.0, an extension, reads nothing but the synthetic samples that it is given")
                .doesNotContain("the metric share");

        driver().check(texts());
        List<Row> again = driver().run(texts()).synthetic().collectAsList();
        assertThat(again).isEqualTo(result.synthetic().collectAsList());
    }

    @Test
    void aMetricThatFailsIsLeftOutAndTellsNothingPrivate() throws IOException {
        RunResult result = driver().run(texts("evaluation={private_metrics: true, metrics: [{name: size, options:"
                + " {fails: true}}, {name: share, options: {fails: true}}]}"));

        assertThat(result.metrics()).extracting(MetricValue::metric).noneMatch(name -> name.startsWith("size"));
        assertThat(notices)
                .endsWith(
                        "the metric size failed, and its figures are left out: java.lang.IllegalStateException: cannot"
                                + " count",
                        "the metric share failed, and its figures are left out: java.lang.IllegalStateException");
    }

    /** A metric that has another figure in every iteration, and one in all. */
    public static final class Fickle implements MetricProvider {
        @Override
        public String name() {
            return "fickle";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public SyntheticMetric create(Options options) {
            return samples -> Map.of("after_" + samples.iteration(), 1.0, "steady", 2.0);
        }
    }

    /** A metric by the name of one of the run's own. */
    public static final class Homonym implements MetricProvider {
        @Override
        public String name() {
            return "fid";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public SyntheticMetric create(Options options) {
            return samples -> Map.of("", -1.0, "mine", 3.0);
        }
    }

    /** A metric that reads all private vectors there are. */
    public static final class Everything implements OutsideMetricProvider {
        @Override
        public String name() {
            return "everything";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public OutsideMetric create(Options options) {
            return (samples, records) -> Map.of(
                    "vectors",
                    (double) records.vectors(Integer.MAX_VALUE).length
                            / samples.embedder().dimension(),
                    "of_" + samples.iteration(),
                    0.0);
        }
    }

    @Test
    void figuresThatCannotBeDrawnAreLeftOutAndTheRunIsPublished() throws IOException {
        RunResult result;
        try (Providers providers = new Providers(folder.resolve("jar"))
                .with(MetricProvider.class, Fickle.class, Homonym.class)
                .with(OutsideMetricProvider.class, Everything.class)) {
            result = driver().run(texts("evaluation={private_metrics: true, metrics: [{name: fickle}, {name: fid},"
                    + " {name: everything}]}"));
        }

        for (int iteration = 0; iteration <= 2; iteration++) {
            assertThat(figure(result, iteration, "fickle.steady", true)).isEqualTo(2);
            assertThat(figure(result, iteration, "fid.mine", true)).isEqualTo(3);
            assertThat(figure(result, iteration, "everything.vectors", false)).isEqualTo(Mails.MAILS);
            assertThat(figure(result, iteration, "fid", false)).isNotNegative();
        }
        assertThat(result.metrics())
                .extracting(MetricValue::metric)
                .noneMatch(name -> name.startsWith("fickle.after") || name.startsWith("everything.of"));
        assertThat(notices)
                .endsWith(
                        "figures of the metric fickle are left out, for some iterations do not have them:"
                                + " fickle.after_0, fickle.after_1, fickle.after_2",
                        "figures of the metric fid are left out, for the run has others of these names: fid",
                        "figures of the metric everything are left out, for some iterations do not have them: 3"
                                + " of them");
        assertThat(out().resolve("report.html")).isNotEmptyFile();
        assertThat(out().resolve("guarantee.json")).isNotEmptyFile();
    }

    /** A generator that counts what is asked of it. */
    private static final class Watched implements Generator {
        private final Generator salad = new Salad().create(NONE);
        private int reached;
        private boolean closes = true;

        @Override
        public GenerationApi open(GenerationContext context) {
            GenerationApi api = salad.open(context);
            return new GenerationApi() {
                @Override
                public boolean replayable() {
                    return false;
                }

                @Override
                public void requireReachable() {
                    reached++;
                }

                @Override
                public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
                    api.generate(requests, sink);
                }

                @Override
                public void close() {
                    if (!closes) {
                        throw new IllegalStateException("the door is stuck");
                    }
                }
            };
        }
    }

    @Test
    void aGeneratorIsAskedOnceWhetherItIsThere() throws IOException {
        Watched generator = new Watched();

        driver().generator(generator).run(texts("text.generation={given: salad}"));

        assertThat(generator.reached).isEqualTo(1);
    }

    @Test
    void aGeneratorThatCannotBeClosedLeavesNoPrivateVectors() throws IOException {
        Watched generator = new Watched();
        generator.closes = false;
        Path store = folder.resolve("private");

        RunResult result = driver().generator(generator)
                .run(texts("text.generation={given: salad}", "private_data.store.path=" + store));

        assertThat(result.synthetic().collectAsList()).hasSize(7);
        assertThat(notices)
                .endsWith("the generator could not be closed: the generator salad failed:"
                        + " java.lang.IllegalStateException: the door is stuck");
        assertThat(out().resolve("guarantee.json")).isNotEmptyFile();
        if (Files.exists(store)) {
            try (Stream<Path> left = Files.walk(store)) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throws, the generator salad failed: java.lang.IllegalStateException: no lettuce",
        "twice, 'the generator salad failed: java.lang.IllegalStateException: the generation API answered request'",
        "row, 'the generator salad failed: java.lang.IllegalArgumentException: a sample is a Text, not a TableRow'"
    })
    void whatAGeneratorDoesWrongIsToldUnderItsName(String mistake, String message) throws IOException {
        RunSpec spec = texts("text.generation.options.mistake=" + mistake);

        assertThatThrownBy(() -> driver().run(spec))
                .isInstanceOf(GenerationException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "throws, the embedder letters failed: java.lang.IllegalStateException; its message may hold private values",
        "nan, the embedder letters gives a vector that holds NaN or infinity"
    })
    void whatAnEmbedderThrowsIsToldWithoutThePrivateText(String mistake, String message) throws IOException {
        RunSpec spec = texts("text.embedding.extension.options.mistake=" + mistake);

        Throwable refused = catchThrowable(() -> driver().run(spec));

        assertThat(refused).isInstanceOf(PrivateDataException.class).hasMessageContaining(message);
        assertThat(refused).hasMessageNotContaining("Dear").hasNoCause();
        try (Stream<String> events = Files.lines(TestSession.eventLog())) {
            assertThat(events).noneMatch(event -> event.contains("cannot embed"));
        }
    }

    @Test
    void rowsOfAnExtensionAreHeldAgainstRecordsOfAnothersFormat() throws IOException {
        List<String> lines = List.of("red", "green", "red", "red", "blue", "green", "red");

        RunResult result = driver().run(
                        table(lines, "evaluation={private_metrics: true, metrics: [{name: size}, {name: share}]}"));

        assertThat(result.synthetic().collectAsList()).hasSize(7).allMatch(row -> List.of("red", "green", "blue")
                .contains(row.getString(0)));
        assertThat(figure(result, 1, "size", true)).isEqualTo(7);
        assertThat(figure(result, 0, "share.records", false)).isEqualTo(7);
        assertThat(Files.readString(out().resolve("configuration.yaml")))
                .contains("format: \"piped-lines\"", "format_version: \"2\"", "name: \"dice\"");
        assertThat(Files.readString(out().resolve("guarantee.json")))
                .contains("the format piped-lines 2, an extension, gives each private record once");
    }

    @Test
    void recordsOfAForeignFormatAreCheckedAsAllOthersAre() throws IOException {
        assertThatThrownBy(() -> driver().check(table(List.of("red", "mauve"))))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("column 'color'")
                .hasMessageNotContaining("mauve");
        assertThatThrownBy(() -> driver().check(table(List.of("red"), "private_data.options.columns=colour")))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageStartingWith("private_data: no column color");
        assertThatThrownBy(() -> driver().check(table(List.of()))).hasMessage("private_data: there are no records");
    }

    @ParameterizedTest
    @CsvSource({
        "throws, 'private_data: the format piped-lines of LOCATION failed: IllegalStateException; its message may"
                + " contain private values'",
        "fails in tasks, private_data: cannot read piped-lines LOCATION: a check in the query that gives the"
                + " records failed on one of them",
        "samples, private_data: the records differ each time they are read",
        "drops, private_data: the records differ each time they are read"
    })
    void aForeignFormatThatFailsTellsNoRecord(String mistake, String message) throws IOException {
        RunSpec spec = table(List.of("red", "mauve"), "private_data.options.mistake=" + mistake);

        Throwable refused = catchThrowable(() -> driver().check(spec));

        assertThat(refused)
                .isInstanceOf(PrivateDataException.class)
                .hasMessageStartingWith(
                        message.replace("LOCATION", folder.resolve("lines.txt").toString()))
                .hasMessageNotContaining("mauve")
                .hasNoCause();
    }

    @Test
    void imagesOfAnExtensionAreStoredAndEncodedByAnother() throws IOException {
        RunResult result = driver().run(Portraits.run(
                Portraits.write(folder),
                out(),
                "images.avatar=",
                "images.generation={name: dice}",
                "images.embedding.extension={name: mean-color}",
                "evaluation={private_metrics: true, metrics: [{name: size}, {name: share}]}"));

        assertThat(result.synthetic().collectAsList()).hasSize(7);
        assertThat(figure(result, 2, "size.floats", true)).isEqualTo(7 * 3);
        assertThat(figure(result, 1, "share.records", false)).isEqualTo(Portraits.COUNT);
        assertThat(out().resolve("store/images")).isNotEmptyDirectory();
    }

    @Test
    void aGeneratorThatTheProgramGivesServesUnderThePublicNameOfTheConfiguration() throws IOException {
        RunSpec spec = texts("text.generation={given: my salad}");
        Generator salad = new Salad().create(NONE);

        assertThat(driver().generator(salad).run(spec).synthetic().collectAsList())
                .hasSize(7);
        assertThat(Files.readString(out().resolve("configuration.yaml"))).contains("given: \"my salad\"");

        assertThatThrownBy(() -> driver().run(spec))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("text.generation.given: no generator was provided; only a program or notebook can"
                        + " provide one");
        assertThatThrownBy(() -> driver().generator(salad).check(texts()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "text.generation does not say that a generator is given: set it to {given: NAME}, with a public"
                                + " name");
    }

    @Test
    void formatsKeepTheContractOfAForeignOne() throws IOException {
        Path lines = Files.write(folder.resolve("lines.txt"), List.of("a|1", "b|", "|3"));
        SourceFormat piped = new PipedLines().create(new Options(Map.of("columns", List.of("letter", "digit"))));
        SourceFormatContract.verify(spark, piped, lines.toString(), List.of("letter", "digit"), 3);

        Path csv = Files.write(folder.resolve("lines.csv"), List.of("letter,digit", "a,1", "\"b\nb\",", ",3"));
        SourceFormat builtIn = (session, location, columns) -> {
            try {
                return new TextRecords(session, "csv", location, ReaderOptions.withDefaults("csv", Map.of()))
                        .open(columns);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        SourceFormatContract.verify(spark, builtIn, csv.toString(), List.of("letter", "digit"), 3);
    }

    @Test
    void mistakesOfAFormatAreFound() throws IOException {
        Path lines = Files.write(folder.resolve("lines.txt"), List.of("a", "b", "c"));
        SourceFormat inventive = (session, location, columns) -> session.read()
                .text(location)
                .selectExpr(
                        columns.stream().map(name -> "value AS `" + name + "`").toArray(String[]::new));
        SourceFormat restless = (session, location, columns) ->
                session.read().text(location).selectExpr("concat(value, uuid()) AS letter");

        assertThatThrownBy(() -> SourceFormatContract.verify(spark, inventive, lines.toString(), List.of("letter"), 4))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there are 3 rows of 4 records")
                .hasMessageContaining("a column that the data does not have is made up");
        assertThatThrownBy(() -> SourceFormatContract.verify(spark, restless, lines.toString(), List.of("letter"), 3))
                .hasMessageContaining("the rows are others, or in another order, when they are read again")
                .hasMessageContaining("column letter holds other values if it is read alone");
    }
}
