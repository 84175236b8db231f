package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.Seed;

class BuiltInPromptsTest {

    private static List<String> said(BuiltInPrompts prompt, String level) {
        Map<String, String> variables = Map.of(
                "text_column",
                "note",
                "columns",
                "city: Lima\nstars: 5",
                "rating_level",
                level,
                "sample",
                "quite nice");
        return PromptTemplate.parse(prompt.json(), "built-in").messages(variables, new Seed(5)).stream()
                .map(ChatMessage::content)
                .toList();
    }

    @Test
    void aRatingIsPutIntoWordsAfterTwoTextsOfSuchRatings() {
        List<String> said = said(BuiltInPrompts.VARIATION, "highest");

        assertThat(said).hasSize(5);
        assertThat(said.get(0)).startsWith("Write two short sentences for a note. You ");
        assertThat(List.of(said.get(1), said.get(3)))
                .containsExactlyInAnyOrder(
                        "Absolutely love it! Everything was perfect, and the people are amazing. Highly recommended!",
                        "The best I know! Wonderful quality and great service. I will be back soon!");
        assertThat(said.get(4))
                .startsWith("Here is a note:\n\nquite nice\n\nWrite another note.\n\ncity: Lima\nstars: 5\n\nYou ")
                .matches("(?s).*(You loved everything about it|You are delighted and recommend it to everybody)\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lowest", "low", "middle", "high", "highest"})
    void everyLevelHasExamplesOfItsOwn(String level) {
        List<String> said = said(BuiltInPrompts.RANDOM, level);

        assertThat(said).hasSize(5);
        assertThat(said.get(4)).matches("Write a note\\.\n\ncity: Lima\nstars: 5\n\nYou [^.]+\\.");
        assertThat(said.get(0)).endsWith(said.get(4).substring(said.get(4).lastIndexOf("You ")));
    }

    @Test
    void withoutARatingTheColumnsSpeakForThemselves() {
        assertThat(said(BuiltInPrompts.RANDOM, "none"))
                .containsExactly(
                        "Write a note.\n\ncity: Lima\nstars: 5\n\nThe text fits these values in what it says, and does"
                                + " not list them. Answer with the text alone.");
        assertThat(said(BuiltInPrompts.VARIATION, "none"))
                .singleElement()
                .asString()
                .matches("(?s).*Write another note (in|that|of) .*\\.");
    }
}
