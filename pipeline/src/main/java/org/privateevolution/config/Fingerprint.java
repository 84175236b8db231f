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
        return new Fingerprint(Sha256.of(essence(tree)), full);
    }

    /** What tells runs apart: a canonical configuration, as JSON, without what a run may change. */
    public static String essence(String json) {
        return essence(CanonicalConfiguration.tree(json));
    }

    private static String essence(Map<String, Object> tree) {
        RunSettings.ROOT.removeFree(tree);
        return CanonicalConfiguration.json(tree);
    }
}
