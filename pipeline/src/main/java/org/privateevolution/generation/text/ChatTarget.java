package org.privateevolution.generation.text;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.privateevolution.generation.endpoint.Endpoint;
import org.privateevolution.generation.endpoint.RequestFields;
import org.privateevolution.generation.endpoint.Secret;
import org.privateevolution.model.endpoint.Authorization;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.ChatEndpoint.AzureOpenAi;
import org.privateevolution.model.endpoint.ChatEndpoint.OpenAiCompatible;

/**
 * A chat endpoint, prepared for requests.
 *
 * @param model value of the body's model field; empty if the address names the model
 * @param limitField the body's field that limits the tokens of an answer
 * @param parameters additional fields of the body
 */
record ChatTarget(Endpoint endpoint, String model, String limitField, Map<String, Object> parameters) {

    private static final String COMPLETIONS = "/chat/completions";

    /**
     * Prepares an endpoint and reads its key.
     *
     * @throws IllegalArgumentException if the address is invalid, or the key is not where it should be
     */
    static ChatTarget of(ChatEndpoint endpoint) {
        boolean named = endpoint.service() instanceof OpenAiCompatible;
        Authorization authorization = named ? Authorization.BEARER : Authorization.API_KEY;
        return new ChatTarget(
                Endpoint.of(address(endpoint.service()), authorization, Secret.from(endpoint.key())),
                named ? ((OpenAiCompatible) endpoint.service()).model() : "",
                endpoint.answerLimit().name().toLowerCase(Locale.ROOT),
                RequestFields.parsed(endpoint.parameters()));
    }

    private static URI address(ChatEndpoint.Service service) {
        if (service instanceof AzureOpenAi azure) {
            return URI.create(withoutSlash(azure.resourceUrl()) + "/openai/deployments/" + encoded(azure.deployment())
                    + COMPLETIONS + "?api-version=" + encoded(azure.apiVersion()));
        }
        return URI.create(completions(((OpenAiCompatible) service).baseUrl()));
    }

    /** Accepts a base URL with or without the path of completions, because many services document the whole address. */
    private static String completions(String baseUrl) {
        String base = withoutSlash(baseUrl);
        return base.endsWith(COMPLETIONS) ? base : base + COMPLETIONS;
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
