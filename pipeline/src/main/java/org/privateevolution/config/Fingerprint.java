package org.privateevolution.config;

import java.util.Map;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;

/**
 * Identifies a run by what it does: the SHA-256, in hexadecimal, of its {@link CanonicalConfiguration}.
 *
 * @param identity over the settings that must not change when a run is resumed or extended: all that are not
 *     {@link Draft#free}
 * @param full over all settings
 */
public record Fingerprint(String identity, String full) {

    /** Computes the fingerprint of a run. Secrets among the options of Spark's reader do not affect it. */
    public static Fingerprint of(RunSpec spec) {
        Map<String, Object> tree = CanonicalConfiguration.tree(spec);
        String full = Sha256.of(CanonicalConfiguration.json(tree));
        return new Fingerprint(Sha256.of(essence(tree)), full);
    }

    /**
     * Removes the settings that a run may change when it is resumed from a canonical configuration.
     *
     * @param json the canonical configuration
     * @return the remaining configuration, as JSON
     */
    public static String essence(String json) {
        return essence(CanonicalConfiguration.tree(json));
    }

    private static String essence(Map<String, Object> tree) {
        RunSettings.ROOT.removeFree(tree);
        return CanonicalConfiguration.json(tree);
    }
}
