package org.privateevolution.generation.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.model.endpoint.ImageProtocol;

/**
 * OpenAI's image API: JSON to generate, a form with the parent's file to vary.
 *
 * @param parameters further fields of the request
 */
record OpenAiWire(ImageProtocol.OpenAi protocol, Map<String, Object> parameters) implements ImageWire {

    private static final Set<String> REFUSALS =
            Set.of("content_policy_violation", "moderation_blocked", "content_filter", "contentFilter");

    @Override
    public ImageMessage message(ImageRequest request) {
        Map<String, Object> fields = new LinkedHashMap<>(parameters);
        fields.put("model", protocol.model());
        fields.put("n", 1);
        fields.put("size", request.width() + "x" + request.height());
        if (protocol.asksForBase64()) {
            fields.put("response_format", "b64_json");
        }
        boolean edit = protocol.variation() == ImageProtocol.OpenAi.Variation.EDIT;
        if (request.parent().isEmpty() || edit) {
            fields.put("prompt", request.prompt());
        }
        if (request.parent().isEmpty()) {
            ObjectNode body = JSON.createObjectNode();
            fields.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
            return ImageWire.json("/images/generations", body);
        }
        Form form = new Form();
        fields.forEach((name, value) -> form.field(name, value.toString()));
        form.file("image", request.parent().get().encoded());
        return new ImageMessage(edit ? "/images/edits" : "/images/variations", form.contentType(), form.end());
    }

    @Override
    public JsonNode image(JsonNode answer) {
        JsonNode first = answer.path("data").path(0);
        JsonNode url = first.path("url");
        return !first.path("b64_json").isTextual() && url.asText("").startsWith("data:") ? url : first.path("b64_json");
    }

    @Override
    public Optional<String> mistake(JsonNode answer) {
        return answer.path("data").path(0).path("url").isTextual()
                        && !image(answer).isTextual()
                ? Optional.of("it answers with addresses of images, not with images; ask it for base64")
                : Optional.empty();
    }

    @Override
    public boolean refuses(JsonNode error) {
        return REFUSALS.contains(error.path("code").asText())
                || REFUSALS.contains(error.path("innererror").path("code").asText());
    }
}
