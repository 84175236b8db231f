package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.model.TextSpec;
import org.privateevolution.privacy.TestNoise;

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

    @Test
    void linesThatAreTornAreRefusedBeforeAnythingIsCharged() throws IOException {
        RunSpec spec = spec("\\t", "private_data.options.multiLine=false");

        assertThat(catchThrowable(() -> PrivateEvolution.on(spark).run(spec)))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("a line break in quotes: set options.multiLine to true")
                .hasMessageNotContaining("diary");
        assertThat(folder.resolve("out/ledger")).doesNotExist();
    }
}
