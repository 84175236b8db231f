package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A group of settings as a configuration gives it. Opening it reads all its settings; unknown keys and wrong values are
 * noted in {@link Problems}, and wrong values are null from then on, so that the rest can be read, too.
 */
final class Section {

    private final Group<?> group;
    private final String path;
    private final Node.Mapping mapping;
    private final Problems problems;
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** @param path where it is in this configuration, with the indexes of list entries */
    private Section(Group<?> group, String path, Node node, Problems problems) {
        this.group = group;
        this.path = path;
        this.problems = problems;
        if (node instanceof Node.Mapping map) {
            mapping = map;
        } else {
            mapping = Node.Mapping.empty(Node.isNull(node) ? "" : node.origin());
            if (!Node.isNull(node)) {
                problems.refused(
                        path.isEmpty() ? "the configuration" : path,
                        node,
                        "must be a map of the keys " + String.join(", ", group.names()));
            }
        }
        refuseUnknown();
        group.own().forEach(setting -> values.put(setting, setting.read(given(setting))));
    }

    /** A whole configuration. */
    static Section root(Node node, Problems problems) {
        return new Section(RunSettings.ROOT, "", node, problems);
    }

    private void refuseUnknown() {
        List<String> known = group.names();
        for (String name : mapping.entries().keySet()) {
            if (!known.contains(name)) {
                String keys = path.isEmpty() ? "at the top" : "in " + path;
                problems.add(
                        at(name),
                        "is not a key"
                                + nearest(name)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(".")
                                + " Keys " + keys + ": "
                                + String.join(", ", known)
                                + mapping.keyOrigins().get(name));
            }
        }
    }

    /** A sibling with a similar name; else a key of that very name elsewhere. */
    private Optional<String> nearest(String name) {
        return NearestKey.close(name, group.names()).map(this::at).or(() -> RunSettings.ROOT
                .settings()
                .filter(setting -> setting.name().equals(name))
                .map(Setting::path)
                .findFirst());
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The value of a setting as it is written. */
    Given given(Setting<?> setting) {
        return new Given(at(setting.name()), mapping.entries().get(setting.name()), problems);
    }

    /** The value of a setting, given or by default; null if it is wrong or there is none. */
    @SuppressWarnings("unchecked") // Only its own type has put it there.
    <T> T get(Setting<T> setting) {
        if (!values.containsKey(setting)) {
            throw new IllegalArgumentException(setting + " is not in " + group.path());
        }
        return (T) values.get(setting);
    }

    /** Whether a setting or group is written and not null. */
    boolean has(Part part) {
        return !Node.isNull(mapping.entries().get(part.name()));
    }

    /** Whether nothing of the section is written. */
    boolean isEmpty() {
        return mapping.entries().values().stream().allMatch(Node::isNull);
    }

    /** Says that the setting may not be there, and why; one that is wrong is not repeated, for it may hold a password. */
    void refuse(Setting<?> setting, String rule) {
        if (has(setting) && isSound(setting)) {
            given(setting).refused(rule);
        }
    }

    /** Says that a value that was read does not fit with others. */
    void conflict(Setting<?> setting, String problem) {
        Given given = given(setting);
        problems.add(
                given.path(),
                problem + (given.node() == null ? "" : given.node().origin()));
    }

    /** Says that the keys of the section do not fit together. */
    void conflict(String problem) {
        problems.add(path, problem + mapping.origin());
    }

    /** Says that a part that other settings ask for is not there. */
    void missing(Part part, String rule) {
        problems.missing(at(part.name()), rule);
    }

    /** Says so if it is not. */
    void require(Setting<?> setting, String rule) {
        if (!has(setting)) {
            missing(setting, rule);
        }
    }

    /** Says so if it is not. */
    void require(Setting<?> setting) {
        require(setting, "required, " + setting.type().replace("`", ""));
    }

    /** Says something else about a part. */
    void problem(Part part, String problem) {
        problems.add(at(part.name()), problem);
    }

    /** Whether nothing is wrong with a part, or anything in it. */
    boolean isSound(Part part) {
        return !problems.concern(at(part.name()));
    }

    /** What is made of the section; null if something in it is wrong. */
    <T> T make(Supplier<T> maker) {
        return problems.concern(path) ? null : maker.get();
    }

    /**
     * The same.
     *
     * @param judged the setting whose value the maker may refuse with an {@link IllegalArgumentException}
     */
    <T> T make(Setting<?> judged, Supplier<T> maker) {
        try {
            return make(maker);
        } catch (IllegalArgumentException e) {
            conflict(judged, e.getMessage());
            return null;
        }
    }

    /** A group in this one; nothing is given if it is not written. */
    Section open(Group<?> inner) {
        return new Section(inner, at(inner.name()), mapping.entries().get(inner.name()), problems);
    }

    /** A list of groups in this one; null if it is not written, or no list. */
    List<Section> openList(Group<?> inner) {
        if (!has(inner)) {
            return null;
        }
        String list = at(inner.name());
        List<Given> entries = new Given(list, mapping.entries().get(inner.name()), problems).items();
        if (entries == null) {
            return null;
        }
        List<Section> sections = new ArrayList<>();
        entries.forEach(entry -> sections.add(new Section(inner, entry.path(), entry.node(), problems)));
        return sections;
    }
}
