package org.privateevolution.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.privateevolution.model.Column;
import org.privateevolution.model.Payload;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.GenerationException;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;

/** Asks a {@link NotebookGenerator} batch by batch. All answers are kept, because they may be expensive. */
final class BatchGeneration implements GenerationApi {

    /** Small, so that an interruption loses little. */
    private static final int BATCH = 64;

    /** Key of an image's file in Base64. */
    private static final String IMAGE = "image";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotebookGenerator generator;
    private final GenerationContext context;

    BatchGeneration(NotebookGenerator generator, GenerationContext context) {
        this.generator = generator;
        this.context = context;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
        for (int from = 0; from < requests.size(); from += BATCH) {
            List<? extends GenerationRequest> batch = requests.subList(from, Math.min(requests.size(), from + BATCH));
            JsonNode contents = answers(batch);
            for (int i = 0; i < batch.size(); i++) {
                settle(batch.get(i), contents.get(i), sink);
            }
        }
    }

    private JsonNode answers(List<? extends GenerationRequest> batch) {
        ArrayNode asked = JSON.createArrayNode();
        batch.forEach(request -> asked.add(asked(request)));
        JsonNode answers;
        try {
            answers = JSON.readTree(generator.answer(JSON.writeValueAsString(asked)));
        } catch (JsonProcessingException e) {
            throw new GenerationException(GenerationException.Reason.GENERATOR, "the generator's answer is not JSON");
        }
        if (answers.has("error")) {
            throw new GenerationException(
                    GenerationException.Reason.GENERATOR,
                    "the generator failed: " + answers.get("error").asText());
        }
        if (!answers.isArray() || answers.size() != batch.size()) {
            throw new GenerationException(
                    GenerationException.Reason.GENERATOR,
                    "the generator was asked for " + batch.size() + " samples and returned "
                            + (answers.isArray() ? answers.size() : "something else than a list"));
        }
        return answers;
    }

    private ObjectNode asked(GenerationRequest request) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", request.id())
                .put("label", context.labels().get(request.label()))
                .put("seed", request.seed().value());
        if (request instanceof GenerationRequest.Variation variation) {
            node.put("iteration", variation.iteration());
            add(node, variation.parent().payload());
        } else {
            node.put("iteration", 0).putNull("parent");
        }
        return node;
    }

    private void settle(GenerationRequest request, JsonNode content, GenerationSink sink) {
        if (content.isNull()) {
            sink.reject(request, "not made");
            return;
        }
        Payload payload;
        try {
            payload = payload(request, content);
        } catch (IllegalArgumentException e) {
            sink.reject(request, e.getMessage());
            return;
        }
        sink.accept(request, payload);
    }

    private void add(ObjectNode node, Payload parent) {
        if (context instanceof GenerationContext.Rows rows) {
            node.set("parent", row(rows.schema(), (TableRow) parent));
        } else if (context instanceof GenerationContext.Images images) {
            node.put("parent_image", images.files().load((StoredImage) parent));
        } else {
            node.put("parent", ((Text) parent).value());
        }
    }

    /** Numbers and truth values as such, all else as text. */
    private static ObjectNode row(TableSchema schema, TableRow row) {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < schema.size(); i++) {
            Column column = schema.columns().get(i);
            Object value = column.decode(row.code(i));
            if (value == null) {
                node.putNull(column.name());
            } else if (value instanceof Number || value instanceof Boolean) {
                node.putPOJO(column.name(), value);
            } else {
                node.put(column.name(), column.text(row.code(i)));
            }
        }
        return node;
    }

    private Payload payload(GenerationRequest request, JsonNode content) {
        if (context instanceof GenerationContext.Rows rows) {
            return row(rows.schema(), content);
        }
        if (context instanceof GenerationContext.Images images) {
            if (!content.has(IMAGE)) {
                throw new IllegalArgumentException("an answer is not an image: return the bytes of its file");
            }
            return images.files()
                    .save(
                            request.id(),
                            Base64.getDecoder().decode(content.get(IMAGE).asText()));
        }
        if (!content.isTextual()) {
            throw new IllegalArgumentException("an answer is not a text");
        }
        return new Text(content.asText());
    }

    private static TableRow row(TableSchema schema, JsonNode content) {
        double[] codes = new double[schema.size()];
        for (int i = 0; i < codes.length; i++) {
            Column column = schema.columns().get(i);
            JsonNode value = content.get(column.name());
            if (value == null) {
                throw new IllegalArgumentException("an answer has no column '" + column.name() + "'");
            }
            try {
                codes[i] = column.encode(value.isNull() ? null : value.asText());
            } catch (UndeclaredValueException e) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' of an answer has an undeclared value", e);
            }
        }
        return new TableRow(codes);
    }

    @Override
    public void close() {}
}
