package org.privateevolution.generation.image;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.model.endpoint.ImageProtocol;

/**
 * Whatever an image server answers, in each protocol, with any status and media type, is read as a reply, and the
 * reply's message can be shown.
 */
public final class ImageAnswerFuzz implements FuzzTarget {

    private static final int[] STATUSES = {200, 202, 400, 401, 413, 429, 500, 503};
    private static final String[] TYPES = {"application/json", "text/html", "image/png", "application/octet-stream"};
    private static final List<ImageProtocol> PROTOCOLS = List.of(
            new ImageProtocol.WebUi(Map.of()),
            new ImageProtocol.OpenAi("model", ImageProtocol.OpenAi.Variation.EDIT, true, Map.of()),
            new ImageProtocol.Own());

    @Override
    public List<byte[]> seeds() {
        return FuzzTarget.texts(
                "\0\0{\"images\": [\"iVBORw0KGgo=\"], \"info\": \"\"}",
                "\1\0{\"data\": [{\"b64_json\": \"data:image/png;base64,iVBORw0KGgo=\"}]}",
                "\1\0{\"data\": [{\"url\": \"http://127.0.0.1/a.png\"}]}",
                "\2\0{\"image\": \"iVBORw0KGgo\"}",
                "\1\2{\"error\": {\"code\": \"content_policy_violation\", \"message\": \"no\"}}",
                "\0\6{\"detail\": \"out of memory\"}",
                "\1\5{\"error\": {\"code\": \"insufficient_quota\"}}");
    }

    @Override
    public void read(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ImageProtocol protocol = PROTOCOLS.get((input[0] & 0xff) % PROTOCOLS.size());
        ImageCall call = new ImageCall(
                ImageWire.of(protocol), new ImageRequest("a cat", 0, 1, 7.5, 20, 64, 64, Optional.empty()));
        HttpHeaders headers =
                HttpHeaders.of(Map.of("content-type", List.of(TYPES[input[1] >> 3 & 3])), (name, value) -> true);
        Reply<ImageAnswer> reply =
                call.read(STATUSES[input[1] & 7], headers, Arrays.copyOfRange(input, 2, input.length));
        if (reply instanceof Reply.Again<ImageAnswer> again) {
            Refusals.requireShowable(again.reason());
        } else if (reply instanceof Reply.Stop<ImageAnswer> stop) {
            Refusals.requireShowable(stop.message());
        } else if (reply instanceof Reply.Elsewhere<ImageAnswer> elsewhere) {
            Refusals.requireShowable(elsewhere.reason());
        }
    }
}
