package org.privateevolution.generation.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The error that a server reports for a request. Servers differ in its form: OpenAI puts {@code message}, {@code type}
 * and {@code code} into an object {@code error}; vLLM until 0.10.1 and SGLang put them at the top level, Databricks has
 * {@code error_code} there, and Text Generation Inference has a text as {@code error}.
 */
record ChatError(String code, String innerCode, String type, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> FILTER_CODES =
            Set.of("content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "invalid_prompt");

    /**
     * Matches the messages of OpenAI, vLLM, SGLang, TensorRT-LLM, llama.cpp, Text Generation Inference, Databricks,
     * Anthropic and Gemini.
     */
    private static final Pattern TOO_LONG = Pattern.compile("context (?:length|size|window|limit)"
            + "|(?:prompt|input|inputs|sequence|messages?)(?: length| tokens?)?\\b.{0,40}"
            + "(?:is|are|was) too (?:long|large)"
            + "|(?:prompt|input) length.{0,60}exceeds"
            + "|`?inputs`? (?:tokens.{0,40}must be <|must have less than)"
            + "|(?:input|prompt)? ?token count.{0,60}exceeds"
            + "|(?:exceeds?|longer than|more than).{0,40}"
            + "(?:max(?:imum)?_(?:model|seq|input|total|num)_\\w+|max(?:imum)? (?:number of |input |sequence )*"
            + "(?:tokens|length))");

    static ChatError of(String body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            root = JSON.createObjectNode();
        }
        return of(root);
    }

    static ChatError of(JsonNode root) {
        JsonNode error = root.path("error");
        if (error.isTextual()) {
            return new ChatError("", "", root.path("error_type").asText(""), error.textValue());
        }
        JsonNode said = error.isObject() ? error : root;
        return new ChatError(
                said.path("code").asText(said.path("error_code").asText("")),
                said.path("innererror").path("code").asText(""),
                said.path("type").asText(""),
                message(said));
    }

    private static String message(JsonNode said) {
        for (String name : new String[] {"message", "detail"}) {
            if (said.path(name).isTextual()) {
                return said.path(name).textValue();
            }
        }
        return "";
    }

    /** Whether a filter withheld the prompt. */
    boolean isFilter() {
        return FILTER_CODES.contains(code) || FILTER_CODES.contains(innerCode);
    }

    /** Whether the prompt leaves too little of the context for an answer. */
    boolean isPromptTooLong(int status) {
        return status == 413
                || code.equals("context_length_exceeded")
                || type.equals("exceed_context_size_error")
                || ((status == 400 || status == 422)
                        && TOO_LONG.matcher(message.toLowerCase(Locale.ROOT)).find());
    }

    boolean isQuotaSpent() {
        return code.equals("insufficient_quota");
    }
}
