package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A value as the configuration gives it. Methods that find the value wrong note this in {@link Problems} and return
 * null, so that the rest of the configuration can still be read.
 *
 * @param path where the value stands in this configuration, with the indexes of list entries
 */
record Given(String path, Node node, Problems problems) {

    /** Returns the value's text; null if the value is a null, a list or a map, which is noted. */
    String scalar() {
        return node instanceof Node.Scalar scalar && scalar.text() != null
                ? scalar.text()
                : refused("must be a single value");
    }

    /** Returns the entries of a list; null if the value is not a list, which is noted. */
    List<Given> items() {
        if (!(node instanceof Node.Items items)) {
            return refused("must be a list");
        }
        List<Given> entries = new ArrayList<>();
        for (Node entry : items.nodes()) {
            entries.add(entry(String.valueOf(entries.size()), entry));
        }
        return entries;
    }

    /**
     * Returns the value of an entry of this map.
     *
     * @param entry the node that the map holds under {@code name}
     */
    Given entry(String name, Node entry) {
        return new Given(path + "." + name, entry, problems);
    }

    /** Notes that this map lacks the entry {@code name}. */
    void missing(String name, String rule) {
        problems.missing(path + "." + name, rule);
    }

    /** Notes that the value breaks a rule; returns null. */
    <T> T refused(String rule) {
        problems.refused(path, node, rule);
        return null;
    }

    /** Notes a problem without the value and its position in the file; returns null. */
    <T> T problem(String problem) {
        problems.add(path, problem);
        return null;
    }

    /** Whether no problem has been noted for the value or for anything within it. */
    boolean isSound() {
        return !problems.concern(path);
    }

    /** Notes a problem without repeating the value; returns null. */
    <T> T wrong(String problem) {
        problems.add(path, problem + node.origin());
        return null;
    }
}
