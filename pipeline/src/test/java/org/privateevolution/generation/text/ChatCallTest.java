package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.generation.endpoint.Tokens;
import org.privateevolution.generation.text.ChatAnswer.Finish;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.KeySource;

/** Answers of chat servers that differ from OpenAI's, in ways that servers were seen to. */
class ChatCallTest {

    private static Reply<ChatAnswer> read(byte[] body) {
        ChatRequest request = new ChatRequest(List.of(new ChatMessage("user", "hello")), 10, 1);
        HttpHeaders headers =
                HttpHeaders.of(Map.of("content-type", List.of("application/json")), (name, value) -> true);
        return new ChatCall(List.of(), Sampling.OF_THE_MODEL, request).read(200, headers, body);
    }

    private static Reply<ChatAnswer> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatAnswer answer(String finish, String message) {
        return ((Reply.Answered<ChatAnswer>)
                        read("{\"choices\": [{\"finish_reason\": \"" + finish + "\", \"message\": " + message + "}]}"))
                .value();
    }

    @ParameterizedTest
    @CsvSource({
        "stop, COMPLETE",
        "STOP, COMPLETE",
        "eos_token, COMPLETE",
        "length, LENGTH",
        "MAX_TOKENS, LENGTH",
        "model_length, LENGTH",
        "content_filter, FILTERED",
        "SAFETY, FILTERED",
        "RECITATION, FILTERED"
    })
    void endsHaveManyNames(String finish, Finish meant) {
        assertThat(answer(finish, "{\"content\": \"hi\"}").finish()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    "hi"                                                                          | hi
                    [{"type": "text", "text": "hi"}]                                              | hi
                    [{"type": "text", "text": "h"}, {"type": "text", "text": "i"}]                | hi
                    ["h", "i"]                                                                    | hi
                    {"type": "text", "text": "hi"}                                                | hi
                    [{"type": "output_text", "text": "hi"}]                                       | hi
                    [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "hi"}] | hi
                    [{"type": "reasoning", "text": "hm"}, {"type": "text", "text": "hi"}]         | hi
                    [{"type": "thinking", "text": "hm"}, {"type": "text", "text": "hi"}]          | hi
                    null                                                                          | ~~
                    """)
    void contentIsATextOrPartsOfWhichTextsCount(String content, String text) {
        assertThat(answer("stop", "{\"content\": " + content + "}").text()).isEqualTo(text);
    }

    @Test
    void aRefusalMayBeAPart() {
        assertThat(answer("stop", "{\"content\": [{\"type\": \"refusal\", \"refusal\": \"no\"}]}")
                        .finish())
                .isEqualTo(Finish.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"12, 3", "'\"12\"', '\"3\"'", "12.0, 3.0"})
    void countsMayBeWrittenInOtherWays(String prompt, String completion) {
        assertThat(read("{\"choices\": [{\"message\": {\"content\": \"hi\"}}], \"usage\": {\"prompt_tokens\": " + prompt
                                + ", \"completion_tokens\": " + completion + "}}")
                        .cost())
                .isEqualTo(Optional.of(new Tokens(12, 3)));
    }

    @Test
    void aByteOrderMarkIsNoContent() {
        assertThat(read("\ufeff{\"choices\": [{\"message\": {\"content\": \"hi\"}}]}"))
                .isInstanceOf(Reply.Answered.class);
    }

    /** Read leniently, the text would hold a character that the model did not write. */
    @Test
    void bytesThatAreNoUtf8AreNotMadeUp() {
        assertThat(read("{\"choices\": [{\"message\": {\"content\": \"\u00e9\"}}]}"
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Reply.Again.class);
    }

    @Test
    void aStreamIsNamedWhateverItsType() {
        assertThat(read("data: {\"choices\": []}\n\n")).isInstanceOf(Reply.Stop.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"error": {"message": "busy"}}    | busy
                    {"error": "busy"}                 | busy
                    {"detail": "busy"}                | busy
                    {"message": {"content": "hi"}}    | is the address that of chat completions?
                    """)
    void anAnswerWithoutChoiceSaysWhy(String body, String why) {
        assertThat(read(body)).isInstanceOfSatisfying(Reply.Again.class, again -> assertThat(again.reason())
                .contains("holds no choice", why));
    }

    @ParameterizedTest
    @CsvSource({
        "http://host/v1, http://host/v1/chat/completions",
        "http://host/v1/, http://host/v1/chat/completions",
        "http://host/v1//, http://host/v1/chat/completions",
        "http://host/v1/chat/completions, http://host/v1/chat/completions",
        "http://host/v1/chat/completions/, http://host/v1/chat/completions"
    })
    void theAddressMayBeWrittenInFull(String given, String asked) {
        ChatEndpoint endpoint = new ChatEndpoint(
                new ChatEndpoint.OpenAiCompatible(given, "model"),
                new KeySource.None(),
                ChatEndpoint.AnswerLimit.MAX_TOKENS,
                Map.of());

        assertThat(ChatTarget.of(endpoint).endpoint().uri()).hasToString(asked);
    }
}
