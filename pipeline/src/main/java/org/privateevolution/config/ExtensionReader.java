package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.spi.Extension;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.OptionException;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.UnknownExtensionException;

/** Reads the extensions that a configuration names, and has them check their options. */
final class ExtensionReader {

    static final String NAME = "name";
    static final String VERSION = "version";
    static final String OPTIONS = "options";
    static final String GIVEN = "given";

    static final Set<String> KEYS = Set.of(NAME, VERSION, OPTIONS);
    static final Set<String> GENERATOR_KEYS = Set.of(NAME, VERSION, OPTIONS, GIVEN);

    private ExtensionReader() {}

    /**
     * Returns the non-null entries of a map. Returns null, after noting a problem, if the value is not a map, has an
     * unknown key, or names no extension.
     *
     * @param keys the keys that the map may have
     */
    static Map<String, Given> entries(Given value, Set<String> keys) {
        List<String> known = keys.stream().sorted().toList();
        if (!(value.node() instanceof Node.Mapping map)) {
            return value.refused("must be a map of the keys " + String.join(", ", known));
        }
        Map<String, Given> entries = new LinkedHashMap<>();
        map.entries().forEach((name, node) -> {
            Given entry = value.entry(name, node);
            if (!keys.contains(name)) {
                entry.problem("is not a key; did you mean " + value.path() + "." + NearestKey.of(name, known)
                        + "? Keys in " + value.path() + ": " + String.join(", ", known)
                        + map.keyOrigins().get(name));
            } else if (!Node.isNull(node)) {
                entries.put(name, entry);
            }
        });
        if (value.isSound() && !entries.containsKey(NAME) && !entries.containsKey(GIVEN)) {
            value.missing(NAME, "name the extension");
        }
        return value.isSound() ? entries : null;
    }

    /**
     * Reads the extension that {@link #entries} name, with the version that it states. Returns null, after noting a
     * problem, if the extension is wrong.
     *
     * @param check builds the extension from its options, to find out whether that works
     */
    static <P extends Extension> ExtensionSpec read(
            Given value, Map<String, Given> entries, Extensions<P> extensions, BiConsumer<P, Options> check) {
        Given name = entries.get(NAME);
        Given version = entries.getOrDefault(VERSION, value.entry(VERSION, null));
        Given options = entries.getOrDefault(OPTIONS, value.entry(OPTIONS, null));
        String named = text(name);
        String declared = version.node() == null ? "" : text(version);
        Map<String, Object> given = options(options);
        if (!value.isSound()) {
            return null;
        }
        String stated = version(name, options, version, new ExtensionSpec(named, declared, given), extensions, check);
        return stated == null ? null : new ExtensionSpec(named, stated, given);
    }

    /**
     * Returns the version that an extension states. Returns null, after noting a problem, if there is no extension of
     * that name, if an option looks like a secret (options are published), or if the extension refuses its options.
     *
     * @param name where the configuration gives the extension's name; likewise {@code optionsAt} and {@code versionAt}
     * @param spec has an empty version if any version will do
     */
    static <P extends Extension> String version(
            Given name,
            Given optionsAt,
            Given versionAt,
            ExtensionSpec spec,
            Extensions<P> extensions,
            BiConsumer<P, Options> check) {
        if (!arePublic(spec.options(), optionsAt)) {
            return null;
        }
        try {
            P provider = extensions.named(spec.name());
            Options options = new Options(spec.options());
            check.accept(provider, options);
            options.unread().forEach(unknown -> optionsAt
                    .entry(unknown, null)
                    .problem("is not an option of " + spec.name()
                            + (options.known().isEmpty()
                                    ? ", which has none"
                                    : "; did you mean " + NearestKey.of(unknown, options.known()) + "? Its options: "
                                            + String.join(", ", options.known()))));
            if (provider.version() == null || provider.version().isBlank()) {
                return name.problem("the extension " + spec.name() + " states no version: it must have one");
            }
            if (!spec.version().isEmpty() && !spec.version().equals(provider.version())) {
                return versionAt.problem(spec.version() + " is not the version of " + spec.name()
                        + " on the class path, which is " + provider.version()
                        + ": provide the jar of that version, or remove the key");
            }
            return options.unread().isEmpty() ? provider.version() : null;
        } catch (OptionException e) {
            return optionsAt.entry(e.option(), null).problem(e.problem());
        } catch (UnknownExtensionException e) {
            return name.problem(e.getMessage());
        } catch (Exception | LinkageError e) {
            return name.problem("the extension " + spec.name() + " failed: "
                    + e.getClass().getName()
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }

    /** Returns whether options may be published. Notes those that may not, without repeating their values. */
    private static boolean arePublic(Map<String, Object> options, Given optionsAt) {
        boolean published = true;
        for (Map.Entry<String, Object> option : options.entrySet()) {
            List<?> texts = option.getValue() instanceof List<?> list ? list : List.of(option.getValue());
            boolean secretName = RedactedOptions.isSecretOption(option.getKey());
            if (secretName || texts.stream().anyMatch(text -> RedactedOptions.holdsPassword((String) text))) {
                optionsAt
                        .entry(option.getKey(), null)
                        .problem("is not allowed: "
                                + (secretName ? "its name marks it as a secret" : "it contains a password")
                                + ", and options are published: have the extension read it from the environment");
                published = false;
            }
        }
        return published;
    }

    /**
     * Returns the text of an entry. Returns null, after noting a problem, if the entry is not a single value, or blank.
     */
    static String text(Given entry) {
        return entry.node() instanceof Node.Scalar scalar && !scalar.text().isBlank()
                ? scalar.text()
                : entry.refused("must be a single value that is not blank");
    }

    private static Map<String, Object> options(Given given) {
        Map<String, Object> options = new TreeMap<>();
        if (given.node() == null) {
            return options;
        }
        if (!(given.node() instanceof Node.Mapping map)) {
            given.refused("must be a map");
            return options;
        }
        map.entries().forEach((name, value) -> {
            Given option = given.entry(name, value);
            if (isText(value)) {
                options.put(name, ((Node.Scalar) value).text());
            } else if (value instanceof Node.Items items
                    && items.nodes().stream().allMatch(ExtensionReader::isText)) {
                options.put(
                        name,
                        items.nodes().stream()
                                .map(item -> ((Node.Scalar) item).text())
                                .toList());
            } else if (!Node.isNull(value)) {
                option.refused("must be a single value, or a list of them");
            }
        });
        return options;
    }

    private static boolean isText(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text() != null;
    }
}
