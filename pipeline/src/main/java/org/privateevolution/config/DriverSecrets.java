package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.privateevolution.model.RunSpec;

/**
 * Finds the settings that make the driver take secrets from its own environment or files and show them to others: keys,
 * which the driver sends to addresses of the same configuration, and the credentials of a tracking server. Whoever
 * writes configurations for somebody else's driver could use these settings to read the driver's secrets.
 */
public final class DriverSecrets {

    private static final Set<String> NAMES = Set.of(KeySettings.VARIABLE, KeySettings.FILE, RunSettings.TRACKING);

    private DriverSecrets() {}

    /** Returns the paths of these settings, such as {@code text.chat.endpoints.0.key_env}. */
    public static List<String> named(RunSpec spec) {
        List<String> found = new ArrayList<>();
        search("", CanonicalConfiguration.tree(spec), found);
        return found;
    }

    private static void search(String path, Object value, List<String> found) {
        if (value instanceof Map<?, ?> settings) {
            settings.forEach((name, held) -> entry(path, name.toString(), held, found));
        } else if (value instanceof List<?> entries) {
            for (int i = 0; i < entries.size(); i++) {
                search(path + i + ".", entries.get(i), found);
            }
        }
    }

    private static void entry(String path, String name, Object held, List<String> found) {
        if (NAMES.contains(name) && held != null && !held.equals("")) {
            found.add(path + name);
        } else {
            search(path + name + ".", held, found);
        }
    }
}
