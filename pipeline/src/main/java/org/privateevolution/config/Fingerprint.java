package org.privateevolution.config;

import java.util.Map;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;

/**
 * Names a run by what it does: SHA-256, in hexadecimal, of its {@link CanonicalConfiguration}.
 *
 * @param identity of what must not change when a run is resumed or extended: all settings that are not
 *     {@link Draft#free}
 * @param full of everything
 */
public record Fingerprint(String identity, String full) {

    /** Secrets among the options of Spark's reader do not count. */
    public static Fingerprint of(RunSpec spec) {
        Map<String, Object> tree = CanonicalConfiguration.tree(spec);
        String full = Sha256.of(CanonicalConfiguration.json(tree));
        return new Fingerprint(identity(tree), full);
    }

    /** Tells runs apart as {@link #identity()} does, by their canonical configurations as JSON. */
    public static String identity(String json) {
        return identity(CanonicalConfiguration.tree(json));
    }

    private static String identity(Map<String, Object> tree) {
        RunSettings.ROOT.removeFree(tree);
        return Sha256.of(CanonicalConfiguration.json(tree));
    }
}
