package org.privateevolution.generation.text;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.AnswerRules.Thoughts;
import org.privateevolution.model.AnswerRules.Truncated;
import org.privateevolution.model.Sampling;

/**
 * Whatever a chat server answers, with any status and media type, becomes a reply whose messages can be shown, and
 * whose text becomes a sample or a rejection.
 */
public final class ChatAnswerFuzz implements FuzzTarget {

    private static final int[] STATUSES = {200, 201, 400, 401, 413, 429, 500, 503};
    private static final String[] TYPES = {"application/json", "text/html", "text/event-stream", "text/plain"};

    private final ChatCall call = new ChatCall(
            List.of(),
            new Sampling(OptionalDouble.of(1), OptionalDouble.of(1), false, OptionalInt.empty()),
            new ChatRequest(List.of(new ChatMessage("user", "write")), 16, 1));

    @Override
    public List<byte[]> seeds() {
        return FuzzTarget.texts(
                "\0{\"choices\": [{\"message\": {\"content\": \"A text.\"}, \"finish_reason\": \"stop\"}],"
                        + " \"usage\": {\"prompt_tokens\": 3, \"completion_tokens\": 4}}",
                "\0{\"choices\": [{\"message\": {\"content\": [{\"type\": \"text\", \"text\": \"<think>a</think>b\"}],"
                        + " \"reasoning\": \"c\"}, \"finish_reason\": \"length\"}]}",
                "\0{\"choices\": [{\"message\": {\"content\": \"analysis said assistantfinal It is. \","
                        + " \"refusal\": null}}]}",
                "\0{\"choices\": [{\"message\": {\"content\": \"<|channel|>final<|message|>so<|end|>\"}}]}",
                "\2{\"error\": {\"message\": \"maximum context length is 4096 tokens\","
                        + " \"code\": \"context_length_exceeded\"}}",
                "\5{\"error\": {\"code\": \"insufficient_quota\"}}",
                "\6upstream \u001b[31mfailed",
                "\2{\"detail\": [{\"msg\": \"bad\"}], \"object\": \"error\"}");
    }

    @Override
    public void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int status = STATUSES[input[0] & 7];
        HttpHeaders headers =
                HttpHeaders.of(Map.of("content-type", List.of(TYPES[input[0] >> 3 & 3])), (name, value) -> true);
        Reply<ChatAnswer> reply = call.read(status, headers, Arrays.copyOfRange(input, 1, input.length));
        if (reply instanceof Reply.Again<ChatAnswer> again) {
            Refusals.requireShowable(again.reason());
        } else if (reply instanceof Reply.Stop<ChatAnswer> stop) {
            Refusals.requireShowable(stop.message());
        } else if (reply instanceof Reply.Elsewhere<ChatAnswer> elsewhere) {
            Refusals.requireShowable(elsewhere.reason());
        } else if (reply instanceof Reply.Answered<ChatAnswer> answered) {
            judge(answered.value());
        }
        reply.cost().ifPresent(cost -> Refusals.require(cost.prompt() >= 0 && cost.completion() >= 0, "earned tokens"));
    }

    private static void judge(ChatAnswer answer) {
        for (Truncated truncated : Truncated.values()) {
            for (Thoughts thoughts : Thoughts.values()) {
                AnswerCheck.Outcome outcome = new AnswerCheck(new AnswerRules(truncated, 1, thoughts)).apply(answer);
                Refusals.require(outcome.text().isBlank() != outcome.reason().isEmpty(), "neither text nor reason");
            }
        }
    }
}
