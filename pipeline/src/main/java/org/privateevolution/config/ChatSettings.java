package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

/** The section of a language model behind endpoints that speak the chat-completions protocol. */
final class ChatSettings extends Group<TextSpec.Chat> {

    final Endpoint endpoints = mountList("endpoints", new Endpoint(), TextSpec.Chat::endpoints);
    final LimitSettings limits =
            free(mount("limits", new LimitSettings(true), chat -> chat.calls().limits()));
    final RetrySettings retry =
            free(mount("retry", new RetrySettings(), chat -> chat.calls().retry()));
    final SpendingSettings budget = free(mount(
            "budget",
            new SpendingSettings(true, "text.chat.prices"),
            chat -> SpendingSettings.orNull(chat.calls().budget())));
    final PriceSettings prices =
            free(mount("prices", new PriceSettings(), chat -> chat.calls().prices()));

    TextSpec.Chat read(Section section) {
        List<Section> entries = section.openList(endpoints);
        if (entries == null || entries.isEmpty()) {
            section.missing(endpoints, "name at least one endpoint");
            return null;
        }
        List<ChatEndpoint> each = entries.stream().map(endpoints::read).toList();
        Limits limit = limits.read(section.open(limits));
        Retry patience = retry.read(section.open(retry));
        EndpointBudget cap = budget.read(section.open(budget));
        Prices known = prices.read(section.open(prices));
        return section.make(() -> new TextSpec.Chat(each, new CallPolicy(limit, patience, cap, known)));
    }

    /** The settings of one endpoint. */
    static final class Endpoint extends Group<ChatEndpoint> {

        /** The ways to address an endpoint that a configuration can name. */
        private enum Service {
            OPENAI,
            AZURE
        }

        final Setting<Service> service = word(
                        "service",
                        Service.OPENAI,
                        endpoint -> of(endpoint, openAi -> Service.OPENAI, azure -> Service.AZURE))
                .means("Protocol of the endpoint; `openai` is any server with `/chat/completions`.");
        final Setting<String> url = required(
                        "url",
                        Text.url(),
                        endpoint -> of(
                                endpoint,
                                ChatEndpoint.OpenAiCompatible::baseUrl,
                                ChatEndpoint.AzureOpenAi::resourceUrl))
                .free()
                .means("The part of the URL before `/chat/completions`, or the Azure resource. Requests go to the least"
                        + " loaded endpoint.");
        final Setting<String> model = required(
                        "model",
                        Text.of("string"),
                        endpoint -> of(
                                endpoint, ChatEndpoint.OpenAiCompatible::model, ChatEndpoint.AzureOpenAi::deployment))
                .means("Name of the model, or of the Azure deployment.");
        final Setting<String> apiVersion = optional(
                        "api_version",
                        Text.of("string"),
                        null,
                        endpoint -> of(endpoint, openAi -> null, ChatEndpoint.AzureOpenAi::apiVersion))
                .otherwise("required for `azure`")
                .means("Version of Azure's API, such as 2024-10-21.");
        final KeySettings key = KeySettings.in(this, ChatEndpoint::key);
        final Setting<ChatEndpoint.AnswerLimit> answerLimit = word(
                        "answer_limit", ChatEndpoint.AnswerLimit.MAX_TOKENS, ChatEndpoint::answerLimit)
                .means("Field of the request that limits an answer; OpenAI's reasoning models need the second.");
        final Setting<Map<String, String>> parameters = value(
                        "parameters", Text.map(), Map.of(), ChatEndpoint::parameters)
                .otherwise("none")
                .means("More fields of the request's body. A value that is valid JSON is sent as JSON, any other as a"
                        + " string.");

        private static <T> T of(
                ChatEndpoint endpoint,
                Function<ChatEndpoint.OpenAiCompatible, T> openAi,
                Function<ChatEndpoint.AzureOpenAi, T> azure) {
            return endpoint.service() instanceof ChatEndpoint.OpenAiCompatible compatible
                    ? openAi.apply(compatible)
                    : azure.apply((ChatEndpoint.AzureOpenAi) endpoint.service());
        }

        ChatEndpoint read(Section section) {
            if (section.get(service) == Service.AZURE) {
                section.require(apiVersion, "the service is azure: give the version of its API");
            }
            if (section.get(service) == Service.OPENAI) {
                section.refuse(apiVersion, "it is only for service: azure");
            }
            key.check(section);
            return section.make(
                    parameters,
                    () -> new ChatEndpoint(
                            section.get(service) == Service.OPENAI
                                    ? new ChatEndpoint.OpenAiCompatible(section.get(url), section.get(model))
                                    : new ChatEndpoint.AzureOpenAi(
                                            section.get(url), section.get(model), section.get(apiVersion)),
                            key.read(section),
                            section.get(answerLimit),
                            section.get(parameters)));
        }
    }

    /** The prices that endpoints charge. */
    static final class PriceSettings extends Group<Prices> {

        final Setting<Double> perMillionPromptTokens = value(
                        "per_million_prompt_tokens", Real.NOT_NEGATIVE, 0.0, Prices::perMillionPromptTokens)
                .means("Price per million prompt tokens, in any currency.");
        final Setting<Double> perMillionCompletionTokens = value(
                        "per_million_completion_tokens", Real.NOT_NEGATIVE, 0.0, Prices::perMillionCompletionTokens)
                .means("Price per million answer tokens.");
        final Setting<Double> perAnswer = value("per_answer", Real.NOT_NEGATIVE, 0.0, Prices::perAnswer)
                .means("Price per answer, whatever its size.");

        Prices read(Section section) {
            return section.make(() -> new Prices(
                    section.get(perMillionPromptTokens),
                    section.get(perMillionCompletionTokens),
                    section.get(perAnswer)));
        }
    }
}
