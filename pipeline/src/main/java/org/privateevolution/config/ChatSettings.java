package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import org.privateevolution.model.TextSpec;

/** Endpoints that speak the chat-completions protocol. */
final class ChatSettings extends Group<TextSpec.Chat> {

    final Endpoint endpoints = mountList(new Endpoint(path("endpoints[]")), TextSpec.Chat::endpoints);
    final LimitSettings limits = mount(new LimitSettings(path("limits"), true), TextSpec.Chat::limits, Trait.FREE);
    final RetrySettings retry = mount(new RetrySettings(path("retry")), TextSpec.Chat::retry, Trait.FREE);
    final SpendingSettings budget =
            mount(new SpendingSettings(path("budget"), true, path("prices")), TextSpec.Chat::budget, Trait.FREE);
    final Prices prices = mount(new Prices(path("prices")), TextSpec.Chat::prices, Trait.FREE);

    ChatSettings(String path) {
        super(path);
    }

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

        final Setting<TextSpec.Endpoint.Service> service = value(
                "service",
                Words.of(TextSpec.Endpoint.Service.class),
                TextSpec.Endpoint.Service.OPENAI,
                "How the endpoint is addressed; `openai` is every server with `/chat/completions`.",
                TextSpec.Endpoint::service);
        final Setting<String> url = required(
                "url",
                Text.url(),
                "What stands before `/chat/completions`, or the Azure resource. Requests go to the least loaded endpoint.",
                TextSpec.Endpoint::url,
                Trait.FREE);
        final Setting<String> model = required(
                "model", Text.of("string"), "Name of the model, or of the Azure deployment.", TextSpec.Endpoint::model);
        final Setting<String> apiVersion = optional(
                "api_version",
                Text.of("string"),
                "",
                "required for `azure`",
                "Version of Azure's API, such as 2024-10-21.",
                TextSpec.Endpoint::apiVersion);
        final KeySettings key = KeySettings.in(this, TextSpec.Endpoint::keyEnvironment, TextSpec.Endpoint::keyFile);
        final Setting<TextSpec.Endpoint.AnswerLimit> answerLimit = value(
                "answer_limit",
                Words.of(TextSpec.Endpoint.AnswerLimit.class),
                TextSpec.Endpoint.AnswerLimit.MAX_TOKENS,
                "The request's field that limits an answer; OpenAI's reasoning models want the second.",
                TextSpec.Endpoint::answerLimit);
        final Setting<Map<String, String>> parameters = derived(
                "parameters",
                Text.map(),
                Map.of(),
                "none",
                "More fields of the request's body. A value that is JSON is sent as it is, any other as a text.",
                TextSpec.Endpoint::parameters);

        Endpoint(String path) {
            super(path);
        }

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
                "per_million_prompt_tokens",
                Real.NOT_NEGATIVE,
                0.0,
                "Price of a million tokens of prompts, in any money.",
                TextSpec.Prices::perMillionPromptTokens);
        final Setting<Double> perMillionCompletionTokens = value(
                "per_million_completion_tokens",
                Real.NOT_NEGATIVE,
                0.0,
                "Price of a million tokens of answers.",
                TextSpec.Prices::perMillionCompletionTokens);
        final Setting<Double> perAnswer = value(
                "per_answer",
                Real.NOT_NEGATIVE,
                0.0,
                "Price of an answer, whatever its size.",
                TextSpec.Prices::perAnswer);

        Prices(String path) {
            super(path);
        }

        TextSpec.Prices read(Section section) {
            return section.make(() -> new TextSpec.Prices(
                    section.get(perMillionPromptTokens),
                    section.get(perMillionCompletionTokens),
                    section.get(perAnswer)));
        }
    }
}
