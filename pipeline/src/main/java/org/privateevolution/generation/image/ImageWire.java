package org.privateevolution.generation.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;
import org.privateevolution.generation.endpoint.RequestFields;
import org.privateevolution.model.endpoint.ImageProtocol;

/** The requests and answers of one protocol. */
interface ImageWire {

    ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    ImageMessage message(ImageRequest request);

    /** The image in an answer, in Base64; a missing node if there is none. */
    JsonNode image(JsonNode answer);

    /** What, according to an answer, must be changed before any image can be generated. */
    default Optional<String> mistake(JsonNode answer) {
        return Optional.empty();
    }

    /**
     * Whether an error means that the prompt or the image was held back by a filter, rather than a problem of the
     * endpoint.
     */
    boolean refuses(JsonNode error);

    static ImageWire of(ImageProtocol protocol) {
        if (protocol instanceof ImageProtocol.WebUi webUi) {
            return new WebUiWire(RequestFields.parsed(webUi.parameters()));
        }
        if (protocol instanceof ImageProtocol.OpenAi openAi) {
            return new OpenAiWire(openAi, RequestFields.parsed(openAi.parameters()));
        }
        return new OwnWire();
    }

    static ImageMessage json(String path, ObjectNode body) {
        try {
            return new ImageMessage(path, "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] image) {
        return Base64.getEncoder().encodeToString(image);
    }
}
