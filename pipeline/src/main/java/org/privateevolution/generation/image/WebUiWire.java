package org.privateevolution.generation.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The API of the Stable Diffusion web UI. An image that its safety checker has blacked out cannot be told from a dark
 * one.
 *
 * @param parameters further fields of the request
 */
record WebUiWire(Map<String, Object> parameters) implements ImageWire {

    @Override
    public ImageMessage message(ImageRequest request) {
        ObjectNode body = JSON.createObjectNode()
                .put("prompt", request.prompt())
                .put("seed", request.seed())
                .put("steps", request.steps())
                .put("cfg_scale", request.guidance())
                .put("width", request.width())
                .put("height", request.height())
                .put("batch_size", 1)
                .put("n_iter", 1);
        parameters.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
        request.parent().ifPresent(parent -> {
            body.putArray("init_images").add(ImageWire.base64(parent.encoded()));
            body.put("denoising_strength", parent.degree());
        });
        return ImageWire.json(request.parent().isPresent() ? "/sdapi/v1/img2img" : "/sdapi/v1/txt2img", body);
    }

    @Override
    public JsonNode image(JsonNode answer) {
        return answer.path("images").path(0);
    }

    @Override
    public boolean refuses(JsonNode error) {
        return false;
    }
}
