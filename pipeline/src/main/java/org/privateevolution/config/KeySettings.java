package org.privateevolution.config;

import java.util.function.Function;
import org.privateevolution.model.endpoint.KeySource;

/** The settings that state where the key of an endpoint is kept. */
record KeySettings(Setting<String> keyVariable, Setting<String> keyFile) {

    /** Key of every setting that names an environment variable of the driver. */
    static final String VARIABLE = "key_env";

    /** Key of every setting that names a file of the driver. */
    static final String FILE = "key_file";

    /** Declares both settings in the group of an endpoint. */
    static <R> KeySettings in(Group<R> group, Function<R, KeySource> key) {
        return new KeySettings(
                group.optional(
                                VARIABLE,
                                Text.of("string"),
                                null,
                                endpoint -> key.apply(endpoint) instanceof KeySource.Environment environment
                                        ? environment.variable()
                                        : null)
                        .otherwise("no key")
                        .free()
                        .means("Environment variable of the driver that contains the key."),
                group.optional(
                                FILE,
                                Text.location("path"),
                                null,
                                endpoint ->
                                        key.apply(endpoint) instanceof KeySource.SecretFile file ? file.path() : null)
                        .otherwise("no key")
                        .free()
                        .means("File on the driver that contains only the key, instead of `key_env`."));
    }

    /** Notes a problem if both settings are given. */
    void check(Section section) {
        if (section.has(keyVariable)) {
            section.refuse(keyFile, "key_env is given, too: keep only one of the two");
        }
    }

    KeySource read(Section section) {
        if (section.get(keyVariable) != null) {
            return new KeySource.Environment(section.get(keyVariable));
        }
        return section.get(keyFile) == null ? new KeySource.None() : new KeySource.SecretFile(section.get(keyFile));
    }
}
