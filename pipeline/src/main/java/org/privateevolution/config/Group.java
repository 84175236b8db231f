package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings under one key. A subclass declares its settings as fields, in the order of the reference and of
 * canonical configurations, and converts their values to a part of the run specification.
 *
 * @param <R> the part of the run specification that holds the values
 */
abstract non-sealed class Group<R> implements Part {

    private record Member<R>(Part part, Function<R, Object> written) {}

    private Group<?> parent;
    private String name = "";
    private final List<Member<R>> members = new ArrayList<>();
    private final Set<Part> free = new HashSet<>();

    /** Returns the path of this group's member {@code name}. */
    final String path(String name) {
        return parent == null ? name : path() + "." + name;
    }

    /** Declares a setting that must be given. */
    final <T> Draft<R, T> required(String name, Type<T> type, Function<R, T> value) {
        return new Draft<>(this, name, type, null, Setting.REQUIRED, value);
    }

    /** Declares a setting with a default. */
    final <T> Draft<R, T> value(String name, Type<T> type, T standard, Function<R, T> value) {
        return new Draft<>(this, name, type, standard, "`" + type.written(standard) + "`", value);
    }

    /** Declares a boolean with a default. */
    final Draft<R, Boolean> flag(String name, boolean standard, Function<R, Boolean> value) {
        return value(name, new Flag(), standard, value);
    }

    /** Declares a setting whose values are the constants of an enum, with a default. */
    final <E extends Enum<E>> Draft<R, E> word(String name, E standard, Function<R, E> value) {
        return value(name, Words.of(standard.getDeclaringClass()), standard, value);
    }

    /**
     * Declares a setting that canonical configurations omit if it is not given.
     *
     * @param absent the value in the run specification if the setting is not given; null if it follows from other
     *     settings
     */
    final <T> Draft<R, T> optional(String name, Type<T> type, T absent, Function<R, T> value) {
        return new Draft<>(this, name, type, absent, "none", value).silent();
    }

    /** Makes this group the parent of another. */
    final <G extends Group<?>> G within(String key, G group) {
        Group<?> inner = group;
        inner.parent = this;
        inner.name = key;
        return group;
    }

    /**
     * Adds a group to this one.
     *
     * @param part returns the part of the run specification that holds the inner group's values; null to omit the group
     *     from canonical configurations
     */
    final <S, G extends Group<S>> G mount(String name, G group, Function<R, S> part) {
        return add(within(name, group), part.andThen(inner -> inner == null ? null : group.written(inner)));
    }

    /**
     * Adds a list of groups to this one.
     *
     * @param parts returns, for each entry, the part of the run specification that holds its values; null to omit the
     *     list from canonical configurations
     */
    final <S, G extends Group<S>> G mountList(String name, G group, Function<R, List<S>> parts) {
        return add(within(name + "[]", group), parts.andThen(inner -> inner == null ? null : listed(group, inner)));
    }

    private static <S> List<Object> listed(Group<S> group, List<S> inner) {
        List<Object> trees = new ArrayList<>();
        inner.forEach(each -> trees.add(group.written(each)));
        return trees;
    }

    /** @param written returns the part's value in a canonical configuration; null to omit the part */
    final <P extends Part> P add(P part, Function<R, Object> written) {
        members.add(new Member<>(part, written));
        return part;
    }

    /** Excludes a part from a run's identity, as {@link Draft#free} does for a setting. */
    final <P extends Part> P free(P part) {
        free.add(part);
        return part;
    }

    @Override
    public final String path() {
        return parent == null ? name : parent.path(name);
    }

    /** Returns the keys of the group's settings and groups. */
    final List<String> names() {
        return members.stream().map(member -> member.part().name()).toList();
    }

    /** Returns the settings directly in this group, without those of inner groups. */
    final List<Setting<?>> own() {
        List<Setting<?>> own = new ArrayList<>();
        for (Member<R> member : members) {
            if (member.part() instanceof Setting<?> setting) {
                own.add(setting);
            }
        }
        return own;
    }

    @Override
    public Stream<Setting<?>> settings() {
        return members.stream().flatMap(member -> member.part().settings());
    }

    /** Returns the group's part of a canonical configuration. */
    final Map<String, Object> written(R record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Member<R> member : members) {
            Object value = member.written().apply(record);
            if (value != null) {
                tree.put(member.part().name(), value);
            }
        }
        return tree;
    }

    /** Removes from a canonical configuration all settings that are not part of a run's identity. */
    final void removeFree(Map<?, ?> tree) {
        for (Member<R> member : members) {
            String name = member.part().name();
            if (free.contains(member.part())) {
                tree.remove(name);
            } else if (member.part() instanceof Group<?> group && tree.get(name) instanceof Map<?, ?> inner) {
                group.removeFree(inner);
            } else if (member.part() instanceof Group<?> group && tree.get(name) instanceof List<?> entries) {
                entries.forEach(entry -> group.removeFree((Map<?, ?>) entry));
                // Any number of endpoints that are asked for the same count as one.
                Set<Object> seen = new HashSet<>();
                entries.removeIf(entry -> !seen.add(entry));
            }
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        members.forEach(
                member -> properties.put(member.part().name(), member.part().schema()));
        List<String> required =
                own().stream().filter(Setting::isRequired).map(Setting::name).toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        boolean list = name.endsWith("[]");
        schema.put("type", list || parent == null ? "object" : List.of("object", "null"));
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return list ? new TreeMap<>(Map.of("type", List.of("array", "null"), "items", schema)) : schema;
    }
}
