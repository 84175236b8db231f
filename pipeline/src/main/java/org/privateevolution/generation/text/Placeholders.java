package org.privateevolution.generation.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text with placeholders in the syntax of Python's {@code str.format}: {@code {name}} for a variable, and doubled
 * braces for literal braces.
 */
final class Placeholders {

    /** Literal texts, with the names of variables between them: one literal more than names. */
    private final List<String> literals;

    private final List<String> names;

    private Placeholders(List<String> literals, List<String> names) {
        this.literals = literals;
        this.names = names;
    }

    /** @throws IllegalArgumentException if a brace stands alone, or if a placeholder has more than a name */
    static Placeholders parse(String text, String path) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
            if (c != '{' && c != '}') {
                literal.append(c);
                at++;
            } else if (doubled) {
                literal.append(c);
                at += 2;
            } else {
                int end = text.indexOf('}', at);
                String name = c == '{' && end > 0 ? text.substring(at + 1, end) : "";
                if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_ .-]*")) {
                    throw new IllegalArgumentException(path + " has a brace at character " + at
                            + " that is not a {variable}: write {{ or }} for a brace");
                }
                literals.add(literal.toString());
                literal.setLength(0);
                names.add(name);
                at = end + 1;
            }
        }
        literals.add(literal.toString());
        return new Placeholders(literals, names);
    }

    Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /**
     * Replaces the placeholders by values.
     *
     * @param prompt name of the prompt, for messages
     * @throws IllegalArgumentException if a variable has no value
     */
    String fill(Map<String, String> variables, String prompt) {
        StringBuilder text = new StringBuilder(literals.get(0));
        for (int i = 0; i < names.size(); i++) {
            String value = variables.get(names.get(i));
            if (value == null) {
                throw new IllegalArgumentException(
                        prompt + " uses {" + names.get(i) + "}, but no replacement rule gives it a value here");
            }
            text.append(value).append(literals.get(i + 1));
        }
        return text.toString();
    }
}
