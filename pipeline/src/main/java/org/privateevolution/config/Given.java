package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A value as it is written. What is wrong with it is noted in {@link Problems}, so that the rest can be read, too.
 *
 * @param path where it is in this configuration, with the indexes of list entries
 */
record Given(String path, Node node, Problems problems) {

    /** Its text; null if it is a null, a list or a map, which is noted. */
    String scalar() {
        return node instanceof Node.Scalar scalar && scalar.text() != null
                ? scalar.text()
                : refused("must be a single value");
    }

    /** Its entries; null if it is no list, which is noted. */
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

    /** What is written under {@code name} in it. */
    Given entry(String name, Node entry) {
        return new Given(path + "." + name, entry, problems);
    }

    /** Notes that there is nothing under {@code name} in it. */
    void missing(String name, String rule) {
        problems.missing(path + "." + name, rule);
    }

    /** Notes that the value breaks a rule; null. */
    <T> T refused(String rule) {
        problems.refused(path, node, rule);
        return null;
    }

    /** Notes a problem, and not where it was written; null. */
    <T> T problem(String problem) {
        problems.add(path, problem);
        return null;
    }

    /** Whether nothing is wrong with it, or anything in it. */
    boolean isSound() {
        return !problems.concern(path);
    }

    /** Notes a problem without repeating the value; null. */
    <T> T wrong(String problem) {
        problems.add(path, problem + node.origin());
        return null;
    }
}
