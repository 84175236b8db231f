package org.privateevolution.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;

/**
 * Names a run by what it does: SHA-256, in hexadecimal, of its {@link CanonicalConfiguration}.
 *
 * @param identity of what must not change when a run is resumed or extended
 * @param full of everything
 */
public record Fingerprint(String identity, String full) {

    /**
     * What a run may change and still be the same run: how long it goes on and how it is selected from now on, what it
     * may spend, what is published and measured, its name, where its ledger is, which has to hold the run's charges, and
     * how the work is cut up, which no result depends on. Files are known by their checksums, wherever they lie, and endpoints that answer alike by what they are asked for.
     */
    private static final List<String> FREE = List.of(
            Key.NAME.path(),
            Key.PRIVATE_DATA_PARTITIONS.path(),
            "private_data.store",
            Key.PRIVACY_EPSILON.path(),
            Key.PRIVACY_NOISE_MULTIPLIER.path(),
            Key.PRIVACY_DELTA.path(),
            Key.PRIVACY_LEDGER.path(),
            "privacy.budget",
            Key.EVOLUTION_SCHEDULE.path(),
            "evolution.rules",
            // Of an estimate, whose rule is one for all votes.
            Key.EVOLUTION_VARIATION_FOLD.path(),
            Key.EVOLUTION_KEEP_SELECTED.path(),
            Key.VOTE_BROADCAST_CHUNK_MIB.path(),
            "evaluation",
            Key.OUTPUT_FORMATS.path(),
            Key.OUTPUT_PUBLISH.path(),
            Key.OUTPUT_ROWS.path(),
            Key.OUTPUT_WEIGHTS.path(),
            Key.TEXT_EMBEDDING_MODEL.path(),
            Key.TEXT_EMBEDDING_TOKENIZER.path(),
            Key.TEXT_PROMPTS_RANDOM.path(),
            Key.TEXT_PROMPTS_VARIATION.path(),
            Key.TEXT_CHAT_ENDPOINTS_URL.path(),
            Key.TEXT_CHAT_ENDPOINTS_KEY_ENV.path(),
            Key.TEXT_CHAT_ENDPOINTS_KEY_FILE.path(),
            "text.chat.limits",
            "text.chat.retry",
            "text.chat.budget",
            "text.chat.prices",
            "text.rejections",
            Key.TEXT_LLAMA_MODEL.path(),
            Key.TEXT_LLAMA_PARALLEL.path(),
            Key.TEXT_LLAMA_THREADS.path(),
            Key.TEXT_CORPUS_PATH.path(),
            "images.held_out",
            Key.IMAGES_EMBEDDING_MODEL.path(),
            Key.IMAGES_EMBEDDING_DIMENSION.path(),
            Key.IMAGES_DRAW_TEXT_FONTS.path(),
            Key.IMAGES_POOL_PATH.path(),
            Key.IMAGES_API_ENDPOINTS_URL.path(),
            Key.IMAGES_API_ENDPOINTS_KEY_ENV.path(),
            Key.IMAGES_API_ENDPOINTS_KEY_FILE.path(),
            Key.IMAGES_API_ENDPOINTS_AUTHORIZATION.path(),
            "images.api.limits",
            "images.api.retry",
            "images.api.budget",
            Key.IMAGES_API_PRICE_PER_IMAGE.path(),
            "images.api.rejections");

    /** Secrets among the options of Spark's reader do not count. */
    public static Fingerprint of(RunSpec spec) {
        return of(CanonicalConfiguration.tree(spec));
    }

    private static Fingerprint of(Map<String, Object> tree) {
        String full = Sha256.of(CanonicalConfiguration.json(tree));
        return new Fingerprint(Sha256.of(essence(tree)), full);
    }

    /** What tells runs apart: a canonical configuration, as JSON, without what a run may change. */
    public static String essence(String json) {
        return essence(CanonicalConfiguration.tree(json));
    }

    private static String essence(Map<String, Object> tree) {
        FREE.forEach(path -> remove(tree, Arrays.asList(path.split("\\."))));
        return CanonicalConfiguration.json(tree);
    }

    private static void remove(Map<?, ?> tree, List<String> path) {
        String name = path.get(0).replace("[]", "");
        List<String> rest = path.subList(1, path.size());
        if (rest.isEmpty()) {
            tree.remove(name);
        } else if (tree.get(name) instanceof Map<?, ?> inner) {
            remove(inner, rest);
        } else if (tree.get(name) instanceof List<?> entries) {
            entries.forEach(entry -> remove((Map<?, ?>) entry, rest));
            // Endpoints that are asked for the same are one, however many there are.
            Set<Object> seen = new HashSet<>();
            entries.removeIf(entry -> !seen.add(entry));
        }
    }
}
