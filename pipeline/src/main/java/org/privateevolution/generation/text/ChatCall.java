package org.privateevolution.generation.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateevolution.generation.endpoint.Call;
import org.privateevolution.generation.endpoint.Reply;
import org.privateevolution.generation.endpoint.StatusCodes;
import org.privateevolution.generation.endpoint.Tokens;
import org.privateevolution.generation.text.ChatAnswer.Finish;
import org.privateevolution.model.Sampling;

/** A chat completion: writes the request as JSON and reads the reply. */
final class ChatCall implements Call<ChatAnswer> {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Greatest number of tokens that the model's chat template adds to a message. */
    private static final int TEMPLATE_TOKENS = 16;

    private static final int BYTES_A_TOKEN = 4;

    /** Prefix of the events of a stream. */
    private static final String EVENT = "data:";

    /** OpenAI's "length", and its names at Mistral, Gemini, Cohere and gateways in front of them. */
    private static final Set<String> CUT_OFF = Set.of("length", "max_tokens", "max_output_tokens", "model_length");

    private static final Set<String> HELD_BACK = Set.of(
            "content_filter", "content_filtered", "safety", "recitation", "blocklist", "prohibited_content", "spii");

    private static final Set<String> TEXT_PARTS = Set.of("text", "output_text", "");

    private static final Pattern COUNT = Pattern.compile("\\d{1,18}(?:\\.0+)?");

    /** Greatest plausible number of tokens of a request, far more than the longest context of any model. */
    private static final long MOST_TOKENS = 1L << 32;

    /** Far more than the longest context of any model. */
    private static final long LONGEST_ANSWER_BYTES = 8 << 20;

    private final List<ChatTarget> targets;
    private final Sampling sampling;
    private final ChatRequest request;

    ChatCall(List<ChatTarget> targets, Sampling sampling, ChatRequest request) {
        this.targets = targets;
        this.sampling = sampling;
        this.request = request;
    }

    /** In the usual byte-level vocabularies, a token has at least one byte. */
    @Override
    public Tokens atMost() {
        return new Tokens(promptBytes() + templateTokens(), request.maxTokens());
    }

    @Override
    public long rateTokens() {
        return promptBytes() / BYTES_A_TOKEN + templateTokens() + request.maxTokens();
    }

    private long promptBytes() {
        return request.messages().stream()
                .mapToLong(message -> message.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private long templateTokens() {
        return (request.messages().size() + 1L) * TEMPLATE_TOKENS;
    }

    @Override
    public byte[] body(int index) {
        ChatTarget target = targets.get(index);
        ObjectNode body = JSON.createObjectNode();
        if (!target.model().isEmpty()) {
            body.put("model", target.model());
        }
        ArrayNode messages = body.putArray("messages");
        for (ChatMessage message : request.messages()) {
            messages.addObject().put("role", message.role()).put("content", message.content());
        }
        if (request.maxTokens() > 0) {
            body.put(target.limitField(), request.maxTokens());
        }
        sampling.temperature().ifPresent(temperature -> body.put("temperature", temperature));
        sampling.topP().ifPresent(topP -> body.put("top_p", topP));
        if (sampling.seeded()) {
            body.put("seed", request.seed());
        }
        target.parameters().forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long longestAnswerBytes() {
        return LONGEST_ANSWER_BYTES;
    }

    @Override
    public Reply<ChatAnswer> read(int status, HttpHeaders headers, byte[] body) {
        return StatusCodes.isSuccess(status)
                ? success(headers, body)
                : failure(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static Reply<ChatAnswer> success(HttpHeaders headers, byte[] body) {
        String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream") || isEvent(body)) {
            return new Reply.Stop<>("the answer is a stream of events, which was not requested: configure the server to"
                    + " answer as a whole where a request does not say \"stream\": true");
        }
        Optional<Reply<ChatAnswer>> page =
                Reply.Elsewhere.ofWebPage(type, "is the address right, with /v1 where the service has it?");
        if (page.isPresent()) {
            return page.get();
        }
        JsonNode root;
        try {
            // Parse bytes, not a string: they may begin with a byte order mark, and a string would hide invalid UTF-8.
            root = JSON.readTree(body);
        } catch (IOException e) {
            return again(
                    "the answer is malformed JSON" + (type.contains("json") ? "" : " of type " + type),
                    Optional.empty());
        }
        Optional<Tokens> cost = cost(root.path("usage"));
        JsonNode choice = root.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            String why = ChatError.of(root).message();
            return again(
                    "the answer holds no choice"
                            + (why.isEmpty() ? ": is the address that of chat completions?" : StatusCodes.said(why)),
                    cost);
        }
        return new Reply.Answered<>(answer(choice, message), cost);
    }

    private static boolean isEvent(byte[] body) {
        return new String(body, 0, Math.min(body.length, EVENT.length()), StandardCharsets.UTF_8).equals(EVENT);
    }

    private static ChatAnswer answer(JsonNode choice, JsonNode message) {
        String finish = choice.path("finish_reason").asText("").toLowerCase(Locale.ROOT);
        String text = text(message.path("content"));
        boolean reasoned = !message.path("reasoning_content").asText("").isBlank()
                || !message.path("reasoning").asText("").isBlank();
        if (HELD_BACK.contains(finish)) {
            return new ChatAnswer(text, Finish.FILTERED);
        }
        if (!message.path("refusal").asText("").isBlank() || isRefusal(message.path("content"))) {
            return new ChatAnswer(text, Finish.REFUSED);
        }
        return new ChatAnswer(text, reasoned, CUT_OFF.contains(finish) ? Finish.LENGTH : Finish.COMPLETE);
    }

    /** Content is a text, or a list of parts, of which those of type text count. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        if (content.isObject()) {
            return TEXT_PARTS.contains(content.path("type").asText("")) ? text(content.path("text")) : "";
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(text(part)));
        return text.toString();
    }

    private static boolean isRefusal(JsonNode content) {
        for (JsonNode part : content) {
            if (part.path("type").asText("").equals("refusal")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Tokens> cost(JsonNode usage) {
        OptionalLong prompt = count(usage.path("prompt_tokens"));
        OptionalLong completion = count(usage.path("completion_tokens"));
        return prompt.isPresent() && completion.isPresent()
                ? Optional.of(new Tokens(prompt.getAsLong(), completion.getAsLong()))
                : Optional.empty();
    }

    /**
     * Returns empty for a count that no server can have meant. A negative one, for instance, would increase the budget.
     */
    private static OptionalLong count(JsonNode tokens) {
        String written = tokens.asText("");
        if (!COUNT.matcher(written).matches()) {
            return OptionalLong.empty();
        }
        long count = (long) Double.parseDouble(written);
        return count <= MOST_TOKENS ? OptionalLong.of(count) : OptionalLong.empty();
    }

    private static Reply<ChatAnswer> again(String reason, Optional<Tokens> cost) {
        return new Reply.Again<>(reason, Optional.empty(), cost);
    }

    /** Some servers report a refusal as an error. It concerns the prompt and says nothing about the endpoint. */
    private static Reply<ChatAnswer> failure(int status, HttpHeaders headers, String body) {
        ChatError error = ChatError.of(body);
        if (status >= 400 && status < 500) {
            if (error.isFilter()) {
                return unserved(Finish.FILTERED);
            }
            if (error.isPromptTooLong(status)) {
                return unserved(Finish.PROMPT_TOO_LONG);
            }
        }
        if (status == 429 && error.isQuotaSpent()) {
            return new Reply.Stop<>("HTTP 429: the account's quota is spent" + StatusCodes.said(error.message()));
        }
        return StatusCodes.reply(status, headers, error.message().isEmpty() ? body : error.message());
    }

    private static Reply<ChatAnswer> unserved(Finish finish) {
        return new Reply.Answered<>(new ChatAnswer("", finish), Optional.of(Tokens.NONE));
    }
}
