package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import org.privateevolution.model.TextSpec;

/** Endpoints that speak the chat-completions protocol. */
final class ChatSettings extends Group<TextSpec.Chat> {

    final Endpoint endpoints = mountList("endpoints", new Endpoint(), TextSpec.Chat::endpoints);
    final LimitSettings limits = free(mount("limits", new LimitSettings(true), TextSpec.Chat::limits));
    final RetrySettings retry = free(mount("retry", new RetrySettings(), TextSpec.Chat::retry));
    final SpendingSettings budget =
            free(mount("budget", new SpendingSettings(true, "text.chat.prices"), TextSpec.Chat::budget));
    final Prices prices = free(mount("prices", new Prices(), TextSpec.Chat::prices));

    TextSpec.Chat read(Section section) {
        List<Section> entries = section.openList(endpoints);
        if (entries == null || entries.isEmpty()) {
            section.missing(endpoints, "name at least one endpoint");
            return null;
        }
        List<TextSpec.Endpoint> each = entries.stream().map(endpoints::read).toList();
        TextSpec.Limits limit = limits.read(section.open(limits));
        TextSpec.Retry patience = retry.read(section.open(retry));
        TextSpec.Spending cap = budget.read(section.open(budget));
        TextSpec.Prices known = prices.read(section.open(prices));
        return section.make(() -> new TextSpec.Chat(each, limit, patience, cap, known));
    }

    /** One endpoint. */
    static final class Endpoint extends Group<TextSpec.Endpoint> {

        final Setting<TextSpec.Endpoint.Service> service = word(
                        "service", TextSpec.Endpoint.Service.OPENAI, TextSpec.Endpoint::service)
                .means("How the endpoint is addressed; `openai` is every server with `/chat/completions`.");
        final Setting<String> url = required("url", Text.url(), TextSpec.Endpoint::url)
                .free()
                .means("What stands before `/chat/completions`, or the Azure resource. Requests go to the least"
                        + " loaded endpoint.");
        final Setting<String> model = required("model", Text.of("string"), TextSpec.Endpoint::model)
                .means("Name of the model, or of the Azure deployment.");
        final Setting<String> apiVersion = optional("api_version", Text.of("string"), "", TextSpec.Endpoint::apiVersion)
                .otherwise("required for `azure`")
                .means("Version of Azure's API, such as 2024-10-21.");
        final KeySettings key = KeySettings.in(this, TextSpec.Endpoint::keyEnvironment, TextSpec.Endpoint::keyFile);
        final Setting<TextSpec.Endpoint.AnswerLimit> answerLimit = word(
                        "answer_limit", TextSpec.Endpoint.AnswerLimit.MAX_TOKENS, TextSpec.Endpoint::answerLimit)
                .means("The request's field that limits an answer; OpenAI's reasoning models want the second.");
        final Setting<Map<String, String>> parameters = value(
                        "parameters", Text.map(), Map.of(), TextSpec.Endpoint::parameters)
                .otherwise("none")
                .means("More fields of the request's body. A value that is JSON is sent as it is, any other as a"
                        + " text.");

        TextSpec.Endpoint read(Section section) {
            if (section.get(service) == TextSpec.Endpoint.Service.AZURE) {
                section.require(apiVersion, "the service is azure: give the version of its API");
            }
            if (section.get(service) == TextSpec.Endpoint.Service.OPENAI) {
                section.refuse(apiVersion, "it is for service: azure alone");
            }
            key.check(section);
            return section.make(() -> new TextSpec.Endpoint(
                    section.get(service),
                    section.get(url),
                    section.get(model),
                    section.get(apiVersion),
                    section.get(key.keyVariable()),
                    section.get(key.keyFile()),
                    section.get(answerLimit),
                    section.get(parameters)));
        }
    }

    /** What endpoints charge. */
    static final class Prices extends Group<TextSpec.Prices> {

        final Setting<Double> perMillionPromptTokens = value(
                        "per_million_prompt_tokens", Real.NOT_NEGATIVE, 0.0, TextSpec.Prices::perMillionPromptTokens)
                .means("Price of a million tokens of prompts, in any money.");
        final Setting<Double> perMillionCompletionTokens = value(
                        "per_million_completion_tokens",
                        Real.NOT_NEGATIVE,
                        0.0,
                        TextSpec.Prices::perMillionCompletionTokens)
                .means("Price of a million tokens of answers.");
        final Setting<Double> perAnswer = value("per_answer", Real.NOT_NEGATIVE, 0.0, TextSpec.Prices::perAnswer)
                .means("Price of an answer, whatever its size.");

        TextSpec.Prices read(Section section) {
            return section.make(() -> new TextSpec.Prices(
                    section.get(perMillionPromptTokens),
                    section.get(perMillionCompletionTokens),
                    section.get(perAnswer)));
        }
    }
}
