package org.privateevolution.generation.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.privateevolution.generation.endpoint.Call;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.generation.endpoint.StatusCodes;
import org.privateevolution.generation.endpoint.Tokens;
import org.privateevolution.image.ImageDecoder;

/** A request for one image. Images are charged per piece, not by tokens. */
final class ImageCall implements Call<ImageAnswer> {

    private static final Set<String> SPENT = Set.of("insufficient_quota", "billing_hard_limit_reached");

    private static final int ACCEPTED = 202;

    /** States of a request that is not done, as services that queue requests write them. */
    private static final Set<String> QUEUED =
            Set.of("starting", "processing", "queued", "in_queue", "in_progress", "pending");

    /** Room for text, and for images of another size than requested, which are rejected without ending the run. */
    private static final long SPARE_BYTES = 16 << 20;

    /** Four channels of 16 bits, uncompressed. */
    private static final int BYTES_A_PIXEL = 8;

    private final ImageWire wire;
    private final ImageMessage message;
    private final long pixels;

    ImageCall(ImageWire wire, ImageRequest request) {
        this.wire = wire;
        this.pixels = (long) request.width() * request.height();
        this.message = wire.message(request);
    }

    @Override
    public Tokens atMost() {
        return Tokens.NONE;
    }

    @Override
    public long rateTokens() {
        return 0;
    }

    @Override
    public URI uri(URI endpoint) {
        String address = endpoint.toString();
        int query = address.indexOf('?');
        String base = query < 0 ? address : address.substring(0, query);
        String path = base.endsWith("/") ? message.path().substring(1) : message.path();
        return URI.create(base + path + (query < 0 ? "" : address.substring(query)));
    }

    @Override
    public String contentType() {
        return message.contentType();
    }

    @Override
    public String accept() {
        return "application/json, image/png, image/jpeg";
    }

    @Override
    public byte[] body(int endpoint) {
        return message.body();
    }

    /** The largest image in Base64, which writes 3 bytes as 4. */
    @Override
    public long longestAnswerBytes() {
        return SPARE_BYTES + pixels * BYTES_A_PIXEL * 4 / 3;
    }

    @Override
    public Reply<ImageAnswer> read(int status, HttpHeaders headers, byte[] body) {
        return StatusCodes.isSuccess(status) ? success(status, headers, body) : failure(status, headers, body);
    }

    private Reply<ImageAnswer> success(int status, HttpHeaders headers, byte[] body) {
        String type =
                headers.firstValue("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
        // Some servers declare images as application/octet-stream.
        if (type.startsWith("image/") || ImageDecoder.isImage(body)) {
            return answered(body);
        }
        Optional<Reply<ImageAnswer>> page = Reply.Elsewhere.ofWebPage(type, "is the address right?");
        if (page.isPresent()) {
            return page.get();
        }
        JsonNode root;
        try {
            root = ImageWire.JSON.readTree(body);
        } catch (IOException e) {
            return again("the answer is malformed JSON" + (type.contains("json") ? "" : " of type " + type));
        }
        Optional<String> mistake = wire.mistake(root);
        if (mistake.isPresent()) {
            return new Reply.Stop<>(mistake.get());
        }
        JsonNode found = wire.image(root);
        JsonNode image = found.isArray() ? found.path(0) : found;
        if (!image.isTextual()) {
            return status == ACCEPTED
                            || QUEUED.contains(root.path("status").asText("").toLowerCase(Locale.ROOT))
                    ? new Reply.Stop<>("it queues requests, and this answer only says where the image will be: let it"
                            + " answer with the image itself, often by another address or a setting of the server")
                    : again("the answer holds no image" + StatusCodes.said(message(root)));
        }
        try {
            return answered(decoded(image.textValue()));
        } catch (IllegalArgumentException e) {
            return again("the image is malformed base64");
        }
    }

    /**
     * Decodes Base64. Some servers put {@code data:image/png;base64,} in front, break lines, or use the URL-safe
     * alphabet.
     */
    private static byte[] decoded(String text) {
        String base64 = text.substring(text.indexOf(',') + 1).replaceAll("\\s+", "");
        boolean ofUrls = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
        return (ofUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64);
    }

    private Reply<ImageAnswer> failure(int status, HttpHeaders headers, byte[] body) {
        JsonNode root;
        try {
            root = ImageWire.JSON.readTree(body);
        } catch (IOException e) {
            root = ImageWire.JSON.createObjectNode();
        }
        JsonNode error = root.path("error");
        if (status < 500 && wire.refuses(error)) {
            return new Reply.Answered<>(
                    ImageAnswer.refused("held back by the content filter"), Optional.of(Tokens.NONE));
        }
        if (SPENT.contains(error.path("code").asText())) {
            return new Reply.Stop<>(
                    "HTTP " + status + ": the account's quota is spent" + StatusCodes.said(message(root)));
        }
        String said = message(root);
        return StatusCodes.reply(status, headers, said.isEmpty() ? new String(body, StandardCharsets.UTF_8) : said);
    }

    private static String message(JsonNode root) {
        JsonNode error = root.path("error");
        return error.isTextual() ? error.textValue() : error.path("message").asText("");
    }

    private static Reply<ImageAnswer> answered(byte[] encoded) {
        return new Reply.Answered<>(ImageAnswer.of(encoded), Optional.of(Tokens.NONE));
    }

    /** The cost of such an answer is unknown. */
    private static Reply<ImageAnswer> again(String reason) {
        return new Reply.Again<>(reason, Optional.empty(), Optional.empty());
    }
}
