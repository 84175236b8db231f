package org.privateevolution.config;

import java.util.function.Function;

/** Where the key of an endpoint is. */
record KeySettings(Setting<String> keyVariable, Setting<String> keyFile) {

    /** Declares it in the group of an endpoint. */
    static <R> KeySettings in(Group<R> group, Function<R, String> keyVariable, Function<R, String> keyFile) {
        return new KeySettings(
                group.optional("key_env", Text.of("string"), "", keyVariable)
                        .otherwise("no key")
                        .free()
                        .means("Environment variable of the driver that holds the key."),
                group.optional("key_file", Text.of("path"), "", keyFile)
                        .otherwise("no key")
                        .free()
                        .means("File on the driver that holds the key and nothing else, instead of `key_env`."));
    }

    /** There is at most one. */
    void check(Section section) {
        if (section.has(keyVariable)) {
            section.refuse(keyFile, "key_env is given, too: give one of the two");
        }
    }
}
