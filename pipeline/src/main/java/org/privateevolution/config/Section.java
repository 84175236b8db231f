package org.privateevolution.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * A map of the configuration, read key by key. A wrong value is noted in {@link Problems} and read as null, so that the
 * rest can be read too.
 */
final class Section {

    private final String group;
    private final String path;
    private final Node.Mapping mapping;
    private final Problems problems;

    /**
     * @param group its path as in {@link Key#path()}, with {@code []} after lists
     * @param path its path in this configuration, with the indexes of list entries
     */
    private Section(String group, String path, Node.Mapping mapping, Problems problems) {
        this.group = group;
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The whole configuration. Unknown keys, here and in every section that is read, are noted as problems. */
    static Section root(Node node, Problems problems) {
        if (Node.isNull(node)) {
            return new Section("", "", Node.Mapping.empty(""), problems);
        }
        if (!(node instanceof Node.Mapping mapping)) {
            problems.refused("the configuration", node, "must be a map of the keys " + listed(Key.namesIn("")));
            return new Section("", "", Node.Mapping.empty(node.origin()), problems);
        }
        return checked("", "", mapping, problems);
    }

    private static Section checked(String group, String path, Node.Mapping mapping, Problems problems) {
        List<String> known = Key.namesIn(group);
        for (String name : mapping.entries().keySet()) {
            if (!known.contains(name)) {
                String full = path.isEmpty() ? name : path + "." + name;
                String keys = path.isEmpty() ? "at the top" : "in " + path;
                problems.add(
                        full,
                        "is not a key; did you mean " + nearest(name, path, known) + "? Keys " + keys + ": "
                                + listed(known) + mapping.keyOrigins().get(name));
            }
        }
        return new Section(group, path, mapping, problems);
    }

    /** A sibling with a similar name; else a key of that very name elsewhere; else the most similar sibling. */
    private static String nearest(String name, String path, List<String> siblings) {
        String sibling = NearestKey.of(name, siblings);
        if (NearestKey.distance(name, sibling) > Math.max(1, name.length() / 3)) {
            for (Key key : Key.values()) {
                if (key.leaf().equals(name)) {
                    return key.path();
                }
            }
        }
        return path.isEmpty() ? sibling : path + "." + sibling;
    }

    /** Path of one of its keys in this configuration. */
    String path(Key key) {
        return path.isEmpty() ? key.leaf() : path + "." + key.leaf();
    }

    /** Whether the key is written and not null. */
    boolean has(Key key) {
        return !Node.isNull(mapping.entries().get(key.leaf()));
    }

    /** Whether any key of the section is written. */
    boolean isEmpty() {
        return mapping.entries().values().stream().allMatch(Node::isNull);
    }

    /** Says that the key may not be there, and why. */
    void refuse(Key key, String rule) {
        if (has(key)) {
            problems.refused(path(key), mapping.entries().get(key.leaf()), rule);
        }
    }

    /** Says that a value that was read does not fit with others. */
    void conflict(Key key, String problem) {
        Node node = mapping.entries().get(key.leaf());
        problems.add(path(key), problem + (node == null ? "" : node.origin()));
    }

    /** Says that the keys of the section do not fit together. */
    void conflict(String problem) {
        problems.add(path, problem + mapping.origin());
    }

    /** Says that a key that has to be there is not. */
    void missing(Key key) {
        missing(key, "required, " + key.type().replace("`", ""));
    }

    /** Says that a key that other keys ask for is not there. */
    void missing(Key key, String rule) {
        problems.missing(path(key), rule);
    }

    /** What is written for the key; null if nothing is. */
    Node value(Key key) {
        return mapping.entries().get(key.leaf());
    }

    /** A text that is not blank. */
    String text(Key key) {
        Node node = node(key);
        String text = node == null ? null : scalar(path(key), node);
        if (text != null && text.isBlank()) {
            problems.refused(path(key), node, "must not be blank");
            return null;
        }
        return text;
    }

    /** A text, blanks included, that is not empty. */
    String raw(Key key) {
        Node node = node(key);
        String text = node == null ? null : scalar(path(key), node);
        if (text != null && text.isEmpty()) {
            problems.refused(path(key), node, "must not be empty");
            return null;
        }
        return text;
    }

    Double number(Key key, DoublePredicate allowed, String rule) {
        Node node = node(key);
        return node == null ? null : number(path(key), node, allowed, rule);
    }

    Integer integer(Key key, int min, int max) {
        Node node = node(key);
        return node == null ? null : integer(path(key), node, min, max);
    }

    Long longInteger(Key key) {
        Node node = node(key);
        String text = node == null ? null : scalar(path(key), node);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            problems.refused(path(key), node, "must be a whole number of at most 63 bits");
            return null;
        }
    }

    /** A whole number of at least {@code min}. */
    Long atLeast(Key key, long min) {
        Long number = longInteger(key);
        if (number != null && number < min) {
            problems.refused(path(key), node(key), "must be a whole number of at least " + min);
            return null;
        }
        return number;
    }

    Boolean flag(Key key) {
        return choice(key, Map.of("true", true, "false", false));
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(Key key, Class<E> type) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            choices.put(Word.of(constant), constant);
        }
        return choice(key, choices);
    }

    /** A path or URI, which is written to what is published: it must not hold a password. */
    String location(Key key) {
        String location = text(key);
        if (location != null && RedactedOptions.holdsPassword(location)) {
            conflict(
                    key, "it holds a password, and is written to what is published: give credentials to Spark instead");
            return null;
        }
        if (location != null && (location.equals("~") || location.startsWith("~/"))) {
            // A folder of that name would be made in the current one; whoever removes it with rm -r loses all that is
            // at home.
            conflict(key, "~ is not expanded here: write the whole path");
            return null;
        }
        return location;
    }

    <T> T choice(Key key, Map<String, T> choices) {
        Node node = node(key);
        String text = node == null ? null : scalar(path(key), node);
        if (text == null) {
            return null;
        }
        if (!choices.containsKey(text)) {
            problems.refused(
                    path(key),
                    node,
                    "must be one of "
                            + listed(choices.keySet().stream().sorted().toList()));
            return null;
        }
        return choices.get(text);
    }

    /** Texts without duplicates, at least one. */
    List<String> texts(Key key) {
        List<Node> nodes = items(key);
        if (nodes == null) {
            return null;
        }
        Map<String, Integer> texts = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            String at = path(key) + "." + i;
            Node node = nodes.get(i);
            if (Node.isNull(node)) {
                problems.refused(at, node, "must be a text; quote it if null is meant as one");
                continue;
            }
            String text = scalar(at, node);
            Integer first = text == null ? null : texts.putIfAbsent(text, i);
            if (first != null) {
                problems.refused(at, node, "is a duplicate of entry " + first);
            }
        }
        if (nodes.isEmpty()) {
            problems.add(path(key), "is empty: must have at least one entry");
        }
        return new ArrayList<>(texts.keySet());
    }

    /** Texts, duplicates included, none of which is blank; null if one is. */
    List<String> textList(Key key) {
        List<Node> nodes = items(key);
        if (nodes == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String at = path(key) + "." + i;
            String text = scalar(at, nodes.get(i));
            if (text != null && text.isBlank()) {
                problems.refused(at, nodes.get(i), "must not be blank");
            }
            texts.add(text);
        }
        return texts.contains(null) ? null : texts;
    }

    /** Integers, none of which is null or out of bounds; null if one is. */
    List<Integer> integers(Key key, int min, int max) {
        List<Node> nodes = items(key);
        if (nodes == null) {
            return null;
        }
        List<Integer> integers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            integers.add(integer(path(key) + "." + i, nodes.get(i), min, max));
        }
        return integers.contains(null) ? null : integers;
    }

    /** Numbers, at least one, none of which is null or not allowed; null if one is. */
    List<Double> numberList(Key key, DoublePredicate allowed, String rule) {
        List<Node> nodes = items(key);
        if (nodes == null) {
            return null;
        }
        if (nodes.isEmpty()) {
            problems.add(path(key), "is empty: must have at least one entry");
            return null;
        }
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            numbers.add(number(path(key) + "." + i, nodes.get(i), allowed, rule));
        }
        return numbers.contains(null) ? null : numbers;
    }

    /** A map of texts whose keys are free. */
    Map<String, String> options(Key key) {
        Map<String, String> options = new LinkedHashMap<>();
        Node node = mapping.entries().get(key.leaf());
        if (Node.isNull(node)) {
            return options;
        }
        if (!(node instanceof Node.Mapping map)) {
            problems.refused(path(key), node, "must be a map");
            return options;
        }
        map.entries().forEach((name, value) -> {
            String text = Node.isNull(value) ? null : scalar(path(key) + "." + name, value);
            if (text != null) {
                options.put(name, text);
            }
        });
        return options;
    }

    /** A map of numbers whose keys are free. */
    Map<String, Double> numbers(Key key, DoublePredicate allowed, String rule) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        ((Node.Mapping) mapping.entries().get(key.leaf()))
                .entries()
                .forEach((name, value) -> numbers.put(name, number(path(key) + "." + name, value, allowed, rule)));
        return numbers;
    }

    boolean isMapping(Key key) {
        return mapping.entries().get(key.leaf()) instanceof Node.Mapping;
    }

    /** Whether the value of the key is a map with a map {@code name} in it. */
    boolean hasGroup(Key key, String name) {
        return mapping.entries().get(key.leaf()) instanceof Node.Mapping map
                && map.entries().get(name) instanceof Node.Mapping;
    }

    /** Whether the group {@code name} is written and not null. */
    boolean hasGroup(String name) {
        return !Node.isNull(mapping.entries().get(name));
    }

    /** A group of keys in this one; without any if it is not written. */
    Section section(String name) {
        String childGroup = group.isEmpty() ? name : group + "." + name;
        String childPath = path.isEmpty() ? name : path + "." + name;
        return child(childGroup, childPath, mapping.entries().get(name));
    }

    /** The groups in the list {@code name}; null if there is no list. */
    List<Section> sections(String name) {
        String childGroup = (group.isEmpty() ? name : group + "." + name) + "[]";
        String childPath = path.isEmpty() ? name : path + "." + name;
        Node node = mapping.entries().get(name);
        if (Node.isNull(node)) {
            return null;
        }
        if (!(node instanceof Node.Items items)) {
            problems.refused(childPath, node, "must be a list");
            return null;
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            sections.add(child(childGroup, childPath + "." + i, items.nodes().get(i)));
        }
        return sections;
    }

    private Section child(String childGroup, String childPath, Node node) {
        if (Node.isNull(node)) {
            return new Section(childGroup, childPath, Node.Mapping.empty(""), problems);
        }
        if (!(node instanceof Node.Mapping map)) {
            problems.refused(childPath, node, "must be a map of the keys " + listed(Key.namesIn(childGroup)));
            return new Section(childGroup, childPath, Node.Mapping.empty(node.origin()), problems);
        }
        return checked(childGroup, childPath, map, problems);
    }

    /** What the key says, or its default; null if there is neither, which is a problem if the key is required. */
    private Node node(Key key) {
        Node node = mapping.entries().get(key.leaf());
        if (!Node.isNull(node)) {
            return node;
        }
        if (key.isRequired()) {
            missing(key);
        }
        return key.defaultYaml().map(yaml -> YamlText.value(yaml, "default")).orElse(null);
    }

    private List<Node> items(Key key) {
        Node node = node(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Node.Items items)) {
            problems.refused(path(key), node, "must be a list");
            return null;
        }
        return items.nodes();
    }

    private String scalar(String at, Node node) {
        if (node instanceof Node.Scalar scalar && scalar.text() != null) {
            return scalar.text();
        }
        problems.refused(at, node, "must be a single value");
        return null;
    }

    private Double number(String at, Node node, DoublePredicate allowed, String rule) {
        String text = scalar(at, node);
        if (text == null) {
            return null;
        }
        double number;
        try {
            number = new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            problems.refused(at, node, "must be a number; it " + rule);
            return null;
        }
        if (!Double.isFinite(number) || !allowed.test(number)) {
            problems.refused(at, node, rule);
            return null;
        }
        return number;
    }

    private Integer integer(String at, Node node, int min, int max) {
        String text = scalar(at, node);
        if (text == null) {
            return null;
        }
        try {
            int integer = Integer.parseInt(text);
            if (integer >= min && integer <= max) {
                return integer;
            }
        } catch (NumberFormatException e) {
            // Reported below, as an integer out of range is.
        }
        problems.refused(
                at,
                node,
                max == Integer.MAX_VALUE
                        ? "must be a whole number of at least " + min
                        : "must be a whole number from " + min + " to " + max);
        return null;
    }

    private static String listed(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }
}
