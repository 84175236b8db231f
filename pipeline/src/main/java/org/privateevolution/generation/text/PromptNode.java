package org.privateevolution.generation.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a prompt file that knows its path, for messages. An absent node counts as an empty one. */
final class PromptNode {

    private final JsonNode node;
    private final String path;

    /** @param path the file, then the keys that lead to this node */
    PromptNode(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(path + " " + what);
    }

    void requireKeys(String... allowed) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw wrong("must be an object with the keys " + String.join(", ", allowed));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!List.of(allowed).contains(key)) {
                throw wrong("has an unknown key " + key + "; keys are " + String.join(", ", allowed));
            }
        });
    }

    PromptNode child(String key) {
        return new PromptNode(node.path(key), path + " " + key);
    }

    List<PromptNode> elements() {
        if (!node.isMissingNode() && !node.isArray()) {
            throw wrong("must be a list");
        }
        List<PromptNode> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new PromptNode(node.get(i), path + "[" + i + "]"));
        }
        return elements;
    }

    Map<String, PromptNode> fields() {
        if (!node.isMissingNode() && !node.isObject()) {
            throw wrong("must be an object");
        }
        Map<String, PromptNode> fields = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> fields.put(key, child(key)));
        return fields;
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** Returns a text, or a number as it is written. */
    String text() {
        if (!node.isTextual() && !node.isNumber()) {
            throw wrong("must be a text");
        }
        return node.asText();
    }

    /** Returns the alternatives: a single text, or a list of texts from which one is chosen. */
    List<String> choices() {
        if (!node.isArray()) {
            return List.of(text());
        }
        List<String> choices = elements().stream().map(PromptNode::text).toList();
        if (choices.isEmpty()) {
            throw wrong("must hold at least one text to choose");
        }
        return choices;
    }

    int count() {
        if (node.isMissingNode()) {
            return 0;
        }
        if (!node.isInt() || node.intValue() < 0) {
            throw wrong("must be a whole number, 0 or more");
        }
        return node.intValue();
    }

    Placeholders placeholders() {
        return Placeholders.parse(text(), path);
    }
}
