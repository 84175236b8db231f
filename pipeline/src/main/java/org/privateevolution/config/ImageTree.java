package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.EncoderSettings;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.ImagePrompts;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Range;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.endpoint.ImageEndpoint;
import org.privateevolution.model.endpoint.ImageProtocol;
import org.privateevolution.model.endpoint.Limits;

/** The images section of a {@link CanonicalConfiguration}. */
final class ImageTree {

    private ImageTree() {}

    static Map<String, Object> of(ImageSpec images) {
        Map<String, Object> map = new LinkedHashMap<>();
        ImageSpec.Source source = images.source();
        put(map, Key.IMAGES_COLUMN, source.column());
        source.labelsFile().ifPresent(file -> put(map, Key.IMAGES_LABELS_FILE, file));
        put(map, Key.IMAGES_CORRUPT, Word.of(source.corrupt()));
        put(map, Key.IMAGES_MOST_PIXELS, source.mostPixels());
        images.heldOut().ifPresent(given -> {
            Map<String, Object> heldOut = new LinkedHashMap<>();
            put(heldOut, Key.IMAGES_HELD_OUT_PATH, given.location());
            given.labelsFile().ifPresent(file -> put(heldOut, Key.IMAGES_HELD_OUT_LABELS_FILE, file));
            map.put("held_out", heldOut);
        });
        map.put("embedding", embedding(images.embedding()));
        if (images.generator() instanceof ImageSpec.DrawText draw) {
            map.put("draw_text", drawText(draw));
        } else if (images.generator() instanceof ImageSpec.Avatar avatar) {
            map.put("avatar", avatar(avatar));
        } else if (images.generator() instanceof ImageSpec.Pool pool) {
            map.put("pool", pool(pool));
        } else if (images.generator() instanceof ImageSpec.Served served) {
            map.put("api", served(served));
        } else if (images.generator() instanceof ForeignGenerator foreign) {
            put(map, Key.IMAGES_GENERATION, ExtensionTree.of(foreign));
        }
        return map;
    }

    private static Map<String, Object> embedding(ImageSpec.Embedding embedding) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (embedding instanceof ImageSpec.OnnxEmbedding onnx) {
            put(map, Key.IMAGES_EMBEDDING_MODEL, onnx.model().location());
            onnx.model().sha256().ifPresent(sha256 -> put(map, Key.IMAGES_EMBEDDING_MODEL_SHA256, sha256));
        }
        put(map, Key.IMAGES_EMBEDDING_WIDTH, embedding.frame().width());
        put(map, Key.IMAGES_EMBEDDING_HEIGHT, embedding.frame().height());
        put(map, Key.IMAGES_EMBEDDING_FIT, Word.of(embedding.frame().fit()));
        put(map, Key.IMAGES_EMBEDDING_RESAMPLING, Word.of(embedding.frame().resampling()));
        if (embedding instanceof ImageSpec.ExtensionEmbedding foreign) {
            put(map, Key.IMAGES_EMBEDDING_EXTENSION, ExtensionTree.of(foreign.extension()));
        } else if (embedding instanceof ImageSpec.PixelEmbedding pixels) {
            put(map, Key.IMAGES_EMBEDDING_CHANNELS, Word.of(pixels.channels()));
        } else if (embedding instanceof ImageSpec.OnnxEmbedding onnx) {
            EncoderSettings settings = onnx.settings();
            put(map, Key.IMAGES_EMBEDDING_MEAN, numbers(settings.mean()));
            put(map, Key.IMAGES_EMBEDDING_STD, numbers(settings.std()));
            put(map, Key.IMAGES_EMBEDDING_LAYOUT, Word.of(settings.layout()));
            text(map, Key.IMAGES_EMBEDDING_OUTPUT, settings.output());
            put(map, Key.IMAGES_EMBEDDING_NORMALIZE, settings.normalize());
            put(map, Key.IMAGES_EMBEDDING_DIMENSION, onnx.dimension().orElse(0));
            put(map, Key.IMAGES_EMBEDDING_DEVICE, Word.of(settings.device()));
        }
        return map;
    }

    private static Map<String, Object> drawText(ImageSpec.DrawText draw) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.IMAGES_DRAW_TEXT_FONTS, draw.fonts().location());
        draw.fonts().sha256().ifPresent(sha256 -> put(map, Key.IMAGES_DRAW_TEXT_FONTS_SHA256, sha256));
        DrawTextSettings settings = draw.settings();
        put(map, Key.IMAGES_DRAW_TEXT_WIDTH, settings.width());
        put(map, Key.IMAGES_DRAW_TEXT_HEIGHT, settings.height());
        put(map, Key.IMAGES_DRAW_TEXT_TEXTS, draw.texts());
        put(map, Key.IMAGES_DRAW_TEXT_SIZE, range(settings.size()));
        put(map, Key.IMAGES_DRAW_TEXT_STROKE, range(settings.stroke()));
        put(map, Key.IMAGES_DRAW_TEXT_ROTATION, range(settings.rotation()));
        Map<String, Object> variation = new LinkedHashMap<>();
        DrawTextSettings.Degrees degrees = settings.degrees();
        put(variation, Key.IMAGES_DRAW_TEXT_VARIATION_FONT, numbers(degrees.font()));
        put(variation, Key.IMAGES_DRAW_TEXT_VARIATION_SIZE, numbers(degrees.size()));
        put(variation, Key.IMAGES_DRAW_TEXT_VARIATION_STROKE, numbers(degrees.stroke()));
        put(variation, Key.IMAGES_DRAW_TEXT_VARIATION_ROTATION, numbers(degrees.rotation()));
        map.put("variation", variation);
        return map;
    }

    private static Map<String, Object> avatar(ImageSpec.Avatar avatar) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.IMAGES_AVATAR_WIDTH, avatar.width());
        put(map, Key.IMAGES_AVATAR_HEIGHT, avatar.height());
        put(map, Key.IMAGES_AVATAR_REDRAW, numbers(avatar.redraw()));
        put(map, Key.IMAGES_AVATAR_STEP, numbers(avatar.step()));
        return map;
    }

    private static Map<String, Object> pool(ImageSpec.Pool pool) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.IMAGES_POOL_PATH, pool.images().location());
        put(map, Key.IMAGES_POOL_NEIGHBORS, pool.neighbors());
        pool.images().sha256().ifPresent(sha256 -> put(map, Key.IMAGES_POOL_SHA256, sha256));
        return map;
    }

    private static Map<String, Object> served(ImageSpec.Served served) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Map<String, Object>> endpoints = new ArrayList<>();
        for (ImageEndpoint endpoint : served.endpoints()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            put(entry, Key.IMAGES_API_ENDPOINTS_URL, endpoint.url());
            TextTree.key(entry, endpoint.key());
            put(entry, Key.IMAGES_API_ENDPOINTS_AUTHORIZATION, Word.of(endpoint.authorization()));
            endpoints.add(entry);
        }
        put(map, Key.IMAGES_API_PROTOCOL, word(served.protocol()));
        map.put("endpoints", endpoints);
        if (served.protocol() instanceof ImageProtocol.OpenAi openAi) {
            put(map, Key.IMAGES_API_MODEL, openAi.model());
            put(map, Key.IMAGES_API_VARIATION, Word.of(openAi.variation()));
            put(map, Key.IMAGES_API_RESPONSE_FORMAT, openAi.asksForBase64());
        }
        if (!served.protocol().parameters().isEmpty()) {
            put(map, Key.IMAGES_API_PARAMETERS, new TreeMap<>(served.protocol().parameters()));
        }
        ImagePrompts prompts = served.prompts();
        put(map, Key.IMAGES_API_WIDTH, prompts.width());
        put(map, Key.IMAGES_API_HEIGHT, prompts.height());
        put(map, Key.IMAGES_API_PROMPTS, prompts.random());
        put(map, Key.IMAGES_API_VARIATION_PROMPTS, prompts.variation());
        put(map, Key.IMAGES_API_DEGREES, numbers(prompts.degrees()));
        put(map, Key.IMAGES_API_GUIDANCE, numbers(prompts.guidance()));
        put(map, Key.IMAGES_API_STEPS, numbers(prompts.steps()));
        put(
                map,
                Key.IMAGES_API_PRICE_PER_IMAGE,
                CanonicalConfiguration.number(served.calls().prices().perAnswer()));
        Map<String, Object> rejections = new LinkedHashMap<>();
        put(rejections, Key.IMAGES_API_REJECTIONS_ATTEMPTS, served.rejections().attempts());
        put(
                rejections,
                Key.IMAGES_API_REJECTIONS_MOST_LEFT_OUT,
                CanonicalConfiguration.number(served.rejections().mostLeftOut()));
        map.put("rejections", rejections);
        Map<String, Object> limits = new LinkedHashMap<>();
        Limits given = served.calls().limits();
        put(limits, Key.IMAGES_API_LIMITS_CONCURRENCY, given.concurrency());
        put(
                limits,
                Key.IMAGES_API_LIMITS_REQUESTS_PER_MINUTE,
                given.requestsPerMinute().orElse(0));
        map.put("limits", limits);
        map.put("retry", TextTree.retry(served.calls().retry()));
        TextTree.budget(map, served.calls().budget());
        return map;
    }

    private static String word(ImageProtocol protocol) {
        if (protocol instanceof ImageProtocol.WebUi) {
            return "webui";
        }
        return protocol instanceof ImageProtocol.OpenAi ? "openai" : "http";
    }

    private static List<Object> range(Range range) {
        return List.of(CanonicalConfiguration.number(range.low()), CanonicalConfiguration.number(range.high()));
    }

    private static List<Object> numbers(Schedule schedule) {
        return numbers(schedule.values());
    }

    private static List<Object> numbers(List<Double> numbers) {
        return numbers.stream()
                .<Object>map(number -> CanonicalConfiguration.number(number))
                .toList();
    }

    /** Left out if it is empty. */
    private static void text(Map<String, Object> map, Key key, String value) {
        if (!value.isEmpty()) {
            put(map, key, value);
        }
    }

    private static void put(Map<String, Object> map, Key key, Object value) {
        map.put(key.leaf(), value);
    }
}
