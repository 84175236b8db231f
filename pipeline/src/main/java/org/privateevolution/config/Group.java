package org.privateevolution.config;

import java.util.ArrayList;
import java.util.Arrays;
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

    /** @param written what a canonical configuration has for it; null to leave it out */
    private record Member<R>(Part part, boolean free, Function<R, Object> written) {}

    private final String path;
    private final List<Member<R>> members = new ArrayList<>();

    /** @param path its place, as in {@link Part#path()}; empty for the root */
    Group(String path) {
        this.path = path;
    }

    /** The path of what is called {@code name} in it. */
    final String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A setting that must be given. */
    final <T> Setting<T> required(String name, Type<T> type, String meaning, Function<R, T> value, Trait... traits) {
        return add(new Setting<>(path(name), type, true, null, "required", false, meaning), value, traits);
    }

    /** A setting with a default. */
    final <T> Setting<T> value(
            String name, Type<T> type, T standard, String meaning, Function<R, T> value, Trait... traits) {
        return derived(name, type, standard, "`" + type.written(standard) + "`", meaning, value, traits);
    }

    /** A setting with a default that needs words. */
    final <T> Setting<T> derived(
            String name,
            Type<T> type,
            T standard,
            String fallback,
            String meaning,
            Function<R, T> value,
            Trait... traits) {
        boolean silent = Arrays.asList(traits).contains(Trait.SILENT);
        return add(new Setting<>(path(name), type, false, standard, fallback, silent, meaning), value, traits);
    }

    /**
     * A setting that canonical configurations have only if it says something.
     *
     * @param absent what the run specification has if it does not; null if it follows from other settings
     */
    final <T> Setting<T> optional(
            String name,
            Type<T> type,
            T absent,
            String fallback,
            String meaning,
            Function<R, T> value,
            Trait... traits) {
        return add(new Setting<>(path(name), type, false, absent, fallback, true, meaning), value, traits);
    }

    private <T> Setting<T> add(Setting<T> setting, Function<R, T> value, Trait... traits) {
        member(setting, record -> setting.written(value.apply(record)), traits);
        return setting;
    }

    /**
     * A group in this one.
     *
     * @param part what it is of; null to leave it out
     */
    final <S, G extends Group<S>> G mount(G group, Function<R, S> part, Trait... traits) {
        member(
                group,
                record -> {
                    S inner = part.apply(record);
                    return inner == null ? null : group.written(inner);
                },
                traits);
        return group;
    }

    /** A list of groups in this one. */
    final <S, G extends Group<S>> G mountList(G group, Function<R, List<S>> parts, Trait... traits) {
        member(
                group,
                record -> {
                    List<S> inner = parts.apply(record);
                    List<Object> trees = new ArrayList<>();
                    if (inner != null) {
                        inner.forEach(each -> trees.add(group.written(each)));
                    }
                    return inner == null ? null : trees;
                },
                traits);
        return group;
    }

    private void member(Part part, Function<R, Object> written, Trait... traits) {
        members.add(new Member<>(part, Arrays.asList(traits).contains(Trait.FREE), written));
    }

    @Override
    public final String path() {
        return path;
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
            if (member.free()) {
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
        boolean list = path.endsWith("[]");
        schema.put("type", list || path.isEmpty() ? "object" : List.of("object", "null"));
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return list ? new TreeMap<>(Map.of("type", List.of("array", "null"), "items", schema)) : schema;
    }
}
