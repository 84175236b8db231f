package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.TextSpec;

/** The images section of a {@link CanonicalConfiguration}. */
final class ImageTree {

    private ImageTree() {}

    static Map<String, Object> of(ImageSpec images) {
        Map<String, Object> map = new LinkedHashMap<>();
        ImageSpec.Source source = images.source();
        put(map, Key.IMAGES_COLUMN, source.column());
        text(map, Key.IMAGES_LABELS_FILE, source.labelsFile());
        put(map, Key.IMAGES_CORRUPT, Word.of(source.corrupt()));
        put(map, Key.IMAGES_MOST_PIXELS, source.mostPixels());
        if (images.heldOut() != null) {
            Map<String, Object> heldOut = new LinkedHashMap<>();
            put(heldOut, Key.IMAGES_HELD_OUT_PATH, images.heldOut().location());
            text(heldOut, Key.IMAGES_HELD_OUT_LABELS_FILE, images.heldOut().labelsFile());
            map.put("held_out", heldOut);
        }
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
            text(map, Key.IMAGES_EMBEDDING_MODEL_SHA256, onnx.model().sha256());
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
            put(map, Key.IMAGES_EMBEDDING_MEAN, numbers(onnx.mean()));
            put(map, Key.IMAGES_EMBEDDING_STD, numbers(onnx.std()));
            put(map, Key.IMAGES_EMBEDDING_LAYOUT, Word.of(onnx.layout()));
            text(map, Key.IMAGES_EMBEDDING_OUTPUT, onnx.output());
            put(map, Key.IMAGES_EMBEDDING_NORMALIZE, onnx.normalize());
            put(map, Key.IMAGES_EMBEDDING_DIMENSION, onnx.dimension());
            put(map, Key.IMAGES_EMBEDDING_DEVICE, Word.of(onnx.device()));
        }
        return map;
    }

    private static Map<String, Object> drawText(ImageSpec.DrawText draw) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.IMAGES_DRAW_TEXT_FONTS, draw.fonts().location());
        text(map, Key.IMAGES_DRAW_TEXT_FONTS_SHA256, draw.fonts().sha256());
        put(map, Key.IMAGES_DRAW_TEXT_WIDTH, draw.width());
        put(map, Key.IMAGES_DRAW_TEXT_HEIGHT, draw.height());
        put(map, Key.IMAGES_DRAW_TEXT_TEXTS, draw.texts());
        put(map, Key.IMAGES_DRAW_TEXT_SIZE, span(draw.size()));
        put(map, Key.IMAGES_DRAW_TEXT_STROKE, span(draw.stroke()));
        put(map, Key.IMAGES_DRAW_TEXT_ROTATION, span(draw.rotation()));
        Map<String, Object> variation = new LinkedHashMap<>();
        put(
                variation,
                Key.IMAGES_DRAW_TEXT_VARIATION_FONT,
                numbers(draw.variation().font()));
        put(
                variation,
                Key.IMAGES_DRAW_TEXT_VARIATION_SIZE,
                numbers(draw.variation().size()));
        put(
                variation,
                Key.IMAGES_DRAW_TEXT_VARIATION_STROKE,
                numbers(draw.variation().stroke()));
        put(
                variation,
                Key.IMAGES_DRAW_TEXT_VARIATION_ROTATION,
                numbers(draw.variation().rotation()));
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
        put(map, Key.IMAGES_POOL_PATH, pool.location());
        put(map, Key.IMAGES_POOL_NEIGHBORS, pool.neighbors());
        text(map, Key.IMAGES_POOL_SHA256, pool.sha256());
        return map;
    }

    private static Map<String, Object> served(ImageSpec.Served served) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Map<String, Object>> endpoints = new ArrayList<>();
        for (ImageSpec.Endpoint endpoint : served.endpoints()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            put(entry, Key.IMAGES_API_ENDPOINTS_URL, endpoint.url());
            text(entry, Key.IMAGES_API_ENDPOINTS_KEY_ENV, endpoint.keyEnvironment());
            text(entry, Key.IMAGES_API_ENDPOINTS_KEY_FILE, endpoint.keyFile());
            put(entry, Key.IMAGES_API_ENDPOINTS_AUTHORIZATION, Word.of(endpoint.authorization()));
            endpoints.add(entry);
        }
        put(map, Key.IMAGES_API_PROTOCOL, Word.of(served.protocol()));
        map.put("endpoints", endpoints);
        if (served.openAi() != null) {
            put(map, Key.IMAGES_API_MODEL, served.openAi().model());
            put(map, Key.IMAGES_API_VARIATION, Word.of(served.openAi().variation()));
            put(map, Key.IMAGES_API_RESPONSE_FORMAT, served.openAi().asksForBase64());
        }
        if (!served.parameters().isEmpty()) {
            put(map, Key.IMAGES_API_PARAMETERS, new TreeMap<>(served.parameters()));
        }
        put(map, Key.IMAGES_API_WIDTH, served.width());
        put(map, Key.IMAGES_API_HEIGHT, served.height());
        put(map, Key.IMAGES_API_PROMPTS, served.prompts());
        put(map, Key.IMAGES_API_VARIATION_PROMPTS, served.variationPrompts());
        put(map, Key.IMAGES_API_DEGREES, numbers(served.degrees()));
        put(map, Key.IMAGES_API_GUIDANCE, numbers(served.guidance()));
        put(map, Key.IMAGES_API_STEPS, served.steps());
        put(map, Key.IMAGES_API_PRICE_PER_IMAGE, CanonicalConfiguration.number(served.pricePerImage()));
        Map<String, Object> rejections = new LinkedHashMap<>();
        put(rejections, Key.IMAGES_API_REJECTIONS_ATTEMPTS, served.rejections().attempts());
        put(
                rejections,
                Key.IMAGES_API_REJECTIONS_MOST_LEFT_OUT,
                CanonicalConfiguration.number(served.rejections().mostLeftOut()));
        map.put("rejections", rejections);
        Map<String, Object> limits = new LinkedHashMap<>();
        put(limits, Key.IMAGES_API_LIMITS_CONCURRENCY, served.limits().concurrency());
        put(limits, Key.IMAGES_API_LIMITS_REQUESTS_PER_MINUTE, served.limits().requestsPerMinute());
        map.put("limits", limits);
        map.put("retry", TextTree.retry(served.retry()));
        TextSpec.Spending budget = served.budget();
        if (budget != null) {
            map.put("budget", TextTree.budget(budget));
        }
        return map;
    }

    private static List<Object> span(ImageSpec.Span span) {
        return List.of(CanonicalConfiguration.number(span.min()), CanonicalConfiguration.number(span.max()));
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
