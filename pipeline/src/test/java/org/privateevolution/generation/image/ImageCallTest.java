package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.image.Images;
import org.privateevolution.image.Png;
import org.privateevolution.model.endpoint.ImageProtocol;

/** Answers of image servers that differ from what the protocols say, in ways that servers were seen to. */
class ImageCallTest {

    private static final byte[] PNG = Png.encode(Images.noise(24, 16, 1));

    private static Reply<ImageAnswer> read(int status, String type, byte[] body) {
        ImageProtocol protocol = new ImageProtocol.OpenAi("model", ImageProtocol.OpenAi.Variation.EDIT, true, Map.of());
        return new ImageCall(ImageWire.of(protocol), new ImageRequest("a cat", 0, 1, 7.5, 20, 24, 16, Optional.empty()))
                .read(status, HttpHeaders.of(Map.of("content-type", List.of(type)), (name, value) -> true), body);
    }

    private static Reply<ImageAnswer> readJson(int status, String json) {
        return read(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertImage(Reply<ImageAnswer> reply) {
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        assertThat(((Reply.Answered<ImageAnswer>) reply).value().encoded()).isEqualTo(PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/octet-stream", "binary/octet-stream", "application/json"})
    void bytesOfAnImageAreOneWhateverTheyAreCalled(String type) {
        assertImage(read(200, type, PNG));
    }

    @Test
    void base64MayBeWrittenInOtherWays() {
        for (String base64 : List.of(
                Base64.getEncoder().encodeToString(PNG),
                "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG),
                Base64.getMimeEncoder().encodeToString(PNG).replace("\r\n", "\\r\\n") + "\\n",
                Base64.getUrlEncoder().encodeToString(PNG),
                Base64.getUrlEncoder().withoutPadding().encodeToString(PNG))) {
            assertImage(readJson(200, "{\"data\": [{\"b64_json\": \"" + base64 + "\"}]}"));
        }
    }

    @Test
    void anImageMayStandInAnAddressOrAList() {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        assertImage(
                readJson(200, "{\"data\": [{\"b64_json\": null, \"url\": \"data:image/png;base64," + base64 + "\"}]}"));
        assertImage(readJson(200, "{\"data\": [{\"b64_json\": [\"" + base64 + "\"]}]}"));
    }

    /** They are told as images that are refused, by name, and not as malformed JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"RIFFxxxxWEBP", "BMxx", "II*\0xxxx", "....ftypavif", "....ftypheic"})
    void bytesOfOtherFormatsAreImagesToo(String beginning) {
        Reply<ImageAnswer> reply =
                read(200, "application/octet-stream", beginning.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(reply).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void aServerThatAnswersLaterIsNamedAtOnce() {
        for (Reply<ImageAnswer> reply : List.of(
                readJson(202, "{\"id\": \"7\"}"),
                readJson(201, "{\"id\": \"7\", \"status\": \"starting\", \"urls\": {\"get\": \"x\"}}"),
                readJson(200, "{\"status\": \"IN_QUEUE\", \"request_id\": \"7\"}"))) {
            assertThat(reply).isInstanceOfSatisfying(Reply.Stop.class, stop -> assertThat(stop.message())
                    .contains("queues requests", "let it answer with the image itself"));
        }
    }

    @Test
    void anAnswerWithoutImageMaySucceedLater() {
        assertThat(readJson(200, "{\"data\": [], \"error\": {\"message\": \"busy\"}}"))
                .isInstanceOfSatisfying(Reply.Again.class, again -> assertThat(again.reason())
                        .isEqualTo("the answer holds no image: busy"));
    }

    @Test
    void refusalsOfAzureAreRefusals() {
        Reply<ImageAnswer> reply = readJson(
                400,
                "{\"error\": {\"code\": \"contentFilter\", \"message\": \"x\","
                        + " \"inner_error\": {\"code\": \"ResponsibleAIPolicyViolation\"}}}");

        assertThat(((Reply.Answered<ImageAnswer>) reply).value().refusal()).contains("content filter");
    }
}
