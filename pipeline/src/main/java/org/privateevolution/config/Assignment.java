package org.privateevolution.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One {@code key=value} of the command line, which replaces a value of the configuration file.
 *
 * @param path the key split at its dots; an entry of a list is named by its index, from 0
 * @param value parsed as YAML
 */
record Assignment(List<String> path, Node value) {

    private static final String OPTION = "--set";

    static Assignment parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new ConfigurationException(
                    List.of(OPTION + " " + text + ": is not key=value: write it as in --set privacy.epsilon=2"));
        }
        String key = text.substring(0, equals).trim();
        return new Assignment(segments(key), YamlText.value(text.substring(equals + 1), OPTION + " " + key));
    }

    /** Splits a key at its dots, except within the name of a reader's option, which may itself contain dots. */
    private static List<String> segments(String key) {
        String options = RunSettings.ROOT.privateData.options.path() + ".";
        if (key.startsWith(options)) {
            List<String> segments = new ArrayList<>(segments(RunSettings.ROOT.privateData.options.path()));
            segments.add(key.substring(options.length()));
            return segments;
        }
        return Arrays.asList(key.split("\\.", -1));
    }

    /** Returns {@code root} with this value in place. */
    Node apply(Node root) {
        return replaced(root, 0);
    }

    private Node replaced(Node current, int depth) {
        if (depth == path.size()) {
            return value;
        }
        String segment = path.get(depth);
        if (current instanceof Node.Items items) {
            List<Node> nodes = new ArrayList<>(items.nodes());
            int index = index(segment, nodes.size(), depth);
            if (index == nodes.size()) {
                nodes.add(replaced(null, depth + 1));
            } else {
                nodes.set(index, replaced(nodes.get(index), depth + 1));
            }
            return new Node.Items(nodes, items.origin());
        }
        Node.Mapping mapping = current instanceof Node.Mapping map ? map : Node.Mapping.empty(value.origin());
        return mapping.with(segment, replaced(mapping.entries().get(segment), depth + 1));
    }

    private int index(String segment, int size, int depth) {
        try {
            int index = Integer.parseInt(segment);
            if (index >= 0 && index <= size) {
                return index;
            }
        } catch (NumberFormatException e) {
            // Reported below, like an index out of range.
        }
        String list = String.join(".", path.subList(0, depth));
        throw new ConfigurationException(List.of(OPTION + " " + String.join(".", path) + ": " + segment
                + " is not an entry of " + list + ": use 0 to " + (size - 1) + ", or " + size + " to append"));
    }
}
