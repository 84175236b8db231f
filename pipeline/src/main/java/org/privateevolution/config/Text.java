package org.privateevolution.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.privateevolution.model.ColumnType;

/**
 * The type of a text, or of a value that is read from a text. Any scalar counts as a text.
 *
 * @param reading returns null, after noting a problem, if the text is wrong
 */
record Text<T>(
        String prose, Map<String, Object> schema, BiFunction<Given, String, T> reading, Function<T, Object> writing)
        implements Type<T> {

    private static final int LAST_PORT = 65_535;
    private static final List<String> SCALARS = List.of("string", "number", "boolean");
    private static final Map<String, Object> NOT_BLANK = schema("pattern", "\\S");

    private static Map<String, Object> schema(String keyword, Object limit) {
        return new TreeMap<>(Map.of("type", SCALARS, keyword, limit));
    }

    /** A text that is not blank. */
    static Text<String> of(String prose) {
        return text(prose, NOT_BLANK, Text::notBlank);
    }

    /** A text that is not empty. */
    static Text<String> raw(String prose) {
        return text(
                prose,
                schema("minLength", 1),
                (given, text) -> text.isEmpty() ? given.refused("must not be empty") : text);
    }

    /** Any text, including the empty one. */
    static Text<String> any(String prose) {
        return text(prose, Map.of("type", SCALARS), (given, text) -> text);
    }

    /** A text whose allowed values depend on other settings. The schema lists all of them. */
    static Text<String> oneOf(String... texts) {
        return text("string", Words.texts(texts).schema(), (given, text) -> text);
    }

    /** A path or URI. It is published, so it must not hold a password. */
    static Text<String> location() {
        return location("path or URI");
    }

    /** @param prose the allowed locations, in Markdown */
    static Text<String> location(String prose) {
        return text(prose, NOT_BLANK, (given, text) -> {
            if (RedactedOptions.holdsPassword(text)) {
                return given.wrong("it contains a password, and would be published: give credentials to Spark instead");
            }
            if (text.equals("~") || text.startsWith("~/")) {
                // A folder named "~" would be created in the current one, and "rm -r ~", meant for that folder, would
                // delete everything in the user's home.
                return given.wrong("~ is not expanded: write the whole path");
            }
            return notBlank(given, text);
        });
    }

    static Text<String> sha256() {
        String pattern = "[0-9a-f]{64}";
        return text(
                "64 hexadecimal digits",
                schema("pattern", "^" + pattern + "$"),
                (given, text) ->
                        text.matches(pattern) ? text : given.refused("must be 64 hexadecimal digits in lower case"));
    }

    /** The address of an endpoint. Messages never repeat a wrong address, because it may hold a password. */
    static Text<String> url() {
        String pattern = "https?://[^/@?#]+(/[^@?#]*)?";
        return text(
                "URL",
                schema("pattern", "^" + pattern + "$"),
                (given, text) -> text.matches(pattern) && isPostable(text)
                        ? text
                        : given.wrong("is not allowed: must read http(s)://host[:port][/path], without a user, a query"
                                + " or a key; a host has ASCII letters, digits, dots and hyphens only, a port is"
                                + " at most "
                                + LAST_PORT));
    }

    private static boolean isPostable(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && uri.getPort() <= LAST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Text<ColumnType> columnType(String prose) {
        return new Text<>(
                prose,
                NOT_BLANK,
                (given, text) -> {
                    try {
                        return text.isBlank() ? given.refused("must not be blank") : ColumnType.parse(text);
                    } catch (IllegalArgumentException e) {
                        return given.wrong(e.getMessage());
                    }
                },
                ColumnType::configName);
    }

    private static Text<String> text(
            String prose, Map<String, Object> schema, BiFunction<Given, String, String> reading) {
        return new Text<>(prose, schema, reading, text -> text);
    }

    private static String notBlank(Given given, String text) {
        return text.isBlank() ? given.refused("must not be blank") : text;
    }

    @Override
    public T read(Given given) {
        String text = Node.isNull(given.node())
                ? given.refused("must be a text; quote it if null is meant as one")
                : given.scalar();
        return text == null ? null : reading.apply(given, text);
    }

    @Override
    public Object written(T value) {
        return writing.apply(value);
    }

    /** A map of texts with arbitrary keys; a key whose value is null is dropped. */
    static Type<Map<String, String>> map() {
        return new Type<>() {
            @Override
            public String prose() {
                return "map of strings";
            }

            @Override
            public Map<String, Object> schema() {
                return new TreeMap<>(Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        Map.of("type", List.of("string", "number", "boolean", "null"))));
            }

            @Override
            public Map<String, String> read(Given given) {
                if (!(given.node() instanceof Node.Mapping map)) {
                    return given.refused("must be a map");
                }
                Map<String, String> texts = new TreeMap<>();
                boolean sound = true;
                for (Map.Entry<String, Node> entry : map.entries().entrySet()) {
                    if (!Node.isNull(entry.getValue())) {
                        String text =
                                given.entry(entry.getKey(), entry.getValue()).scalar();
                        sound &= text != null;
                        texts.put(entry.getKey(), text);
                    }
                }
                return sound ? texts : null;
            }

            @Override
            public Object written(Map<String, String> value) {
                return new TreeMap<>(value);
            }
        };
    }
}
