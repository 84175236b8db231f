package org.privateevolution.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.fixtures.Visits;
import org.privateevolution.generation.tabular.UniformRows;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.spi.Embedder;

class MixedEmbedderTest {

    /** Unit vectors; texts with different first letters are orthogonal. */
    private static final class Letters implements Embedder {

        private static final long serialVersionUID = 1L;

        @Override
        public int dimension() {
            return 26;
        }

        @Override
        public String fingerprint() {
            return "letters";
        }

        @Override
        public float[] embed(List<? extends Payload> payloads) {
            float[] vectors = new float[payloads.size() * dimension()];
            for (int i = 0; i < payloads.size(); i++) {
                vectors[i * dimension() + ((Text) payloads.get(i)).value().charAt(0) - 'a'] = 1;
            }
            return vectors;
        }

        @Override
        public float[] probe() {
            return embed(List.of(new Text("a"), new Text("z")));
        }
    }

    private static MixedSpec spec(String... overrides) {
        return (MixedSpec) Visits.run(Path.of("in"), "http://localhost:1", Path.of("out"), overrides)
                .modality();
    }

    /** Measures the share on random rows, with orthogonal texts. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.9})
    void theTextHasItsShareOfTheSquaredDistance(double share) {
        MixedSpec mixed = spec("text.beside.share=" + share);
        MixedEmbedder embedder = MixedEmbedder.of(mixed, new Letters());
        // The nullable column is categorical, and null is one of its categories.
        UniformRows rows = new UniformRows(mixed.tabular().schema());
        SplittableRandom random = new SplittableRandom(9);
        List<MixedRecord> records = new ArrayList<>();
        int pairs = 20_000;
        for (int i = 0; i < 2 * pairs; i++) {
            records.add(new MixedRecord(rows.random(0, random), new Text(i % 2 == 0 ? "a" : "b")));
        }
        float[] vectors = embedder.embed(records);
        int dimension = embedder.dimension();
        double ofTexts = 0;
        double all = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (int j = 0; j < dimension; j++) {
                double difference = vectors[2 * pair * dimension + j] - vectors[(2 * pair + 1) * dimension + j];
                all += difference * difference;
                ofTexts += j < embedder.textOffset() ? 0 : difference * difference;
            }
        }
        // With 20,000 pairs, the standard deviation of the share is below 0.003.
        assertThat(ofTexts / all).isCloseTo(share, within(0.01));
    }

    @Test
    void theColumnsComeFirstAsATableHasThemAndAreFoundAgain() {
        MixedSpec mixed = spec();
        TabularEmbedder table = TabularEmbedder.of(mixed.tabular());
        MixedEmbedder embedder = MixedEmbedder.of(mixed, new Letters());
        List<TableRow> rows =
                List.of(new TableRow(new double[] {TableRow.NULL, 4, 12.3}), new TableRow(new double[] {1, 0, 100}));

        float[] vectors = embedder.embed(
                rows.stream().map(row -> new MixedRecord(row, new Text("c"))).toList());

        for (int i = 0; i < rows.size(); i++) {
            int at = i * embedder.dimension();
            assertThat(Arrays.copyOfRange(vectors, at, at + table.dimension()))
                    .isEqualTo(table.embed(List.of(rows.get(i))));
            assertThat(table.row(vectors, at)).isEqualTo(rows.get(i));
            assertThat(vectors[at + table.dimension() + 2]).isEqualTo(embedder.textScale());
        }
    }

    @Test
    void aRecordsVectorDoesNotDependOnOthers() {
        MixedEmbedder embedder = MixedEmbedder.of(spec(), new Letters());
        MixedRecord first = new MixedRecord(new TableRow(new double[] {0, 1, 2}), new Text("x"));
        MixedRecord second = new MixedRecord(new TableRow(new double[] {1, 3, 99}), new Text("y"));

        float[] both = embedder.embed(List.of(first, second));

        assertThat(Arrays.copyOf(both, embedder.dimension())).isEqualTo(embedder.embed(List.of(first)));
        assertThat(Arrays.copyOfRange(both, embedder.dimension(), both.length))
                .isEqualTo(embedder.embed(List.of(second)));
    }

    @Test
    void anotherShareIsAnotherEmbedding() {
        assertThat(MixedEmbedder.of(spec("text.beside.share=0.4"), new Letters())
                        .fingerprint())
                .isNotEqualTo(MixedEmbedder.of(spec(), new Letters()).fingerprint());
    }

    @Test
    void recordsWithoutAPartAreRefused() {
        MixedEmbedder embedder = MixedEmbedder.of(spec(), new Letters());

        assertThatThrownBy(() -> embedder.embed(List.of(new Text("a private word"))))
                .hasMessageContaining("columns and a text")
                .hasMessageNotContaining("private word");
        assertThatThrownBy(() -> embedder.embed(List.of(new TableRow(new double[] {0, 1, 2}))))
                .hasMessageContaining("columns and a text");
    }

    @Test
    void columnsThatNeverDifferAreRefused() {
        assertThatThrownBy(() -> MixedEmbedder.of(
                        spec("tabular.columns=[{name: city, type: string, categories: [Oslo]}]"), new Letters()))
                .hasMessageContaining("all rows are alike");
    }
}
