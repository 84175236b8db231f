package org.privateevolution.spark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.model.TextSpec;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vote.VoteStage;

/** Texts of several lines in a CSV file of one column, where every line looks like a record. */
class TornTextsTest {

    private static final int TEXTS = 4;
    private static final long ONE_VOTE = 1L << 30;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private RunSpec spec(String separator, String... overrides) throws IOException {
        StringBuilder data = new StringBuilder("text\n");
        StringBuilder corpus = new StringBuilder("text\n");
        for (int i = 0; i < TEXTS; i++) {
            data.append("\"Dear diary, this is day ")
                    .append(i)
                    .append(".\nThe soup was cold.\nI shall not return.\"\n");
            corpus.append("\"Monday ").append(i).append(":\nthe bread, was \"\"warm\"\".\"\n");
        }
        Path file = Files.writeString(folder.resolve("data.csv"), data);
        Path texts = Files.writeString(folder.resolve("public.csv"), corpus);
        return RunConfiguration.parse(
                """
                private_data: {format: csv, path: %s, options: {sep: "%s"}}
                privacy: {epsilon: 5, delta: 1e-5}
                evolution: {samples: 4, votes: 1}
                text:
                  columns: [text]
                  embedding: {max_tokens: 32}
                  corpus: {format: csv, path: %s, column: text, neighbors: [2]}
                output: {path: %s, formats: [jsonl]}
                """
                        .formatted(file, separator, texts, folder.resolve("out")),
                "torn.yaml",
                List.of(overrides));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\\t"})
    void aTextOfSeveralLinesVotesOnce(String separator) throws IOException {
        RunSpec spec = spec(separator);
        var embedder = TextEmbedding.open(((TextSpec) spec.modality()).embedding(), 1);
        float[] candidates = embedder.embed(List.of(new Text("Dear diary"), new Text("Cold soup")));

        try (PrivateVectors vectors = PrivateVectors.embed(spec, new PrivateSource(spark).open(spec), embedder)) {
            long[] votes = TestNoise.cleanVotes(new VoteStage(spark, spec)
                    .nearestNeighborHistogram("vote", vectors, candidates, embedder.dimension(), new int[] {0, 2})
                    .histogram());
            assertThat(Arrays.stream(votes).sum()).isEqualTo(TEXTS * ONE_VOTE);
        }
        assertThat(PrivateEvolution.on(spark).run(spec).synthetic().collectAsList())
                .hasSize(TEXTS)
                .allSatisfy(row -> assertThat(row.getString(0)).contains("\nthe bread, was \"warm\"."));
    }

    private RunSpec quotedBySingleQuotes(String options, String texts) throws IOException {
        RunSpec spec = spec(",", "private_data.options=" + options);
        Files.writeString(folder.resolve("data.csv"), texts);
        return spec;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"true, ''", "true, \\'", "false, ''", "false, \\'"})
    void quotesThatNobodyDeclaredAreRefusedBeforeAnythingIsCharged(String multiLine, String apostrophe)
            throws IOException {
        RunSpec spec = quotedBySingleQuotes(
                "{multiLine: \"" + multiLine + "\"}",
                """
                text
                'Dear diary it%1$ss day 1.
                The soup was cold.
                I shall not return.'
                A line of its own
                'Dear diary it isn%1$st.
                "No more soup"
                I said.'
                """
                        .formatted(apostrophe));

        assertThat(catchThrowable(() -> PrivateEvolution.on(spark).run(spec)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("quoted by single quotes")
                .hasMessageContaining("options.quote")
                .hasMessageNotContaining("diary");
        assertNothingIsCharged();
    }

    private void assertNothingIsCharged() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("data.csv")
                    .noneMatch(name -> name.startsWith("entry-"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{multiLine: \"false\"}"})
    void apostrophesAreNoQuotes(String options) throws IOException {
        RunSpec spec = quotedBySingleQuotes(
                options,
                """
                text
                'Tis the season
                Mrs. O'Brien feeds the dogs'
                'Twas the bone of all dogs'
                """);

        assertThat(new PrivateSource(spark).open(spec).collectAsList())
                .hasSize(3)
                .allMatch(row -> row.isNullAt(row.size() - 1));
    }

    @Test
    void whoeverDeclaresTheQuotesIsBelieved() throws IOException {
        String texts =
                """
                text
                'Tis the season
                for the dogs'
                """;
        RunSpec undeclared = quotedBySingleQuotes("{}", texts);
        assertThat(new PrivateSource(spark).open(undeclared).collectAsList())
                .anyMatch(row -> !row.isNullAt(row.size() - 1));
        assertThat(new PrivateSource(spark)
                        .open(quotedBySingleQuotes("{quote: \"'\"}", texts))
                        .collectAsList())
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).isEqualTo("Tis the season\nfor the dogs"));
        assertThat(new PrivateSource(spark)
                        .open(quotedBySingleQuotes("{quote: '\"'}", texts))
                        .collectAsList())
                .hasSize(2)
                .allMatch(row -> row.isNullAt(row.size() - 1));
    }

    @Test
    void linesThatAreTornAreRefusedBeforeAnythingIsCharged() throws IOException {
        RunSpec spec = spec("\\t", "private_data.options.multiLine=false");

        assertThat(catchThrowable(() -> PrivateEvolution.on(spark).run(spec)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("a line break in quotes: set options.multiLine to true")
                .hasMessageNotContaining("diary");
        assertNothingIsCharged();
    }
}
