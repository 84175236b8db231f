package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.endpoint.Authorization;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

/** The section of endpoints that generate images. */
final class ImageApiSettings extends Group<ImageSpec.Served> {

    private static final Listed<Double> NOT_NEGATIVE = Listed.of(Real.NOT_NEGATIVE);

    /** The protocols that a configuration can name. */
    private enum Protocol {
        WEBUI,
        OPENAI,
        HTTP;

        static Protocol of(ImageProtocol spoken) {
            if (spoken instanceof ImageProtocol.WebUi) {
                return WEBUI;
            }
            return spoken instanceof ImageProtocol.OpenAi ? OPENAI : HTTP;
        }
    }

    final Setting<Protocol> protocol = optional(
                    "protocol", Words.of(Protocol.class), null, served -> Protocol.of(served.protocol()))
            .otherwise("required with `images.api`")
            .means("Protocol: that of the Stable Diffusion web UI, OpenAI's images, or this project's own, which"
                    + " docs/image-endpoints.md describes.");
    final Endpoint endpoints = mountList("endpoints", new Endpoint(), ImageSpec.Served::endpoints);
    final Setting<String> model = optional("model", Text.of("string"), null, openAi(ImageProtocol.OpenAi::model))
            .otherwise("required for `openai`")
            .means("Name of the model; for `openai` only.");
    final Setting<ImageProtocol.OpenAi.Variation> variation = word(
                    "variation", ImageProtocol.OpenAi.Variation.EDIT, openAi(ImageProtocol.OpenAi::variation))
            .means("How `openai` varies an image: by an edit with the variation prompt, or without a prompt.");
    final Setting<Boolean> responseFormat = flag("response_format", true, openAi(ImageProtocol.OpenAi::asksForBase64))
            .means("Whether `openai` is asked for base64 by `response_format`; gpt-image models always send it and"
                    + " refuse this field.");
    final Setting<Map<String, String>> parameters = optional(
                    "parameters", Text.map(), Map.of(), served -> served.protocol()
                            .parameters())
            .means("More fields of the requests of `webui` and `openai`. A value that is valid JSON is sent as"
                    + " JSON, any"
                    + " other as a string.");
    final Setting<Integer> width = value("width", ImageSettings.SIDE, 512, prompts(ImagePrompts::width))
            .means("Pixels per row of an image.");
    final Setting<Integer> height = value("height", ImageSettings.SIDE, 512, prompts(ImagePrompts::height))
            .means("Rows of an image.");
    final Setting<List<String>> prompts = optional("prompts", Listed.perLabel(), null, prompts(ImagePrompts::random))
            .otherwise("required with `images.api`")
            .means("The prompt of each label, in the order of `labels.values`.");
    final Setting<List<String>> variationPrompts = optional(
                    "variation_prompts", Listed.perLabel(), null, prompts(ImagePrompts::variation))
            .otherwise("`images.api.prompts`")
            .means("The prompt of each label for variations.");
    final Setting<List<Double>> degrees = optional("degrees", NOT_NEGATIVE, null, schedule(ImagePrompts::degrees))
            .otherwise("required with `images.api`")
            .means("Variation degrees: one value per vote; the last value repeats. From 0 to 1 for `webui`; not"
                    + " sent to `openai`; interpreted by the server for `http`.");
    final Setting<List<Double>> guidance = value(
                    "guidance", NOT_NEGATIVE, List.of(7.5), schedule(ImagePrompts::guidance))
            .means("Guidance scales: one value per vote. The first value also applies to RANDOM_API.");
    final Setting<List<Integer>> steps = value(
                    "steps", Listed.of(Whole.atLeast(1)), List.of(50), prompts(asked -> asked.steps().values().stream()
                            .map(Double::intValue)
                            .toList()))
            .means("Denoising steps: one value per vote. The first value also applies to RANDOM_API.");
    final Setting<Double> pricePerImage = value("price_per_image", Real.NOT_NEGATIVE, 0.0, served -> served.calls()
                    .prices()
                    .perAnswer())
            .free()
            .means("Price per image, in any currency.");
    final RejectionSettings rejections = free(mount(
            "rejections",
            new RejectionSettings("Requests per image, each with another seed, if answers are rejected.", "images"),
            ImageSpec.Served::rejections));
    final LimitSettings limits = free(
            mount("limits", new LimitSettings(false), served -> served.calls().limits()));
    final RetrySettings retry =
            free(mount("retry", new RetrySettings(), served -> served.calls().retry()));
    final SpendingSettings budget = free(mount(
            "budget",
            new SpendingSettings(false, "images.api.price_per_image"),
            served -> SpendingSettings.orNull(served.calls().budget())));

    private static <T> Function<ImageSpec.Served, T> openAi(Function<ImageProtocol.OpenAi, T> of) {
        return served -> served.protocol() instanceof ImageProtocol.OpenAi spoken ? of.apply(spoken) : null;
    }

    private static <T> Function<ImageSpec.Served, T> prompts(Function<ImagePrompts, T> of) {
        return served -> of.apply(served.prompts());
    }

    private static Function<ImageSpec.Served, List<Double>> schedule(Function<ImagePrompts, Schedule> of) {
        return prompts(asked -> of.apply(asked).values());
    }

    /** @param labels null if the labels are wrong, which has been noted as a problem */
    ImageSpec.Served read(Section section, RunSpec.Labels labels) {
        List<Section> entries = section.openList(endpoints);
        if (entries == null || entries.isEmpty()) {
            section.missing(endpoints, "name at least one endpoint");
            return null;
        }
        List<ImageEndpoint> each = entries.stream().map(endpoints::read).toList();
        section.require(protocol, "must be webui, openai or http");
        section.require(prompts, "give the prompt of each label");
        section.require(degrees, "give one or more numbers");
        ImageProtocol spoken = protocol(section);
        ImageSettings.checkPerLabel(section, prompts, labels);
        ImageSettings.checkPerLabel(section, variationPrompts, labels);
        Limits limit = limits.read(section.open(limits));
        Retry patience = retry.read(section.open(retry));
        EndpointBudget cap = budget.read(section.open(budget));
        RejectionRule rejected = rejections.read(section.open(rejections));
        return section.make(() -> new ImageSpec.Served(
                spoken,
                each,
                new ImagePrompts(
                        section.get(prompts),
                        section.has(variationPrompts) ? section.get(variationPrompts) : section.get(prompts),
                        section.get(width),
                        section.get(height),
                        new Schedule(section.get(degrees)),
                        new Schedule(section.get(guidance)),
                        new Schedule(section.get(steps).stream()
                                .map(Integer::doubleValue)
                                .toList())),
                new CallPolicy(limit, patience, cap, new Prices(0, 0, section.get(pricePerImage))),
                rejected));
    }

    /** Returns null, after noting a problem, if the protocol or one of its settings is wrong. */
    private ImageProtocol protocol(Section section) {
        Protocol spoken = section.get(protocol);
        if (spoken == Protocol.OPENAI) {
            section.require(model, "name the model");
        } else {
            for (Setting<?> setting : List.of(model, variation, responseFormat)) {
                section.refuse(setting, "it is only for protocol: openai");
            }
        }
        if (spoken == Protocol.HTTP && !Map.of().equals(section.get(parameters))) {
            section.conflict(parameters, "they are only for webui and openai");
        }
        List<Double> given = section.get(degrees);
        if (spoken == Protocol.WEBUI && given != null && given.stream().anyMatch(degree -> degree > 1)) {
            section.conflict(degrees, "must be from 0 to 1 for webui");
        }
        return section.make(parameters, () -> switch (spoken) {
            case WEBUI -> new ImageProtocol.WebUi(section.get(parameters));
            case OPENAI ->
                new ImageProtocol.OpenAi(
                        section.get(model),
                        section.get(variation),
                        section.get(responseFormat),
                        section.get(parameters));
            case HTTP -> new ImageProtocol.Own();
        });
    }

    /** The settings of one endpoint. */
    static final class Endpoint extends Group<ImageEndpoint> {

        final Setting<String> url = required("url", Text.url(), ImageEndpoint::url)
                .free()
                .means("The part of the URL before `/sdapi`, `/images` or `/random`. Requests go to the least loaded"
                        + " endpoint.");
        final KeySettings key = KeySettings.in(this, ImageEndpoint::key);
        final Setting<Authorization> authorization = word(
                        "authorization", Authorization.BEARER, ImageEndpoint::authorization)
                .free()
                .means("How the key is sent; `basic` is for the web UI: `user:password` in base64; `api-key`"
                        + " Azure's.");

        ImageEndpoint read(Section section) {
            key.check(section);
            return section.make(
                    () -> new ImageEndpoint(section.get(url), key.read(section), section.get(authorization)));
        }
    }
}
