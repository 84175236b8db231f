package org.privateevolution.model.endpoint;

import java.util.Map;
import java.util.Set;

/**
 * An endpoint that speaks the chat-completions protocol. Public configuration, which does not contain the key.
 *
 * @param service how the endpoint is addressed
 * @param key where the endpoint's key is kept
 * @param answerLimit the field that limits the tokens of an answer
 * @param parameters additional fields of the request's body, for instance {@code top_k}; each value is JSON or a text
 */
public record ChatEndpoint(Service service, KeySource key, AnswerLimit answerLimit, Map<String, String> parameters) {

    private static final Set<String> OWN_FIELDS = Set.of(
            "messages", "model", "max_tokens", "max_completion_tokens", "temperature", "top_p", "seed", "stream", "n");

    public ChatEndpoint {
        parameters = Map.copyOf(parameters);
        for (String name : parameters.keySet()) {
            if (OWN_FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                        "an endpoint's parameters must not hold " + name + ": this program sets it itself");
            }
        }
    }

    /** How an endpoint is addressed. */
    public sealed interface Service {}

    /**
     * OpenAI itself, Databricks model serving, vLLM, Ollama, the llama.cpp server and most others.
     *
     * @param baseUrl URL before {@code /chat/completions}, for instance {@code https://api.openai.com/v1},
     *     {@code https://<workspace>/serving-endpoints} or {@code http://localhost:11434/v1}
     */
    public record OpenAiCompatible(String baseUrl, String model) implements Service {}

    /**
     * Azure OpenAI.
     *
     * @param resourceUrl for instance {@code https://<resource>.openai.azure.com}
     * @param apiVersion for instance {@code 2024-10-21}
     */
    public record AzureOpenAi(String resourceUrl, String deployment, String apiVersion) implements Service {}

    /** The field that limits the tokens of an answer. Its name is the constant's in lower case. */
    public enum AnswerLimit {
        /** Known to nearly every server. */
        MAX_TOKENS,
        /** Required by OpenAI's reasoning models. */
        MAX_COMPLETION_TOKENS
    }
}
