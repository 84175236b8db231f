package org.privateevolution.generation.text;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.privateevolution.generation.endpoint.Endpoint;
import org.privateevolution.generation.endpoint.KeySource;

/**
 * An endpoint that speaks the chat-completions protocol. Public configuration; the key is not in it.
 *
 * @param service how it is addressed
 * @param key where its key is kept
 * @param answerLimit the field that limits an answer's tokens
 * @param parameters more fields of the request body, for instance {@code top_k}; values as in JSON
 */
public record ChatEndpoint(Service service, KeySource key, AnswerLimit answerLimit, Map<String, Object> parameters) {

    private static final String COMPLETIONS = "/chat/completions";

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
     * @param baseUrl what stands before {@code /chat/completions}, for instance {@code https://api.openai.com/v1},
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

    /** The name of the field that limits an answer's tokens. */
    public enum AnswerLimit {
        /** What nearly every server knows. */
        MAX_TOKENS("max_tokens"),
        /** What OpenAI's reasoning models insist on. */
        MAX_COMPLETION_TOKENS("max_completion_tokens");

        private final String field;

        AnswerLimit(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    /** The address and the key, read now. */
    Endpoint open() {
        if (service instanceof AzureOpenAi azure) {
            URI uri = URI.create(withoutSlash(azure.resourceUrl()) + "/openai/deployments/"
                    + encoded(azure.deployment()) + "/chat/completions?api-version=" + encoded(azure.apiVersion()));
            return new Endpoint(uri, "api-key", "", key.read());
        }
        OpenAiCompatible compatible = (OpenAiCompatible) service;
        URI uri = URI.create(completions(compatible.baseUrl()));
        return new Endpoint(uri, "Authorization", "Bearer ", key.read());
    }

    /** The body's model field; empty where the address names the model. */
    String model() {
        return service instanceof OpenAiCompatible compatible ? compatible.model() : "";
    }

    /** What many are given is the whole address; a gateway's may end with a query. */
    private static String completions(String baseUrl) {
        int query = baseUrl.indexOf('?');
        String base = withoutSlash(query < 0 ? baseUrl : baseUrl.substring(0, query));
        return (base.endsWith(COMPLETIONS) ? base : base + COMPLETIONS) + (query < 0 ? "" : baseUrl.substring(query));
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
