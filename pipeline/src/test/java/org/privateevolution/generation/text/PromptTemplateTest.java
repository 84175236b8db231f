package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.Seed;

class PromptTemplateTest {

    private static PromptTemplate prompt(String json) {
        return PromptTemplate.parse(json, "prompt.json");
    }

    private static String text(PromptTemplate prompt, Map<String, String> variables, long seed) {
        return prompt.messages(variables, new Seed(seed)).get(0).content();
    }

    @Test
    void messagesKeepTheirOrderAndRoles() {
        PromptTemplate prompt = prompt(
                """
                {"message_template": [
                   {"role": "system", "content": "Be {tone}."},
                   {"role": "user", "content": "{{literal}} {tone}{tone}"}]}""");

        assertThat(prompt.messages(Map.of("tone", "kind {x}"), new Seed(1)))
                .containsExactly(
                        new ChatMessage("system", "Be kind {x}."),
                        new ChatMessage("user", "{literal} kind {x}kind {x}"));
    }

    @Test
    void laterRulesSeeAndReplaceWhatEarlierOnesSet() {
        PromptTemplate prompt = prompt(
                """
                {"message_template": [{"role": "user", "content": "{a} {b}"}],
                 "replacement_rules": [
                   {"constraints": {}, "replacements": {"a": "one", "b": "old"}},
                   {"constraints": {"a": "one", "label": "x"}, "replacements": {"b": "new"}},
                   {"constraints": {"b": "new"}, "replacements": {"a": 2}},
                   {"constraints": {"missing": "y"}, "replacements": {"a": "never"}}]}""");

        assertThat(text(prompt, Map.of("label", "x"), 1)).isEqualTo("2 new");
        assertThat(text(prompt, Map.of("label", "z"), 1)).isEqualTo("one old");
    }

    /** Each of 3 counts is binomial(3000, 1/3); 5.5 standard deviations (142) are passed with probability 1e-7. */
    @Test
    void aListIsAUniformChoiceThatTheSeedFixes() {
        PromptTemplate prompt = prompt(
                """
                {"message_template": [{"role": "user", "content": "{v}"}],
                 "replacement_rules": [{"constraints": {}, "replacements": {"v": ["a", "b", "c"]}}]}""");
        Map<String, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 3000; seed++) {
            String chosen = text(prompt, Map.of(), seed);
            assertThat(text(prompt, Map.of(), seed)).isEqualTo(chosen);
            counts.merge(chosen, 1, Integer::sum);
        }

        assertThat(counts).containsOnlyKeys("a", "b", "c");
        assertThat(counts.values()).allMatch(count -> Math.abs(count - 1000) <= 142);
    }

    @Test
    void fewShotExamplesThatFitAreDrawnBeforeTheLastMessage() {
        PromptTemplate prompt = prompt(
                """
                {"message_template": [
                   {"role": "system", "content": "s"}, {"role": "user", "content": "now {label}"}],
                 "few_shot": {"count": 2, "examples": [
                   {"user": "q1 {label}", "assistant": "a1"},
                   {"user": "q2", "assistant": "a2"},
                   {"user": "q3", "assistant": "a3"},
                   {"constraints": {"label": "y"}, "user": "never", "assistant": "never"}]}}""");
        Map<List<String>, Integer> drawn = new HashMap<>();
        for (int seed = 0; seed < 200; seed++) {
            List<ChatMessage> messages = prompt.messages(Map.of("label", "x"), new Seed(seed));
            assertThat(messages.stream().map(ChatMessage::role))
                    .containsExactly("system", "user", "assistant", "user", "assistant", "user");
            assertThat(messages.get(5).content()).isEqualTo("now x");
            assertThat(messages.get(1).content().charAt(1))
                    .isEqualTo(messages.get(2).content().charAt(1));
            drawn.merge(List.of(messages.get(2).content(), messages.get(4).content()), 1, Integer::sum);
        }

        assertThat(drawn).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | is not JSON",
                "[] | must be an object",
                "{} | at least one message",
                "{\"message_template\": {}} | must be a list",
                "{\"message_template\": [{\"role\": \"boss\", \"content\": \"\"}]} | system, user or assistant",
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"{\"}]} | not a {variable}",
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"{a:>3}\"}]} | not a {variable}",
                "{\"message_template\": [{\"role\": \"user\", \"content\": null}]} | must be a text",
                "{\"messages\": []} | unknown key messages",
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"\"}], \"replacement_rules\":"
                        + " [{\"replacements\": {\"a\": []}}]} | at least one text",
                "{\"message_template\": [{\"role\": \"user\", \"content\": \"\"}], \"few_shot\": {\"count\": -1}} |"
                        + " whole number",
            })
    void aWrongFileIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> prompt(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prompt.json")
                .hasMessageContaining(message);
    }

    @Test
    void aVariableWithoutAValueIsNamed() {
        PromptTemplate prompt = prompt(
                """
                {"message_template": [{"role": "user", "content": "{v} {w} {x}"}],
                 "replacement_rules": [{"constraints": {"x": "1"}, "replacements": {"v": "a"}}]}""");

        assertThat(prompt.unknown(Map.of("x", "1").keySet())).containsExactly("w");
        assertThatThrownBy(() -> text(prompt, Map.of("x", "2", "w", "b"), 1)).hasMessageContaining("{v}");
    }
}
