package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One setting of a run, with everything that is known about it. The reading and checking of values, the canonical
 * configuration, the fingerprints, {@code docs/configuration.md}, {@code conf/schema.json} and the help of the command
 * line are all derived from it.
 */
public final class Setting<T> implements Part {

    static final String REQUIRED = "required";

    private final Group<?> group;
    private final String name;
    private final Type<T> type;
    private final T standard;
    private final String fallback;
    private final boolean silent;
    private final String meaning;

    /**
     * @param standard value if the setting is not given; null if it has no default
     * @param fallback description of {@code standard}, in Markdown
     * @param silent whether canonical configurations omit {@code standard}
     */
    Setting(Group<?> group, String name, Type<T> type, T standard, String fallback, boolean silent, String meaning) {
        this.group = group;
        this.name = name;
        this.type = type;
        this.standard = standard;
        this.fallback = fallback;
        this.silent = silent;
        this.meaning = meaning;
    }

    @Override
    public String path() {
        return group.path(name);
    }

    /** Describes the allowed values, in Markdown. */
    public String type() {
        return type.prose();
    }

    /** Describes what holds if the setting is not given, in Markdown. */
    public String fallback() {
        return fallback;
    }

    /** Describes what the setting means, in Markdown. */
    public String meaning() {
        return meaning;
    }

    boolean isRequired() {
        return fallback.equals(REQUIRED);
    }

    /** Returns null, after noting a problem, if the value is wrong, or required and missing. */
    T read(Given given) {
        if (!Node.isNull(given.node())) {
            return type.read(given);
        }
        if (isRequired()) {
            given.problems().missing(given.path(), "required, " + type().replace("`", ""));
        }
        return standard;
    }

    /** Returns the value's form in canonical configurations; null if they omit it. */
    Object written(T value) {
        return value == null || (silent && value.equals(standard)) ? null : type.written(value);
    }

    @Override
    public Stream<Setting<?>> settings() {
        return Stream.of(this);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(type.schema());
        Object value = fallback.startsWith("`") && standard != null ? type.written(standard) : null;
        boolean plain = fallback.equals("`" + value + "`");
        schema.put("description", meaning + (plain || isRequired() ? "" : " Default: " + fallback + "."));
        if (plain) {
            schema.put("default", value);
        }
        if (!isRequired()) {
            orNull(schema);
        }
        return schema;
    }

    /** Allows null in the schema, because a key without a value has its default. */
    private static void orNull(Map<String, Object> schema) {
        for (String alternatives : List.of("type", "enum", "anyOf")) {
            if (schema.containsKey(alternatives)) {
                Object known = schema.get(alternatives);
                List<Object> extended = new ArrayList<>(known instanceof List<?> list ? list : List.of(known));
                extended.add(
                        switch (alternatives) {
                            case "type" -> "null";
                            case "anyOf" -> Map.of("type", "null");
                            default -> null;
                        });
                schema.put(alternatives, extended);
            }
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
