package org.privateevolution.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.RunSpec;

/**
 * Names a run by what it does: SHA-256, in hexadecimal, of its {@link CanonicalConfiguration}.
 *
 * @param identity of what must not change when a run is resumed or extended
 * @param full of everything
 */
public record Fingerprint(String identity, String full) {

    /**
     * What a run may change and still be the same run: how long it goes on and how it is selected from now on, what it
     * may spend, what is published and measured, its name, and how the work is cut up, which no result depends on.
     */
    private static final List<String> FREE = List.of(
            Key.NAME.path(),
            Key.PRIVATE_DATA_PARTITIONS.path(),
            Key.PRIVACY_EPSILON.path(),
            Key.PRIVACY_NOISE_MULTIPLIER.path(),
            Key.PRIVACY_DELTA.path(),
            "privacy.budget",
            Key.EVOLUTION_SCHEDULE.path(),
            "evolution.rules",
            Key.VOTE_BROADCAST_CHUNK_MIB.path(),
            "evaluation",
            Key.OUTPUT_FORMATS.path(),
            Key.OUTPUT_PUBLISH.path());

    public static Fingerprint of(RunSpec spec) {
        Map<String, Object> tree = CanonicalConfiguration.tree(spec);
        String full = sha256(CanonicalConfiguration.json(tree));
        FREE.forEach(path -> remove(tree, Arrays.asList(path.split("\\."))));
        return new Fingerprint(sha256(CanonicalConfiguration.json(tree)), full);
    }

    private static void remove(Map<?, ?> tree, List<String> path) {
        if (path.size() == 1) {
            tree.remove(path.get(0));
        } else if (tree.get(path.get(0)) instanceof Map<?, ?> inner) {
            remove(inner, path.subList(1, path.size()));
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
