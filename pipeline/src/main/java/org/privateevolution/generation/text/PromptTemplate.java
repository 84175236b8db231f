package org.privateevolution.generation.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Seed;

/**
 * A prompt with variables, in the JSON format of the reference implementation of Private Evolution:
 *
 * <pre>
 * {"message_template": [{"role": "user", "content": "A review of {what} in {word_count} words"}],
 *  "replacement_rules": [{"constraints": {"stars": "5"}, "replacements": {"what": ["a bar", "a museum"]}}]}
 * </pre>
 * Rules apply in order. A rule whose constraints all hold sets its variables; a list stands for a uniform choice. An
 * optional object {@code few_shot}, {@code {"count": 2, "examples": [{"user": ..., "assistant": ...}]}}, inserts that
 * many of its examples, drawn without replacement, as turns before the last message. An example may have constraints,
 * too.
 */
public final class PromptTemplate {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private record Message(String role, Placeholders content) {}

    private record Rule(Map<String, String> constraints, Map<String, List<String>> replacements) {}

    private record Example(Map<String, String> constraints, Placeholders user, Placeholders assistant) {}

    private final String name;
    private final List<Message> messages;
    private final List<Rule> rules;
    private final List<Example> examples;
    private final int exampleCount;

    private PromptTemplate(
            String name, List<Message> messages, List<Rule> rules, List<Example> examples, int exampleCount) {
        this.name = name;
        this.messages = messages;
        this.rules = rules;
        this.examples = examples;
        this.exampleCount = exampleCount;
    }

    /**
     * Reads a prompt.
     *
     * @param name name of the prompt's file, for messages
     * @throws IllegalArgumentException if the text is not a prompt in this format
     */
    public static PromptTemplate parse(String json, String name) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    name + " is not JSON: " + e.getOriginalMessage() + " (line " + at.getLineNr() + ", column "
                            + at.getColumnNr() + ")",
                    e);
        }
        PromptNode prompt = new PromptNode(root, name);
        prompt.requireKeys("message_template", "replacement_rules", "few_shot");
        List<Message> messages = new ArrayList<>();
        for (PromptNode message : prompt.child("message_template").elements()) {
            message.requireKeys("role", "content");
            String role = message.child("role").text();
            if (!ROLES.contains(role)) {
                throw message.child("role").wrong("must be system, user or assistant, but is " + role);
            }
            messages.add(new Message(role, message.child("content").placeholders()));
        }
        if (messages.isEmpty()) {
            throw prompt.child("message_template").wrong("must hold at least one message");
        }
        List<Rule> rules = new ArrayList<>();
        for (PromptNode rule : prompt.child("replacement_rules").elements()) {
            rule.requireKeys("constraints", "replacements");
            Map<String, List<String>> replacements = new LinkedHashMap<>();
            rule.child("replacements").fields().forEach((key, value) -> replacements.put(key, value.choices()));
            rules.add(new Rule(rule.child("constraints").texts(), replacements));
        }
        List<Example> examples = new ArrayList<>();
        PromptNode fewShot = prompt.child("few_shot");
        fewShot.requireKeys("count", "examples");
        for (PromptNode example : fewShot.child("examples").elements()) {
            example.requireKeys("constraints", "user", "assistant");
            examples.add(new Example(
                    example.child("constraints").texts(),
                    example.child("user").placeholders(),
                    example.child("assistant").placeholders()));
        }
        return new PromptTemplate(
                name, messages, rules, examples, fewShot.child("count").count());
    }

    /** Returns the variables in the messages and examples that neither a rule nor {@code known} sets. */
    Set<String> unknown(Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>();
        messages.forEach(message -> unknown.addAll(message.content.names()));
        for (Example example : examples) {
            unknown.addAll(example.user.names());
            unknown.addAll(example.assistant.names());
        }
        unknown.removeAll(known);
        rules.forEach(rule -> unknown.removeAll(rule.replacements.keySet()));
        return unknown;
    }

    String name() {
        return name;
    }

    /** The variables that the text or a rule's constraint reads. */
    Set<String> reads() {
        Set<String> read = new LinkedHashSet<>();
        messages.forEach(message -> read.addAll(message.content.names()));
        rules.forEach(rule -> read.addAll(rule.constraints.keySet()));
        return read;
    }

    /**
     * Returns the messages for given values of the variables.
     *
     * @param seed determines every choice
     * @throws IllegalArgumentException if a variable has no value
     */
    List<ChatMessage> messages(Map<String, String> known, Seed seed) {
        Map<String, String> variables = new HashMap<>(known);
        RandomGenerator choice = seed.derive("rules").generator();
        for (Rule rule : rules) {
            if (holds(rule.constraints, variables)) {
                rule.replacements.forEach(
                        (variable, values) -> variables.put(variable, values.get(choice.nextInt(values.size()))));
            }
        }
        List<ChatMessage> filled = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (i == messages.size() - 1) {
                filled.addAll(examples(variables, seed.derive("few_shot").generator()));
            }
            Message message = messages.get(i);
            filled.add(new ChatMessage(message.role, message.content.fill(variables, name)));
        }
        return filled;
    }

    private List<ChatMessage> examples(Map<String, String> variables, RandomGenerator choice) {
        List<Example> fitting = new ArrayList<>(examples);
        fitting.removeIf(example -> !holds(example.constraints, variables));
        List<ChatMessage> turns = new ArrayList<>();
        for (int i = 0; i < exampleCount && !fitting.isEmpty(); i++) {
            Example example = fitting.remove(choice.nextInt(fitting.size()));
            turns.add(new ChatMessage("user", example.user.fill(variables, name)));
            turns.add(new ChatMessage("assistant", example.assistant.fill(variables, name)));
        }
        return turns;
    }

    private static boolean holds(Map<String, String> constraints, Map<String, String> variables) {
        return constraints.entrySet().stream()
                .allMatch(constraint -> constraint.getValue().equals(variables.get(constraint.getKey())));
    }
}
