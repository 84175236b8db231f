package org.privateevolution.generation.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** This project's own protocol, specified in docs/image-endpoints.md. */
record OwnWire() implements ImageWire {

    @Override
    public ImageMessage message(ImageRequest request) {
        ObjectNode body = JSON.createObjectNode()
                .put("prompt", request.prompt())
                .put("label", request.label())
                .put("seed", request.seed())
                .put("guidance", request.guidance())
                .put("steps", request.steps())
                .put("width", request.width())
                .put("height", request.height());
        request.parent().ifPresent(parent -> body.put("degree", parent.degree())
                .put("image", ImageWire.base64(parent.encoded())));
        return ImageWire.json(request.parent().isPresent() ? "/variations" : "/random", body);
    }

    @Override
    public JsonNode image(JsonNode answer) {
        return answer.path("image");
    }

    @Override
    public boolean refuses(JsonNode error) {
        return error.path("code").asText().equals("refused");
    }
}
