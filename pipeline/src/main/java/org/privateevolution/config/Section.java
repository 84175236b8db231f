package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A group of settings as a configuration gives it. Opening a section reads all its settings. Unknown keys and wrong
 * values are noted in {@link Problems}; a wrong value is null from then on, so that the rest can still be read.
 */
final class Section {

    private final Group<?> group;
    private final String path;
    private final Node.Mapping mapping;
    private final Problems problems;
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** @param path where the section stands in this configuration, with the indexes of list entries */
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

    /** Opens a whole configuration. */
    static Section root(Node node, Problems problems) {
        return new Section(RunSettings.ROOT, "", node, problems);
    }

    private void refuseUnknown() {
        List<String> known = group.names();
        for (String name : mapping.entries().keySet()) {
            if (!known.contains(name)) {
                String keys = path.isEmpty() ? "at the top" : "in " + path;
                Optional<String> nearest = nearest(name);
                nearest.ifPresent(problems::meant);
                problems.add(
                        at(name),
                        "is not a key"
                                + nearest.map(near -> "; did you mean " + near + "?")
                                        .orElse(".")
                                + " Keys " + keys + ": "
                                + String.join(", ", known)
                                + mapping.keyOrigins().get(name));
            }
        }
    }

    /** Returns a sibling with a similar name; failing that, a key of the same name elsewhere. */
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

    /** Returns the value of a setting as it is written. */
    Given given(Setting<?> setting) {
        return new Given(at(setting.name()), mapping.entries().get(setting.name()), problems);
    }

    /** Returns the value of a setting, or its default; null if the value is wrong, or if there is neither. */
    @SuppressWarnings("unchecked") // The setting's own type has read the value.
    <T> T get(Setting<T> setting) {
        if (!values.containsKey(setting)) {
            throw new IllegalArgumentException(setting + " is not in " + group.path());
        }
        return (T) values.get(setting);
    }

    /** Whether a setting or group is given and not null. */
    boolean has(Part part) {
        return !Node.isNull(mapping.entries().get(part.name()));
    }

    /** Whether a part of an inner group is given and not null. */
    boolean has(Group<?> inner, Part part) {
        return mapping.entries().get(inner.name()) instanceof Node.Mapping within
                && !Node.isNull(within.entries().get(part.name()));
    }

    /** Whether no setting of the section is given. */
    boolean isEmpty() {
        return mapping.entries().values().stream().allMatch(Node::isNull);
    }

    /**
     * Notes that the setting is not allowed here, and why. Does nothing if the setting's value has already been found
     * wrong, because the message would repeat a value that may hold a password.
     */
    void refuse(Setting<?> setting, String rule) {
        if (has(setting) && isSound(setting)) {
            given(setting).refused(rule);
        }
    }

    /** Notes that the value of a setting does not fit those of others. */
    void conflict(Setting<?> setting, String problem) {
        Given given = given(setting);
        problems.add(
                given.path(),
                problem + (given.node() == null ? "" : given.node().origin()));
    }

    /** Notes that the settings of the section do not fit together. */
    void conflict(String problem) {
        problems.add(path, problem + mapping.origin());
    }

    /** Notes that a part is missing that other settings require. */
    void missing(Part part, String rule) {
        problems.missing(at(part.name()), rule);
    }

    /** Notes a problem if the setting is missing. */
    void require(Setting<?> setting, String rule) {
        if (!has(setting)) {
            missing(setting, rule);
        }
    }

    /** Notes a problem if the setting is missing. */
    void require(Setting<?> setting) {
        require(setting, "required, " + setting.type().replace("`", ""));
    }

    /** Notes any other problem of a part. */
    void problem(Part part, String problem) {
        problems.add(at(part.name()), problem);
    }

    /** Notes a problem of an entry of a part that is a list. */
    void problem(Part part, int entry, String problem) {
        problems.add(at(part.name()) + "." + entry, problem);
    }

    /** Whether no problem has been noted for a part or for anything within it. */
    boolean isSound(Part part) {
        return !problems.concern(at(part.name()));
    }

    /** Returns the maker's result; null, without calling the maker, if anything in the section is wrong. */
    <T> T make(Supplier<T> maker) {
        return problems.concern(path) ? null : maker.get();
    }

    /**
     * As {@link #make(Supplier)}, but also notes a refusal by the maker.
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

    /** Opens an inner group. If it is not given, none of its settings is. */
    Section open(Group<?> inner) {
        return new Section(inner, at(inner.name()), mapping.entries().get(inner.name()), problems);
    }

    /** Opens a list of inner groups; returns null if it is not given, or not a list. */
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
