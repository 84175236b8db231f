package org.privateevolution.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.privateevolution.model.SentenceSettings;
import org.privateevolution.model.SentenceSettings.Pooling;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;

class OnnxTextEmbedderTest {

    private static final String RESOURCES = "org/privateevolution/embedding/";
    private static final OnnxTextEmbedder MINI_LM = OnnxTextEmbedder.open(SentenceModel.miniLm());

    private static final class Reference {
        private final String text;
        private final float[] vector;

        Reference(String text, float[] vector) {
            this.text = text;
            this.vector = vector;
        }

        String text() {
            return text;
        }

        float[] vector() {
            return vector;
        }
    }

    static List<Reference> references() throws IOException {
        List<Reference> references = new ArrayList<>();
        for (JsonNode row : golden().get("texts")) {
            byte[] bytes = Base64.getDecoder().decode(row.get("vector").textValue());
            float[] vector = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(vector);
            references.add(new Reference(row.get("text").textValue(), vector));
        }
        return references;
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = new ResourceFile(RESOURCES + "minilm.json").open()) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void referencesWereMadeWithThisModelAndThisRuntime() throws IOException {
        JsonNode provenance = golden().get("provenance");
        SentenceModel model = SentenceModel.miniLm();
        try (InputStream graph = model.model().open();
                InputStream tokenizer = model.tokenizer().open()) {
            assertThat(Sha256.of(graph.readAllBytes()))
                    .isEqualTo(provenance.get("model_sha256").textValue());
            assertThat(Sha256.of(tokenizer.readAllBytes()))
                    .isEqualTo(provenance.get("tokenizer_sha256").textValue());
        }
        assertThat(OnnxSessions.runtimeVersion())
                .isEqualTo(provenance.get("onnxruntime").textValue());
    }

    @ParameterizedTest
    @MethodSource("references")
    void equalsTheReferenceForTextsOfAllKinds(Reference reference) {
        float[] vector = embed(MINI_LM, reference.text());

        assertThat(vector).hasSize(384);
        assertThat(cosine(vector, reference.vector())).isGreaterThanOrEqualTo(0.9999);
        assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-6));
    }

    @Test
    void tellsReferencesApart() throws IOException {
        // The twin of the test above: with another text's reference it must fail.
        List<Reference> references = references();
        assertThat(cosine(
                        embed(MINI_LM, references.get(0).text()),
                        references.get(2).vector()))
                .isLessThan(0.9);
    }

    @Test
    void aVectorDependsOnItsOwnTextAlone() throws IOException {
        List<String> texts = references().stream().map(Reference::text).toList();
        List<String> reversed = new ArrayList<>(texts);
        Collections.reverse(reversed);

        float[] together = embed(MINI_LM, texts.toArray(String[]::new));
        float[] otherOrder = embed(MINI_LM, reversed.toArray(String[]::new));

        for (int i = 0; i < texts.size(); i++) {
            float[] alone = embed(MINI_LM, texts.get(i));
            assertThat(row(together, i, 384)).containsExactly(alone);
            assertThat(row(otherOrder, texts.size() - 1 - i, 384)).containsExactly(alone);
        }
    }

    @Test
    void textsAreCutAtTheMostTokens() {
        String cut = "tide ".repeat(254);
        assertThat(embed(MINI_LM, cut + "a lighthouse beyond the end")).containsExactly(embed(MINI_LM, cut));
        assertThat(embed(MINI_LM, "tide ".repeat(253) + "lighthouse")).isNotEqualTo(embed(MINI_LM, cut));
    }

    @Test
    void manyTasksShareASession() throws Exception {
        String[] texts = {"the tide came in", "the tide went out", "a lighthouse", "", "seven ships passed by night"};
        float[] expected = embed(MINI_LM, texts);
        ExecutorService tasks = Executors.newFixedThreadPool(3);
        try {
            List<Future<float[]>> vectors = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                vectors.add(tasks.submit(() -> embed(MINI_LM, texts)));
            }
            for (Future<float[]> vector : vectors) {
                assertThat(vector.get()).containsExactly(expected);
            }
        } finally {
            tasks.shutdown();
        }
    }

    @Test
    void carriesItsSpecificationAloneToExecutors() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(MINI_LM);
        }
        assertThat(bytes.size()).isLessThan(2_000);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            OnnxTextEmbedder copy = (OnnxTextEmbedder) in.readObject();
            assertThat(copy.fingerprint()).isEqualTo(MINI_LM.fingerprint());
            assertThat(copy.dimension()).isEqualTo(384);
            assertThat(embed(copy, "a copy")).containsExactly(embed(MINI_LM, "a copy"));
        }
    }

    @Test
    void poolsAndScalesAsAsked() {
        assertThat(embed(tiny(Pooling.MEAN, false, 9, ""), "one two", "five", ""))
                .containsExactly(0.5f, 1, 3, 4, 0, 0);
        assertThat(embed(tiny(Pooling.CLS, false, 9, ""), "one two", "two one")).containsExactly(1, 0, 0, 2);
        assertThat(embed(tiny(Pooling.MEAN, true, 9, ""), "five", "ten", "unheard"))
                .containsExactly(0.6f, 0.8f, -0.6f, 0.8f, 0, 0);
        assertThat(embed(tiny(Pooling.MEAN, false, 1, ""), "one two")).containsExactly(1, 0);
        assertThat(embed(tiny(Pooling.MEAN, false, 9, "doubled"), "one two")).containsExactly(1, 2);
    }

    @Test
    void fingerprintNamesAllThatVectorsDependOn() {
        List<OnnxTextEmbedder> different = List.of(
                MINI_LM,
                tiny(Pooling.MEAN, false, 9, ""),
                tiny(Pooling.CLS, false, 9, ""),
                tiny(Pooling.MEAN, true, 9, ""),
                tiny(Pooling.MEAN, false, 8, ""),
                tiny(Pooling.MEAN, false, 9, "doubled"));

        assertThat(different.stream().map(OnnxTextEmbedder::fingerprint)).doesNotHaveDuplicates();
        assertThat(tiny(Pooling.MEAN, false, 9, "").fingerprint())
                .isEqualTo(different.get(1).fingerprint());
        assertThat(OnnxTextEmbedder.open(model("tiny.onnx", Pooling.MEAN, false, 9, ""), 2)
                        .fingerprint())
                .isEqualTo(different.get(1).fingerprint());
    }

    @Test
    void fingerprintFollowsTheFilesNotTheirPlace(@TempDir Path folder) throws IOException {
        Path graph = copy("tiny.onnx", folder);
        Path tokenizer = copy("tiny-tokenizer.json", folder);
        SentenceModel local = new SentenceModel(
                new LocalFile(graph.toString()),
                new LocalFile(tokenizer.toString()),
                new SentenceSettings(Pooling.MEAN, false, 9, ""));
        assertThat(OnnxTextEmbedder.open(local).fingerprint())
                .isEqualTo(tiny(Pooling.MEAN, false, 9, "").fingerprint());

        Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
        assertThat(OnnxTextEmbedder.open(local).fingerprint())
                .isNotEqualTo(tiny(Pooling.MEAN, false, 9, "").fingerprint());
    }

    @Test
    void refusesOtherFilesOnAnExecutorThanOnTheDriver() {
        OnnxTextEmbedder elsewhere =
                new OnnxTextEmbedder(model("tiny.onnx", Pooling.MEAN, false, 9, ""), 1, "made with other files", 2);
        assertThatThrownBy(() -> embed(elsewhere, "one"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("not the same file");
    }

    @Test
    void refusesModelsThatItCannotRun() {
        assertThatThrownBy(() -> tiny(Pooling.MEAN, false, 9, "pooled"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no output 'pooled'")
                .hasMessageContaining("doubled");
        assertThatThrownBy(() -> OnnxTextEmbedder.open(model("tiny-positions.onnx", Pooling.MEAN, false, 9, "")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'position_ids'");
        assertThatThrownBy(() -> OnnxTextEmbedder.open(model("nowhere.onnx", Pooling.MEAN, false, 9, "")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nowhere.onnx");
        assertThatThrownBy(() -> OnnxTextEmbedder.open(model("tiny-tokenizer.json", Pooling.MEAN, false, 9, "")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be opened");
        assertThatThrownBy(() -> OnnxTextEmbedder.open(new SentenceModel(
                        resource("tiny.onnx"),
                        resource("tiny.onnx"),
                        new SentenceSettings(Pooling.MEAN, false, 9, ""))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tokenizer");
        SentenceModel miniLm = SentenceModel.miniLm();
        assertThatThrownBy(() -> OnnxTextEmbedder.open(new SentenceModel(
                        miniLm.model(), miniLm.tokenizer(), new SentenceSettings(Pooling.MEAN, true, 513, ""))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("513 tokens");
        assertThatThrownBy(() -> OnnxTextEmbedder.open(miniLm, 0)).hasMessageContaining("threads is 0");
        assertThatThrownBy(() -> tiny(Pooling.MEAN, false, 0, "")).hasMessageContaining("max tokens is 0");
        assertThatThrownBy(() -> MINI_LM.embed(List.of(new TableRow(new double[] {1}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TableRow");
    }

    @Test
    void failuresShowNothingOfTheText() {
        OnnxTextEmbedder failing = OnnxTextEmbedder.open(model("tiny-failing.onnx", Pooling.MEAN, false, 9, ""));
        assertThatThrownBy(() -> embed(failing, "one ten"))
                .isInstanceOf(ModelException.class)
                .hasNoCause()
                .hasMessageContaining("tiny-failing.onnx")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ten", "4", "idx"));
        OnnxTextEmbedder nan = OnnxTextEmbedder.open(model("tiny-nan.onnx", Pooling.MEAN, false, 9, ""));
        assertThatThrownBy(() -> embed(nan, "one"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void aSurrogateWithoutItsOtherHalfIsReplaced() {
        assertThat(TextTokenizer.wellFormed("a\ud83db\udeb2\ud83d\udeb2\ud83d"))
                .isEqualTo("a\ufffdb\ufffd\ud83d\udeb2\ufffd");
        assertThat(embed(MINI_LM, "ships \udeb2 pass")).containsExactly(embed(MINI_LM, "ships \ufffd pass"));
    }

    private static OnnxTextEmbedder tiny(Pooling pooling, boolean normalize, int maxTokens, String output) {
        return OnnxTextEmbedder.open(model("tiny.onnx", pooling, normalize, maxTokens, output));
    }

    private static SentenceModel model(String name, Pooling pooling, boolean normalize, int maxTokens, String output) {
        return new SentenceModel(
                resource(name),
                resource("tiny-tokenizer.json"),
                new SentenceSettings(pooling, normalize, maxTokens, output));
    }

    private static ResourceFile resource(String name) {
        return new ResourceFile(RESOURCES + name);
    }

    private static Path copy(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = resource(name).open()) {
            Files.copy(in, file);
        }
        return file;
    }

    private static float[] embed(OnnxTextEmbedder embedder, String... texts) {
        return embedder.embed(Stream.of(texts).map(Text::new).toList());
    }

    private static float[] row(float[] vectors, int row, int dimension) {
        return Arrays.copyOfRange(vectors, row * dimension, (row + 1) * dimension);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (double) a[j] * b[j];
        }
        return sum;
    }
}
