package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** Endpoints that make images. */
final class ImageApiSettings extends Group<ImageSpec.Served> {

    private static final Listed<Double> NOT_NEGATIVE = Listed.of(Real.NOT_NEGATIVE);

    final Setting<ImageSpec.Protocol> protocol = optional(
            "protocol",
            Words.of(ImageSpec.Protocol.class),
            null,
            "required with `images.api`",
            "The Stable Diffusion web UI's, OpenAI's images, or this project's own, which docs/image-endpoints.md"
                    + " describes.",
            ImageSpec.Served::protocol);
    final Endpoint endpoints = mountList(new Endpoint(path("endpoints[]")), ImageSpec.Served::endpoints);
    final Setting<String> model = optional(
            "model",
            Text.of("string"),
            null,
            "required for `openai`",
            "Name of the model; for `openai` only.",
            openAi(ImageSpec.OpenAi::model));
    final Setting<ImageSpec.Variation> variation = value(
            "variation",
            Words.of(ImageSpec.Variation.class),
            ImageSpec.Variation.EDIT,
            "Whether `openai` varies an image by an edit with the variation prompt, or without a prompt.",
            openAi(ImageSpec.OpenAi::variation));
    final Setting<Boolean> responseFormat = value(
            "response_format",
            new Flag(),
            true,
            "Whether `openai` is asked for base64 by `response_format`; gpt-image models send it unasked and refuse the"
                    + " field.",
            openAi(ImageSpec.OpenAi::asksForBase64));
    final Setting<Map<String, String>> parameters = optional(
            "parameters",
            Text.map(),
            Map.of(),
            "none",
            "More fields of the requests of `webui` and `openai`. A value that is JSON is sent as it is, any other as a"
                    + " text.",
            ImageSpec.Served::parameters);
    final Setting<Integer> width =
            value("width", ImageSettings.SIDE, 512, "Pixels per row of an image.", ImageSpec.Served::width);
    final Setting<Integer> height =
            value("height", ImageSettings.SIDE, 512, "Rows of an image.", ImageSpec.Served::height);
    final Setting<List<String>> prompts = optional(
            "prompts",
            Listed.perLabel(),
            null,
            "required with `images.api`",
            "The prompt of each label, in the order of `labels.values`.",
            ImageSpec.Served::prompts);
    final Setting<List<String>> variationPrompts = optional(
            "variation_prompts",
            Listed.perLabel(),
            null,
            "`images.api.prompts`",
            "The prompt of each label for variations.",
            ImageSpec.Served::variationPrompts);
    final Setting<List<Double>> degrees = optional(
            "degrees",
            NOT_NEGATIVE,
            null,
            "required with `images.api`",
            "Variation degrees, by completed votes; the last holds from there on. From 0 to 1 for `webui`; not sent to"
                    + " `openai`; what `http` makes of them is the server's.",
            ImageSpec.Served::degrees);
    final Setting<List<Double>> guidance = value(
            "guidance",
            NOT_NEGATIVE,
            List.of(7.5),
            "Guidance scales, by completed votes; the first is that of RANDOM_API, too.",
            ImageSpec.Served::guidance);
    final Setting<List<Integer>> steps = value(
            "steps",
            Listed.of(Whole.atLeast(1)),
            List.of(50),
            "Denoising steps, by completed votes; the first are those of RANDOM_API, too.",
            ImageSpec.Served::steps);
    final Setting<Double> pricePerImage = value(
            "price_per_image",
            Real.NOT_NEGATIVE,
            0.0,
            "Price of an image, in any money.",
            ImageSpec.Served::pricePerImage,
            Trait.FREE);
    final RejectionSettings rejections = mount(
            new RejectionSettings(
                    path("rejections"),
                    "Requests for one image, each with another seed, if answers are rejected.",
                    "images"),
            ImageSpec.Served::rejections,
            Trait.FREE);
    final LimitSettings limits = mount(new LimitSettings(path("limits"), false), ImageSpec.Served::limits, Trait.FREE);
    final RetrySettings retry = mount(new RetrySettings(path("retry")), ImageSpec.Served::retry, Trait.FREE);
    final SpendingSettings budget = mount(
            new SpendingSettings(path("budget"), false, pricePerImage.path()), ImageSpec.Served::budget, Trait.FREE);

    ImageApiSettings(String path) {
        super(path);
    }

    private static <T> Function<ImageSpec.Served, T> openAi(Function<ImageSpec.OpenAi, T> of) {
        return served -> served.openAi() == null ? null : of.apply(served.openAi());
    }

    /** @param labels null if they are wrong, a problem already noted */
    ImageSpec.Served read(Section section, RunSpec.Labels labels) {
        List<Section> entries = section.openList(endpoints);
        if (entries == null || entries.isEmpty()) {
            section.missing(endpoints, "name at least one endpoint");
            return null;
        }
        List<ImageSpec.Endpoint> each = entries.stream().map(endpoints::read).toList();
        section.require(protocol, "must be webui, openai or http");
        section.require(prompts, "give the prompt of each label");
        section.require(degrees, "give one or more numbers");
        checkProtocol(section, section.get(protocol));
        ImageSettings.checkPerLabel(section, prompts, labels);
        ImageSettings.checkPerLabel(section, variationPrompts, labels);
        TextSpec.Limits limit = limits.read(section.open(limits));
        TextSpec.Retry patience = retry.read(section.open(retry));
        TextSpec.Spending cap = budget.read(section.open(budget));
        TextSpec.Rejections rejected = rejections.read(section.open(rejections));
        return section.make(() -> new ImageSpec.Served(
                section.get(protocol),
                each,
                openAi(section),
                section.get(parameters),
                section.get(width),
                section.get(height),
                section.get(prompts),
                section.has(variationPrompts) ? section.get(variationPrompts) : section.get(prompts),
                section.get(degrees),
                section.get(guidance),
                section.get(steps),
                limit,
                patience,
                cap,
                section.get(pricePerImage),
                rejected));
    }

    private void checkProtocol(Section section, ImageSpec.Protocol spoken) {
        if (spoken == ImageSpec.Protocol.OPENAI) {
            section.require(model, "name the model");
        } else {
            for (Setting<?> setting : List.of(model, variation, responseFormat)) {
                section.refuse(setting, "it is for protocol: openai");
            }
        }
        if (spoken == ImageSpec.Protocol.HTTP && !Map.of().equals(section.get(parameters))) {
            section.conflict(parameters, "they are for webui and openai");
        }
        List<Double> given = section.get(degrees);
        if (spoken == ImageSpec.Protocol.WEBUI
                && given != null
                && given.stream().anyMatch(degree -> degree > 1)) {
            section.conflict(degrees, "must be from 0 to 1 for webui");
        }
    }

    /** Null for another protocol. */
    private ImageSpec.OpenAi openAi(Section section) {
        return section.get(protocol) == ImageSpec.Protocol.OPENAI
                ? new ImageSpec.OpenAi(section.get(model), section.get(variation), section.get(responseFormat))
                : null;
    }

    /** One endpoint. */
    static final class Endpoint extends Group<ImageSpec.Endpoint> {

        final Setting<String> url = required(
                "url",
                Text.url(),
                "What stands before `/sdapi`, `/images` or `/random`. Requests go to the least loaded endpoint.",
                ImageSpec.Endpoint::url,
                Trait.FREE);
        final KeySettings key = KeySettings.in(this, ImageSpec.Endpoint::keyEnvironment, ImageSpec.Endpoint::keyFile);
        final Setting<ImageSpec.Authorization> authorization = value(
                "authorization",
                Words.of(ImageSpec.Authorization.class),
                ImageSpec.Authorization.BEARER,
                "How the key is shown; `basic` is the web UI's, of `user:password` in base64, `api-key` Azure's.",
                ImageSpec.Endpoint::authorization,
                Trait.FREE);

        Endpoint(String path) {
            super(path);
        }

        ImageSpec.Endpoint read(Section section) {
            key.check(section);
            return section.make(() -> new ImageSpec.Endpoint(
                    section.get(url),
                    section.get(key.keyVariable()),
                    section.get(key.keyFile()),
                    section.get(authorization)));
        }
    }
}
