package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationRequest;

class TextPromptsTest {

    private static final PromptTemplate RANDOM = PromptTemplate.parse(
            """
            {"message_template": [{"role": "user", "content": "A {color} text."}]}""", "random.json");
    private static final PromptTemplate VARIATION = PromptTemplate.parse(
            """
            {"message_template": [{"role": "user", "content": "{color}|{masked_sample}|{word_count}|{sample}"}]}""",
            "variation.json");
    private static final List<Map<String, String>> LABELS = List.of(Map.of("color", "red"), Map.of("color", "blue"));
    private static final String PARENT = "Not that great,  terrible egg rolls\nand 12 fishy shrimps.";

    private static TextPrompts prompts(double probability, TargetLength length, OptionalInt most) {
        return new TextPrompts(
                RANDOM,
                VARIATION,
                LABELS,
                PromptVariables.NONE,
                Optional.of(new Blanking(Blanking.Unit.WORD, "_", Schedule.of(probability))),
                Optional.of(length),
                most);
    }

    private static GenerationRequest.Variation variation(int iteration, long seed) {
        return new GenerationRequest.Variation(
                "v", new Sample("p", 1, new Text(PARENT), ""), iteration, new Seed(seed));
    }

    private static String[] parts(TextPrompts prompts, long seed) {
        return prompts.request(variation(0, seed)).messages().get(0).content().split("\\|");
    }

    @Test
    void bothPromptsKnowTheLabel() {
        TextPrompts prompts = prompts(0, new TargetLength(0, 1, OptionalDouble.empty()), OptionalInt.empty());

        ChatRequest random = prompts.request(new GenerationRequest.Random("r", 0, new Seed(1)));
        assertThat(random.messages()).containsExactly(new ChatMessage("user", "A red text."));
        assertThat(parts(prompts, 1)).containsExactly("blue", PARENT, "10", PARENT);
    }

    @Test
    void everythingComesFromTheSeed() {
        TextPrompts prompts = prompts(0.5, new TargetLength(9, 3, OptionalDouble.of(1.5)), OptionalInt.of(448));

        assertThat(prompts.request(variation(0, 7))).isEqualTo(prompts.request(variation(0, 7)));
        assertThat(prompts.request(variation(0, 7))).isNotEqualTo(prompts.request(variation(0, 8)));
    }

    @Test
    void blankedWordsLeaveTheSpacesBetweenThem() {
        assertThat(parts(prompts(1, new TargetLength(0, 1, OptionalDouble.empty()), OptionalInt.empty()), 1)[1])
                .isEqualTo("_ _ _  _ _ _\n_ _ _ _");
    }

    @Test
    void blankedTokensArePiecesOfWords() {
        Blanking blanking = new Blanking(Blanking.Unit.TOKEN, "_", Schedule.of(1.0));

        assertThat(BlankedText.of("Don't pay $12345.67!", blanking, 0, new Seed(1).generator()))
                .isEqualTo("___ _ _____ _".replace(" _____ _", " ______"));
        assertThat(BlankedText.of("\u4f60\u597d \u00e9", blanking, 0, new Seed(1).generator()))
                .isEqualTo("_ _");
    }

    /**
     * Binomial(10,000, 0.3): more than 5.5 standard deviations (252) have probability 4e-8; the twin is far outside.
     */
    @Test
    void theProbabilityOfABlankFollowsTheScheduleAndItsLastValueHolds() {
        Blanking blanking = new Blanking(Blanking.Unit.WORD, "_", Schedule.of(0.0, 0.3, 0.6));
        String text = "word ".repeat(10_000);

        assertThat(blanks(blanking, text, 0)).isZero();
        assertThat(blanks(blanking, text, 1)).isBetween(3000L - 252, 3000L + 252);
        assertThat(blanks(blanking, text, 2))
                .isBetween(6000L - 270, 6000L + 270)
                .isGreaterThan(3000L + 252);
        assertThat(blanks(blanking, text, 9)).isEqualTo(blanks(blanking, text, 2));
    }

    private static long blanks(Blanking blanking, String text, int iteration) {
        return BlankedText.of(text, blanking, iteration, new Seed(3).generator())
                .chars()
                .filter(c -> c == '_')
                .count();
    }

    /** The mean of 2,000 lengths 10 + trunc(N(0, 3)) is off by more than 0.37 with probability 4e-8. */
    @Test
    void targetLengthsScatterAroundTheParents() {
        TextPrompts prompts = prompts(0, new TargetLength(3, 1, OptionalDouble.empty()), OptionalInt.empty());
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < 2000; seed++) {
            int words = Integer.parseInt(parts(prompts, seed)[2]);
            sum += words;
            squares += (words - 10) * (words - 10);
        }

        assertThat(sum / 2000).isBetween(9.63, 10.37);
        assertThat(Math.sqrt(squares / 2000)).isBetween(2.4, 3.1);
    }

    @Test
    void targetLengthsHaveAFloor() {
        TextPrompts prompts = prompts(0, new TargetLength(1000, 7, OptionalDouble.empty()), OptionalInt.empty());

        for (int seed = 0; seed < 50; seed++) {
            assertThat(Integer.parseInt(parts(prompts, seed)[2])).isGreaterThanOrEqualTo(7);
        }
    }

    @Test
    void answersMayTakeTheTokensOfTheirWordsUpToTheLimit() {
        assertThat(prompts(0, new TargetLength(0, 1, OptionalDouble.of(1.25)), OptionalInt.of(448))
                        .request(variation(0, 1))
                        .maxTokens())
                .isEqualTo(12);
        assertThat(prompts(0, new TargetLength(0, 1, OptionalDouble.of(1.25)), OptionalInt.of(9))
                        .request(variation(0, 1))
                        .maxTokens())
                .isEqualTo(9);
        assertThat(prompts(0, new TargetLength(0, 1, OptionalDouble.empty()), OptionalInt.of(448))
                        .request(variation(0, 1))
                        .maxTokens())
                .isEqualTo(448);
        assertThat(prompts(0, new TargetLength(0, 1, OptionalDouble.of(0.01)), OptionalInt.empty())
                        .request(variation(0, 1))
                        .maxTokens())
                .isEqualTo(1);
        assertThat(prompts(0, new TargetLength(0, 1, OptionalDouble.empty()), OptionalInt.of(448))
                        .request(new GenerationRequest.Random("r", 0, new Seed(1)))
                        .maxTokens())
                .isEqualTo(448);
    }

    @Test
    void aVariableThatNothingSetsIsFoundAtOnce() {
        assertThatThrownBy(() -> new TextPrompts(
                        RANDOM,
                        VARIATION,
                        LABELS,
                        PromptVariables.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()))
                .hasMessageContaining("variation.json")
                .hasMessageContaining("masked_sample, word_count");
        assertThatThrownBy(() -> new TextPrompts(
                        RANDOM,
                        RANDOM,
                        List.of(Map.of("colour", "red")),
                        PromptVariables.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()))
                .hasMessageContaining("random.json uses [color]")
                .hasMessageContaining("colour");
    }

    @Test
    void onlyTextsAreVaried() {
        var row = new GenerationRequest.Variation(
                "v", new Sample("p", 0, new TableRow(new double[] {1}), ""), 0, new Seed(1));

        assertThatThrownBy(() -> prompts(0, new TargetLength(0, 1, OptionalDouble.empty()), OptionalInt.empty())
                        .request(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TableRow");
    }
}
