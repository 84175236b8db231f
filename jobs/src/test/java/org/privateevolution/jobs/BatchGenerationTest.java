package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.spi.ImageFiles;
import org.privateevolution.spi.contract.GeneratorContract;

/** Functions of this test stand in for a notebook's function. */
class BatchGenerationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GenerationContext TEXTS = new GenerationContext.Texts(List.of("ham", "spam"));

    private static final TableSchema SCHEMA = new TableSchema(List.<Column>of(
            new CategoricalColumn("color", ColumnType.parse("string"), List.of("red", "green"), true, null),
            new NumericColumn("born", ColumnType.parse("date"), -100, 100, false, false),
            new NumericColumn("height", ColumnType.parse("double"), 0, 2.5, true, false)));

    private final List<JsonNode> asked = new ArrayList<>();
    private final Map<String, Payload> made = new HashMap<>();
    private final Map<String, String> rejected = new HashMap<>();

    /** Answers each request separately. */
    private NotebookGenerator each(Function<JsonNode, Object> answer) {
        return requests -> {
            ArrayNode answers = JSON.createArrayNode();
            for (JsonNode request : read(requests)) {
                asked.add(request);
                answers.addPOJO(answer.apply(request));
            }
            return answers.toString();
        };
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void generate(NotebookGenerator generator, GenerationContext context, GenerationRequest... requests) {
        new BatchGeneration(generator, context).generate(List.of(requests), new GenerationSink() {
            @Override
            public void accept(GenerationRequest request, Payload payload) {
                made.put(request.id(), payload);
            }

            @Override
            public void reject(GenerationRequest request, String reason) {
                rejected.put(request.id(), reason);
            }
        });
    }

    private static GenerationRequest variation(String id, Payload parent) {
        return new GenerationRequest.Variation(id, new Sample("p", 0, parent, ""), 3, new Seed(5));
    }

    @Test
    void itKeepsTheContractOfAGenerator() {
        NotebookGenerator texts = each(request -> request.get("label").asText()
                + request.get("seed")
                + request.get("parent").asText(""));

        GeneratorContract.verify(context -> new BatchGeneration(texts, context), TEXTS);
        assertThat(asked.get(0).get("label").asText()).isEqualTo("ham");
        assertThat(asked.get(0).get("parent").isNull()).isTrue();
    }

    @Test
    void requestsAreAskedInBatches() {
        List<Integer> sizes = new ArrayList<>();
        NotebookGenerator generator = requests -> {
            JsonNode batch = read(requests);
            sizes.add(batch.size());
            return JSON.createArrayNode()
                    .addAll(IntStream.range(0, batch.size())
                            .mapToObj(i -> JSON.getNodeFactory().textNode("x"))
                            .toList())
                    .toString();
        };

        generate(
                generator,
                TEXTS,
                IntStream.range(0, 131)
                        .mapToObj(i -> new GenerationRequest.Random("r" + i, 0, new Seed(i)))
                        .toArray(GenerationRequest[]::new));

        assertThat(sizes).containsExactly(64, 64, 3);
        assertThat(made).hasSize(131);
    }

    @Test
    void rowsAreObjectsByColumn() {
        TableRow parent = new TableRow(new double[] {1, -3, TableRow.NULL});
        Map<String, Object> answer = new HashMap<>(Map.of("born", "1970-01-11", "height", 1.25));
        answer.put("color", null);

        generate(each(request -> answer), new GenerationContext.Rows(List.of("all"), SCHEMA), variation("v", parent));

        assertThat(asked.get(0).get("parent"))
                .isEqualTo(read("{\"color\": \"green\", \"born\": \"1969-12-29\", \"height\": null}"));
        assertThat(asked.get(0).get("iteration").asInt()).isEqualTo(3);
        assertThat(made).containsEntry("v", new TableRow(new double[] {TableRow.NULL, 10, 1.25}));
    }

    @Test
    void imagesAreFilesInBase64() {
        Map<String, byte[]> stored = new HashMap<>(Map.of("parent", new byte[] {1, 2, 3}));
        ImageFiles files = new ImageFiles() {
            @Override
            public StoredImage save(String sampleId, byte[] encoded) {
                stored.put(sampleId, encoded);
                return new StoredImage(sampleId, "sha");
            }

            @Override
            public byte[] load(StoredImage image) {
                return stored.get(image.location());
            }
        };

        generate(
                each(request -> request.get("parent_image").asText().equals("AQID") ? Map.of("image", "BAU=") : ""),
                new GenerationContext.Images(List.of("all"), files),
                variation("v", new StoredImage("parent", "sha")));

        assertThat(made).containsEntry("v", new StoredImage("v", "sha"));
        assertThat(stored.get("v")).containsExactly(4, 5);
    }

    @Test
    void whatIsNoSampleIsRejectedWithItsReason() {
        GenerationContext rows = new GenerationContext.Rows(List.of("all"), SCHEMA);
        GenerationRequest request = new GenerationRequest.Random("r", 0, new Seed(1));
        Map<Object, String> reasons = new HashMap<>(Map.of(
                Map.of("color", "mauve", "born", "1970-01-01", "height", 1),
                "column 'color' of an answer has an undeclared value",
                Map.of("color", "red"),
                "an answer has no column 'born'"));
        reasons.put(null, "not made");

        reasons.forEach((answer, reason) -> {
            generate(each(any -> answer), rows, request);
            assertThat(rejected).containsEntry("r", reason);
        });
        generate(each(any -> 3), TEXTS, request);
        assertThat(rejected).containsEntry("r", "an answer is not a text");
        generate(each(any -> Map.of("image", "BAU=")), TEXTS, request);
        assertThat(rejected).containsEntry("r", "an answer is not a text");
        ImageFiles none = new ImageFiles() {
            @Override
            public StoredImage save(String sampleId, byte[] encoded) {
                throw new AssertionError("nothing is to be saved");
            }

            @Override
            public byte[] load(StoredImage image) {
                throw new AssertionError("there is no parent");
            }
        };
        generate(each(any -> "BAU="), new GenerationContext.Images(List.of("all"), none), request);
        assertThat(rejected).containsEntry("r", "an answer is not an image: return the bytes of its file");
        assertThat(made).isEmpty();
    }

    @Test
    void whatIsNoAnswerStopsTheRun() {
        GenerationRequest request = new GenerationRequest.Random("r", 0, new Seed(1));
        Map<String, String> messages = Map.of(
                "{\"error\": \"KeyError: 'a'\"}", "the generator failed: KeyError: 'a'",
                "[]", "the generator was asked for 1 samples and returned 0",
                "3", "the generator was asked for 1 samples and returned something else than a list",
                "[nan]", "the generator's answer is not JSON");

        messages.forEach((answer, message) -> assertThatThrownBy(() -> generate(any -> answer, TEXTS, request))
                .isInstanceOf(GenerationException.class)
                .hasMessage(message));
    }
}
