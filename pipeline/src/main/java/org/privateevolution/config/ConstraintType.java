package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.Constraint;

/**
 * The type of a constraint on rows: a text, or a text with the values that one column determines of another, as a map
 * with one key. What the text means is checked once the columns are known.
 */
final class ConstraintType implements Type<Constraint> {

    private static final String NULL = "null";
    private static final Map<String, Object> VALUE = Map.of("type", List.of("string", "number", "boolean", "null"));

    @Override
    public String prose() {
        return "string, or map of a string to a map of values";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("type", "object");
        values.put("additionalProperties", VALUE);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "object");
        map.put("minProperties", 1);
        map.put("maxProperties", 1);
        map.put("additionalProperties", values);
        return Map.of("anyOf", List.of(Map.of("type", "string"), map));
    }

    @Override
    public Constraint read(Given given) {
        if (!(given.node() instanceof Node.Mapping map)) {
            String text = given.scalar();
            if (text != null && text.isBlank()) {
                return given.refused("must be a condition, UNIQUE (columns) or columns DETERMINES column");
            }
            return text == null ? null : new Constraint(text);
        }
        if (map.entries().size() != 1) {
            return given.refused("must be a constraint, or one constraint with a map of values, such as"
                    + " city DETERMINES country: {Oslo: Norway}");
        }
        Map.Entry<String, Node> only = map.entries().entrySet().iterator().next();
        Given inner = given.entry(only.getKey(), only.getValue());
        if (!(only.getValue() instanceof Node.Mapping values)
                || values.entries().isEmpty()) {
            return inner.problem("must be a map of values, such as {Oslo: Norway}");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        boolean sound = true;
        for (Map.Entry<String, Node> entry : values.entries().entrySet()) {
            String value = Node.isNull(entry.getValue())
                    ? NULL
                    : inner.entry(entry.getKey(), entry.getValue()).scalar();
            sound &= value != null;
            texts.put(entry.getKey(), value);
        }
        return sound ? new Constraint(only.getKey(), texts) : null;
    }

    @Override
    public Object written(Constraint value) {
        return value.values().isEmpty() ? value.text() : Map.of(value.text(), value.values());
    }
}
