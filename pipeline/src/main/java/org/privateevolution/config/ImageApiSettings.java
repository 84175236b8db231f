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
                    "protocol", Words.of(ImageSpec.Protocol.class), null, ImageSpec.Served::protocol)
            .otherwise("required with `images.api`")
            .means("The Stable Diffusion web UI's, OpenAI's images, or this project's own, which"
                    + " docs/image-endpoints.md describes.");
    final Endpoint endpoints = mountList("endpoints", new Endpoint(), ImageSpec.Served::endpoints);
    final Setting<String> model = optional("model", Text.of("string"), null, openAi(ImageSpec.OpenAi::model))
            .otherwise("required for `openai`")
            .means("Name of the model; for `openai` only.");
    final Setting<ImageSpec.Variation> variation = word(
                    "variation", ImageSpec.Variation.EDIT, openAi(ImageSpec.OpenAi::variation))
            .means("Whether `openai` varies an image by an edit with the variation prompt, or without a prompt.");
    final Setting<Boolean> responseFormat = flag("response_format", true, openAi(ImageSpec.OpenAi::asksForBase64))
            .means("Whether `openai` is asked for base64 by `response_format`; gpt-image models send it unasked and"
                    + " refuse the field.");
    final Setting<Map<String, String>> parameters = optional(
                    "parameters", Text.map(), Map.of(), ImageSpec.Served::parameters)
            .means("More fields of the requests of `webui` and `openai`. A value that is JSON is sent as it is, any"
                    + " other as a text.");
    final Setting<Integer> width =
            value("width", ImageSettings.SIDE, 512, ImageSpec.Served::width).means("Pixels per row of an image.");
    final Setting<Integer> height =
            value("height", ImageSettings.SIDE, 512, ImageSpec.Served::height).means("Rows of an image.");
    final Setting<List<String>> prompts = optional("prompts", Listed.perLabel(), null, ImageSpec.Served::prompts)
            .otherwise("required with `images.api`")
            .means("The prompt of each label, in the order of `labels.values`.");
    final Setting<List<String>> variationPrompts = optional(
                    "variation_prompts", Listed.perLabel(), null, ImageSpec.Served::variationPrompts)
            .otherwise("`images.api.prompts`")
            .means("The prompt of each label for variations.");
    final Setting<List<Double>> degrees = optional("degrees", NOT_NEGATIVE, null, ImageSpec.Served::degrees)
            .otherwise("required with `images.api`")
            .means("Variation degrees, by completed votes; the last holds from there on. From 0 to 1 for `webui`; not"
                    + " sent to `openai`; what `http` makes of them is the server's.");
    final Setting<List<Double>> guidance = value("guidance", NOT_NEGATIVE, List.of(7.5), ImageSpec.Served::guidance)
            .means("Guidance scales, by completed votes; the first is that of RANDOM_API, too.");
    final Setting<List<Integer>> steps = value(
                    "steps", Listed.of(Whole.atLeast(1)), List.of(50), ImageSpec.Served::steps)
            .means("Denoising steps, by completed votes; the first are those of RANDOM_API, too.");
    final Setting<Double> pricePerImage = value(
                    "price_per_image", Real.NOT_NEGATIVE, 0.0, ImageSpec.Served::pricePerImage)
            .free()
            .means("Price of an image, in any money.");
    final RejectionSettings rejections = free(mount(
            "rejections",
            new RejectionSettings("Requests for one image, each with another seed, if answers are rejected.", "images"),
            ImageSpec.Served::rejections));
    final LimitSettings limits = free(mount("limits", new LimitSettings(false), ImageSpec.Served::limits));
    final RetrySettings retry = free(mount("retry", new RetrySettings(), ImageSpec.Served::retry));
    final SpendingSettings budget =
            free(mount("budget", new SpendingSettings(false, "images.api.price_per_image"), ImageSpec.Served::budget));

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

        final Setting<String> url = required("url", Text.url(), ImageSpec.Endpoint::url)
                .free()
                .means("What stands before `/sdapi`, `/images` or `/random`. Requests go to the least loaded"
                        + " endpoint.");
        final KeySettings key = KeySettings.in(this, ImageSpec.Endpoint::keyEnvironment, ImageSpec.Endpoint::keyFile);
        final Setting<ImageSpec.Authorization> authorization = word(
                        "authorization", ImageSpec.Authorization.BEARER, ImageSpec.Endpoint::authorization)
                .free()
                .means("How the key is shown; `basic` is the web UI's, of `user:password` in base64, `api-key`"
                        + " Azure's.");

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
