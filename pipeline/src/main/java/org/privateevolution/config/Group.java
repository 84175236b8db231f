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
 * Settings that stand together under one key. A subclass declares them as fields, in the order of the reference and of
 * canonical configurations, and makes its part of the run specification of them.
 *
 * @param <R> what holds their values in a run specification
 */
abstract non-sealed class Group<R> implements Part {

    private record Member<R>(Part part, Function<R, Object> written) {}

    private Group<?> parent;
    private String name = "";
    private final List<Member<R>> members = new ArrayList<>();
    private final Set<Part> free = new HashSet<>();

    /** The path of what is called {@code name} in it. */
    final String path(String name) {
        return parent == null ? name : path() + "." + name;
    }

    /** A setting that must be given. */
    final <T> Draft<R, T> required(String name, Type<T> type, Function<R, T> value) {
        return new Draft<>(this, name, type, null, Setting.REQUIRED, value);
    }

    /** A setting with a default. */
    final <T> Draft<R, T> value(String name, Type<T> type, T standard, Function<R, T> value) {
        return new Draft<>(this, name, type, standard, "`" + type.written(standard) + "`", value);
    }

    /** A boolean with a default. */
    final Draft<R, Boolean> flag(String name, boolean standard, Function<R, Boolean> value) {
        return value(name, new Flag(), standard, value);
    }

    /** A constant of an enum, with a default. */
    final <E extends Enum<E>> Draft<R, E> word(String name, E standard, Function<R, E> value) {
        return value(name, Words.of(standard.getDeclaringClass()), standard, value);
    }

    /**
     * A setting that canonical configurations have only if it says something.
     *
     * @param absent what the run specification has if it does not; null if it follows from other settings
     */
    final <T> Draft<R, T> optional(String name, Type<T> type, T absent, Function<R, T> value) {
        return new Draft<>(this, name, type, absent, "none", value).silent();
    }

    /** Gives a group its place in this one. */
    final <G extends Group<?>> G within(String key, G group) {
        Group<?> inner = group;
        inner.parent = this;
        inner.name = key;
        return group;
    }

    /**
     * A group in this one.
     *
     * @param part what it is of; null to leave it out
     */
    final <S, G extends Group<S>> G mount(String name, G group, Function<R, S> part) {
        return add(within(name, group), part.andThen(inner -> inner == null ? null : group.written(inner)));
    }

    /** A list of groups in this one. */
    final <S, G extends Group<S>> G mountList(String name, G group, Function<R, List<S>> parts) {
        return add(within(name + "[]", group), parts.andThen(inner -> inner == null ? null : listed(group, inner)));
    }

    private static <S> List<Object> listed(Group<S> group, List<S> inner) {
        List<Object> trees = new ArrayList<>();
        inner.forEach(each -> trees.add(group.written(each)));
        return trees;
    }

    /** @param written what a canonical configuration has for it; null to leave it out */
    final <P extends Part> P add(P part, Function<R, Object> written) {
        members.add(new Member<>(part, written));
        return part;
    }

    /** Leaves a part out of a run's identity, as {@link Draft#free} does. */
    final <P extends Part> P free(P part) {
        free.add(part);
        return part;
    }

    @Override
    public final String path() {
        return parent == null ? name : parent.path(name);
    }

    /** The keys of its settings and groups. */
    final List<String> names() {
        return members.stream().map(member -> member.part().name()).toList();
    }

    /** The settings that stand in it directly. */
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

    /** As a canonical configuration says it. */
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

    /** Takes what is not part of a run's identity out of a canonical configuration. */
    final void removeFree(Map<?, ?> tree) {
        for (Member<R> member : members) {
            String name = member.part().name();
            if (free.contains(member.part())) {
                tree.remove(name);
            } else if (member.part() instanceof Group<?> group && tree.get(name) instanceof Map<?, ?> inner) {
                group.removeFree(inner);
            } else if (member.part() instanceof Group<?> group && tree.get(name) instanceof List<?> entries) {
                entries.forEach(entry -> group.removeFree((Map<?, ?>) entry));
                // Endpoints that are asked for the same are one, however many there are.
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
